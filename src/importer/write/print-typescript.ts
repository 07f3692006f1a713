import { visitCode, type Code, type ImportedName, type Statement, type Variable } from './code';
import type { Program } from './program';
import { commentText, stringLiteral } from './string-literal';

const WIDTH = 120;
/** A line that ends with an opening bracket may be longer than one that holds everything. */
const HEAD_WIDTH = 140;
const STEP = '  ';
const BODY = STEP.repeat(2);

interface PrintOptions {
  /**
   * Whether the stack takes properties. Translators to other languages do not follow them.
   *
   * @default true
   */
  readonly stackProps?: boolean;
}

/** The text of a program: one file with one stack. */
export function printTypeScript(program: Program, options: PrintOptions = {}): string {
  return [...printHead(program, options), ...printBody(program), `${STEP}}`, '}', ''].join('\n');
}

/** The entity whose code has a line of the program, counted from 1. */
export function entityAtLine(program: Program, line: number): string | undefined {
  const lineCount = (text: string) => text.split('\n').length;
  let end = lineCount(printHead(program, {}).join('\n'));
  const index = printBody(program).findIndex(statement => {
    end += lineCount(statement);
    return line <= end;
  });
  return program.statements[index]?.key;
}

function printBody(program: Program): string[] {
  const used = usedVariables(program.statements);
  return program.statements.map((statement, index) => printStatement(statement, used, index === 0));
}

function printHead(program: Program, { stackProps = true }: PrintOptions): string[] {
  const hasProps = stackProps || program.hasAlarms;
  const props = program.hasAlarms ? `, props: ${program.className}Props = {}` : hasProps ? ', props?: StackProps' : '';
  return [
    ...printImports(program, hasProps),
    '',
    ...printStackProps(program),
    ...program.documentation.length > 1
      ? ['/**', ...program.documentation.map(line => line === '' ? ' *' : ` * ${commentText(line)}`), ' */']
      : [`/** ${commentText(program.documentation[0])} */`],
    `export class ${program.className} extends Stack {`,
    `${STEP}constructor(scope: Construct, id: string${props}) {`,
    `${BODY}super(scope, id${hasProps ? ', props' : ''});`,
    '',
  ];
}

function printStackProps(program: Program): string[] {
  return program.hasAlarms ? [
    `export interface ${program.className}Props extends StackProps {`,
    `${STEP}/**`,
    `${STEP} * Whether the tasks have their alarms, which need resources that \`cdk import\` cannot make: set it after the import, then deploy.`,
    `${STEP} *`,
    `${STEP} * @default false`,
    `${STEP} */`,
    `${STEP}readonly alarms?: boolean;`,
    '}',
    '',
  ] : [];
}

function usedVariables(statements: readonly Statement[]): Set<Variable> {
  const used = new Set<Variable>();
  const visit = (part: Code) => part.kind === 'variable' && used.add(part.variable);
  for (const { code, assigned } of statements) {
    visitCode(code, visit);
    if (assigned) {
      visitCode(assigned, visit);
    }
  }
  return used;
}

function printImports(program: Program, hasProps: boolean): string[] {
  const imported: ImportedName[] = ['Stack', ...hasProps ? ['StackProps'] : []].map(name => ({ module: 'aws-cdk-lib', name }));
  for (const { code, assigned } of program.statements) {
    [code, ...assigned ? [assigned] : []].forEach(part => visitCode(part, found => found.kind === 'imported' && imported.push(found.imported)));
  }
  const lines = [...new Set(imported.map(({ module }) => module))].map(module => {
    const names = imported.filter(name => name.module === module);
    const namespace = names[0].namespace;
    const first = [...new Set(names.map(({ name }) => name.split('.')[0]))].sort();
    return namespace ? `import * as ${namespace} from '${module}';` : printNamedImport(first, module);
  });
  const moduleOf = (line: string) => /'([^']+)';$/.exec(line)![1];
  return [...lines, "import { Construct } from 'constructs';"].sort((a, b) => moduleOf(a) < moduleOf(b) ? -1 : 1);
}

function printNamedImport(names: string[], module: string): string {
  const line = `import { ${names.join(', ')} } from '${module}';`;
  return line.length <= WIDTH ? line : ['import {', ...names.map(name => `${STEP}${name},`), `} from '${module}';`].join('\n');
}

function printStatement(statement: Statement, used: Set<Variable>, isFirst: boolean): string {
  const left = statement.variable && used.has(statement.variable) ? `const ${statement.variable.name} = `
    : statement.assigned ? `${print(statement.assigned, BODY, 0)} = ` : '';
  const code = print(statement.code, BODY, left.length);
  return [
    ...statement.startsBlock && !isFirst ? [''] : [],
    ...statement.comments.flatMap(comment => wrapped(comment, WIDTH - BODY.length - 3).map(line => `${BODY}// ${line}`)),
    `${BODY}${left}${code};`,
  ].join('\n');
}

