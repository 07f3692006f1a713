import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import * as ts from 'typescript';
import { filesBelow, ROOT } from './project';

/** What is called from outside TypeScript: the file of the command. */
const ENTRY_POINTS = ['src/cli/main.ts: runAsProgram'];

/** Uses of the names of a module; `*` stands for all of them. */
class Uses {
  private readonly names = new Set<string>();

  public constructor(folders: string[]) {
    for (const file of folders.flatMap(sourcesBelow)) { this.scan(file, sourceOf(file)); }
  }

  public has(file: string, name: string): boolean {
    return this.names.has(`${file}: ${name}`) || this.names.has(`${file}: *`);
  }

  private scan(file: string, node: ts.Node): void {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
      const bindings = ts.isImportDeclaration(node) ? node.importClause?.namedBindings : node.exportClause;
      const named = bindings !== undefined && (ts.isNamedImports(bindings) || ts.isNamedExports(bindings)) ? bindings.elements : undefined;
      this.note(file, node.moduleSpecifier, named?.map(({ propertyName, name }) => (propertyName ?? name).text) ?? ['*']);
    } else if (ts.isCallExpression(node) && (node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require')) {
      this.note(file, node.arguments[0], ['*']);
    }
    ts.forEachChild(node, (child) => this.scan(file, child));
  }

  private note(file: string, module: ts.Expression | undefined, names: string[]): void {
    if (module === undefined || !ts.isStringLiteral(module) || !module.text.startsWith('.')) { return; }
    const base = posix.join(posix.dirname(file), module.text);
    const target = [`${base}.ts`, `${base}/index.ts`].find((path) => existsSync(join(ROOT, path)));
    names.forEach((name) => this.names.add(`${target}: ${name}`));
  }
}

function sourcesBelow(folder: string): string[] {
  return filesBelow(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'));
}

function sourceOf(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf-8'), ts.ScriptTarget.Latest, true);
}

/** The names that a file exports where it declares them. */
function exportsOf(file: string): string[] {
  return sourceOf(file).statements
    .filter((statement) => ts.canHaveModifiers(statement) && ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword))
    .flatMap((statement) => ts.isVariableStatement(statement)
      ? statement.declarationList.declarations.map(({ name }) => name.getText())
      : [(statement as ts.FunctionDeclaration | ts.ClassDeclaration | ts.InterfaceDeclaration).name!.text]);
}

test('a file exports only what another file uses', () => {
  const uses = new Uses(['src', 'test', 'projenrc', 'scripts']);
  const all = sourcesBelow('src').flatMap((file) => exportsOf(file).map((name) => ({ file, name })));

  expect(all.length).toBeGreaterThan(300);
  expect(all.filter(({ file, name }) => !uses.has(file, name)).map(({ file, name }) => `${file}: ${name}`)).toEqual(ENTRY_POINTS);
});
