import type { ImportedName, Statement, Variable } from './code';
import { usedVariables, type Method } from './methods';
import { CodePrinter, WIDTH } from './print-code';
import { importedNames, linesOf, PrintedFile, statementsOf, wrapped, type PrintedLine } from './printed-file';
import type { Program } from './program';
import { commentText } from './string-literal';

const STEP = '  ';
const BODY = STEP.repeat(2);

/** A file with stacks in TypeScript. */
export function printTypeScript(programs: readonly Program[]): PrintedFile {
  return new PrintedFile(new FilePrinter(programs, true).print());
}

/** The same file without types, which runs as it is. */
export function printJavaScript(programs: readonly Program[]): PrintedFile {
  return new PrintedFile(new FilePrinter(programs, false).print());
}

class FilePrinter {
  private readonly code: CodePrinter;

  constructor(private readonly programs: readonly Program[], private readonly types: boolean) {
    this.code = new CodePrinter(types);
  }

  public print(): PrintedLine[] {
    return [...this.imports().flatMap(text => linesOf(text)), ...this.programs.flatMap(program => [{ text: '' }, ...this.stack(program)])];
  }

  private imports(): string[] {
    const names: ImportedName[] = ['Stack', ...this.types ? ['StackProps'] : []].map(name => ({ module: 'aws-cdk-lib', name }));
    for (const { values, types } of this.programs.map(importedNames)) {
      names.push(...values, ...this.types ? types : []);
    }
    const modules = [...new Set(names.map(({ module }) => module)), ...this.types ? ['constructs'] : []].sort();
    return modules.map(module => {
      const ofModule = names.filter(name => name.module === module);
      const namespace = ofModule[0]?.namespace;
      const first = module === 'constructs' ? ['Construct'] : [...new Set(ofModule.map(({ name }) => name.split('.')[0]))].sort();
      return this.types ? importLine(module, namespace, first) : `const ${namespace ?? `{ ${first.join(', ')} }`} = require('${module}');`;
    });
  }

  private stack(program: Program): PrintedLine[] {
    const used = new Set(statementsOf(program).flatMap(usedVariables));
    const props = program.hasCustomResources ? `, props${this.typed(`${program.className}Props`)} = {}` : `, props${this.typed('StackProps', '?')}`;
    return [
      ...this.types && program.hasCustomResources ? this.stackProps(program) : [],
      ...documentation(program.documentation, '').map(text => ({ text })),
      { text: `${this.types ? 'export ' : 'exports.'}${this.types ? '' : `${program.className} = `}class ${program.className} extends Stack {` },
      { text: `${STEP}constructor(scope${this.typed('Construct')}, id${this.typed('string')}${props}) {` },
      { text: `${BODY}super(scope, id, props);` },
      { text: '' },
      ...program.statements.flatMap((statement, index) => this.statement(statement, used, index === 0)),
      ...program.statements.length > 0 && program.methods.length > 0 ? [{ text: '' }] : [],
      ...program.methods.map(({ name, parameters, usesProps }) => (
        { text: `${BODY}this.${name}(${[...usesProps ? ['props'] : [], ...parameters.map(parameter => parameter.name)].join(', ')});` })),
      { text: `${STEP}}` },
      ...program.methods.flatMap(method => this.method(method, program, used)),
      { text: '}' },
    ];
  }

  private stackProps({ className }: Program): PrintedLine[] {
    return [
      `export interface ${className}Props extends StackProps {`,
      `${STEP}/**`,
      `${STEP} * Whether the custom resources for alarms and disabled windows are there, which \`cdk import\` cannot make: set it after the import, then deploy.`,
      `${STEP} *`,
      `${STEP} * @default false`,
      `${STEP} */`,
      `${STEP}readonly customResources?: boolean;`,
      '}',
      '',
    ].map(text => ({ text }));
  }

  private method(method: Method, { className }: Program, used: Set<Variable>): PrintedLine[] {
    const { name, documentation: text, parameters, usesProps, statements } = method;
    const list = [
      ...usesProps ? [`props${this.typed(`${className}Props`)}`] : [],
      ...parameters.map(parameter => `${parameter.name}${this.typed(this.code.printInline(parameter.type))}`),
    ];
    const head = `${STEP}${this.types ? 'private ' : ''}${name}(`;
    const line = `${head}${list.join(', ')})${this.typed('void')} {`;
    return [
      { text: '' },
      ...documentation([text], STEP).map(comment => ({ text: comment })),
      ...(line.length <= WIDTH ? [line] : [head, ...list.map(parameter => `${BODY}${parameter},`), `${STEP})${this.typed('void')} {`]).map(part => ({ text: part })),
      ...statements.flatMap((statement, index) => this.statement(statement, used, index === 0)),
      { text: `${STEP}}` },
    ];
  }

  private statement(statement: Statement, used: Set<Variable>, isFirst: boolean): PrintedLine[] {
    const left = statement.variable && used.has(statement.variable) ? `const ${statement.variable.name} = `
      : statement.assigned ? `${this.code.print(statement.assigned, BODY, 0)} = ` : '';
    const code = this.code.print(statement.code, BODY, left.length);
    return [
      ...statement.startsBlock && !isFirst ? [{ text: '' }] : [],
      ...statement.comments.flatMap(comment => wrapped(commentText(comment), WIDTH - BODY.length - 3).map(line => ({ text: `${BODY}// ${line}` }))),
      ...linesOf(`${BODY}${left}${code};`, statement.key),
    ];
  }

  private typed(type: string, mark: string = ''): string {
    return this.types ? `${mark}: ${type}` : '';
  }
}

function documentation(lines: readonly string[], indent: string): string[] {
  return lines.length > 1
    ? [`${indent}/**`, ...lines.map(line => line === '' ? `${indent} *` : `${indent} * ${commentText(line)}`), `${indent} */`]
    : [`${indent}/** ${commentText(lines[0])} */`];
}

function importLine(module: string, namespace: string | undefined, names: string[]): string {
  if (namespace !== undefined) {
    return `import * as ${namespace} from '${module}';`;
  }
  const line = `import { ${names.join(', ')} } from '${module}';`;
  return line.length <= WIDTH ? line : ['import {', ...names.map(name => `${STEP}${name},`), `} from '${module}';`].join('\n');
}