function wrapped(comment: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of commentText(comment).split(' ')) {
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + 1 + word.length <= width) {
      lines[last] += ` ${word}`;
    } else {
      lines.push(word);
    }
  }
  return lines;
}

/** Prints on one line if it fits and nothing asks for more. */
function print(code: Code, indent: string, column: number): string {
  const line = printInline(code);
  return !wantsLines(code) && indent.length + column + line.length < WIDTH ? line : printLines(code, indent, column);
}

function wantsLines(code: Code): boolean {
  let found = false;
  visitCode(code, part => {
    found ||= part.kind === 'object' && part.multiline === true && part.entries.length > 0;
  });
  return found;
}

function printLines(code: Code, indent: string, column: number): string {
  const deeper = indent + STEP;
  switch (code.kind) {
    case 'object': return code.entries.length === 0 ? '{}'
      : ['{', ...code.entries.map(([name, value]) => {
        const key = printName(name);
        return `${deeper}${key}: ${print(value, deeper, key.length + 2)},`;
      }), `${indent}}`].join('\n');
    case 'array': return code.items.length === 0 ? '[]' : ['[', ...code.items.map(item => `${deeper}${print(item, deeper, 0)},`), `${indent}]`].join('\n');
    case 'call': return printCallLines(code, indent, column);
    case 'member': return `${print(code.object, indent, column)}.${code.name}`;
    case 'spread': return `...${print(code.value, indent, column + 3)}`;
    case 'choice': return `${printInline(code.test)} ? ${print(code.value, indent, column)} : undefined`;
    default: return printInline(code);
  }
}

/** The last argument, when it is an object or a list, hugs the brackets; otherwise each argument gets a line. */
function printCallLines(code: Code & { kind: 'call' }, indent: string, column: number): string {
  const callee = `${code.isNew ? 'new ' : ''}${print(code.callee, indent, column)}`;
  const last = code.args[code.args.length - 1];
  const before = code.args.slice(0, -1).map(printInline);
  const head = `${callee}(${before.map(argument => `${argument}, `).join('')}`;
  const hugs = last !== undefined && (['object', 'array', 'call'].includes(last.kind)) && !code.args.slice(0, -1).some(wantsLines);
  if (hugs && indent.length + column + head.length < HEAD_WIDTH) {
    return `${head}${printLines(last, indent, column + head.length)})`;
  }
  if (code.args.length === 0) {
    return `${callee}()`;
  }
  const deeper = indent + STEP;
  return [`${callee}(`, ...code.args.map(argument => `${deeper}${print(argument, deeper, 0)},`), `${indent})`].join('\n');
}

function printInline(code: Code): string {
  switch (code.kind) {
    case 'literal': return printLiteral(code.value);
    case 'keyword': return code.keyword;
    case 'imported': return `${code.imported.namespace ? `${code.imported.namespace}.` : ''}${code.imported.name}`;
    case 'variable': return code.variable.name;
    case 'member': return `${code.object.kind === 'cast' ? `(${printInline(code.object)})` : printInline(code.object)}.${code.name}`;
    case 'call': return `${code.isNew ? 'new ' : ''}${printInline(code.callee)}(${code.args.map(printInline).join(', ')})`;
    case 'object': return code.entries.length === 0 ? '{}' : `{ ${code.entries.map(([name, value]) => `${printName(name)}: ${printInline(value)}`).join(', ')} }`;
    case 'array': return `[${code.items.map(printInline).join(', ')}]`;
    case 'spread': return `...${printInline(code.value)}`;
    case 'cast': return `${printInline(code.value)} as ${printInline(code.type)}`;
    case 'choice': return `${printInline(code.test)} ? ${printInline(code.value)} : undefined`;
  }
}

function printLiteral(value: string | number | boolean | null): string {
  // JSON reads 1e400 as Infinity, which is a name and no literal
  const isText = typeof value === 'string' || (typeof value === 'number' && !Number.isFinite(value));
  return isText ? stringLiteral(String(value)) : String(value);
}

/** The name of a property: bare if it is an identifier, else in quotes; in brackets if it is an expression. */
function printName(name: string | Code): string {
  if (typeof name !== 'string') {
    return `[${printInline(name)}]`;
  }
  // a plain __proto__ would set the prototype
  return name === '__proto__' ? `[${stringLiteral(name)}]` : /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? name : stringLiteral(name);
}
