import type { Code, ImportedName, Statement, Variable } from './code';
import { usedVariables, type Method } from './methods';
import { wantsLines } from './print-code';
import { importedNames, linesOf, PrintedFile, statementsOf, wrapped, type PrintedLine } from './printed-file';
import type { Program } from './program';
import { keywordArgument, pythonLiteral, pythonNamespace, pythonVariable, snakeCase } from './python-names';
import { commentText } from './string-literal';
import { instantOf } from '../../rules/value';

const WIDTH = 110;
const STEP = '    ';
const BODY = STEP.repeat(2);

/** Modules by what they are in TypeScript. */
const MODULES: { readonly [module: string]: string } = {
  'aws-cdk-lib': 'aws_cdk', 'cdk-ssm-maintenance-windows': 'cdk_ssm_maintenance_windows', 'constructs': 'constructs',
};

/** A file with stacks in Python, from the same statements as in TypeScript. */
export function printPython(programs: readonly Program[]): PrintedFile {
  return new PrintedFile(new PythonPrinter(programs).print());
}

class PythonPrinter {
  private readonly names = new Map<Variable, string>();
  /** Classes of structs that stand in lists or in other structs. */
  private readonly structs: ImportedName[] = [];
  private usesDates = false;

  constructor(private readonly programs: readonly Program[]) {}

  public print(): PrintedLine[] {
    const stacks = this.programs.flatMap(program => [{ text: '' }, { text: '' }, ...this.stack(program)]);
    return [...this.imports().flatMap(text => linesOf(text)), ...stacks];
  }

  private imports(): string[] {
    const names: ImportedName[] = [{ module: 'aws-cdk-lib', name: 'Stack' }, { module: 'constructs', name: 'Construct' }];
    for (const { values, types } of this.programs.map(importedNames)) {
      names.push(...values, ...types);
    }
    names.push(...this.structs);
    const byModule = new Map<string, Set<string>>();
    for (const { module, namespace, name } of names) {
      const [first] = name.split('.');
      const [from, imported] = namespace === undefined ? [MODULES[module], first]
        : ['aws_cdk', `${snakeCase(module.replace(/^.*\//, '').replaceAll('-', '_'))} as ${pythonNamespace(namespace)}`];
      byModule.set(from, (byModule.get(from) ?? new Set()).add(imported));
    }
    const lines = [...byModule].sort(([a], [b]) => (a < b ? -1 : 1)).map(([module, imported]) => importLine(module, [...imported].sort()));
    return this.usesDates ? ['from datetime import datetime', '', ...lines] : lines;
  }

  private stack(program: Program): PrintedLine[] {
    const used = new Set(statementsOf(program).flatMap(usedVariables));
    const parameters = program.hasCustomResources ? ', *, custom_resources: bool = False, **kwargs' : ', **kwargs';
    const body = [
      { text: `${BODY}super().__init__(scope, construct_id, **kwargs)` },
      { text: '' },
      ...program.statements.flatMap((statement, index) => this.statement(statement, used, index === 0)),
      ...program.statements.length > 0 && program.methods.length > 0 ? [{ text: '' }] : [],
      ...program.methods.map(({ name, parameters: given, usesProps }) => (
        { text: `${BODY}self._${snakeCase(name)}(${[...usesProps ? ['custom_resources'] : [], ...given.map(parameter => this.nameOf(parameter))].join(', ')})` })),
    ];
    return [
      { text: `class ${program.className}(Stack):` },
      ...documentation(program.documentation, STEP).map(text => ({ text })),
      { text: '' },
      ...program.hasCustomResources ? CUSTOM_RESOURCES_COMMENT.map(text => ({ text: `${STEP}# ${text}` })) : [],
      { text: `${STEP}def __init__(self, scope: Construct, construct_id: str${parameters}) -> None:` },
      ...body,
      ...program.methods.flatMap(method => this.method(method, used)),
    ];
  }

  private method({ name, documentation: text, parameters, usesProps, statements }: Method, used: Set<Variable>): PrintedLine[] {
    const list = ['self', ...usesProps ? ['custom_resources: bool'] : [], ...parameters.map(parameter => `${this.nameOf(parameter)}: ${this.inline(parameter.type)}`)];
    const head = `${STEP}def _${snakeCase(name)}(`;
    const line = `${head}${list.join(', ')}) -> None:`;
    return [
      { text: '' },
      ...(line.length <= WIDTH ? [line] : [head, ...list.map(parameter => `${BODY}${parameter},`), `${STEP}) -> None:`]).map(part => ({ text: part })),
      ...documentation([text], BODY).map(part => ({ text: part })),
      ...statements.flatMap((statement, index) => this.statement(statement, used, index === 0)),
    ];
  }

  private statement(statement: Statement, used: Set<Variable>, isFirst: boolean): PrintedLine[] {
    const left = statement.variable && used.has(statement.variable) ? `${this.nameOf(statement.variable)} = `
      : statement.assigned ? `${this.inline(statement.assigned)} = ` : '';
    return [
      ...statement.startsBlock && !isFirst ? [{ text: '' }] : [],
      ...statement.comments.flatMap(comment => wrapped(commentText(comment), WIDTH - BODY.length - 2).map(line => ({ text: `${BODY}# ${line}` }))),
      ...linesOf(`${BODY}${left}${this.code(statement.code, BODY, left.length)}`, statement.key),
    ];
  }

  private nameOf(variable: Variable): string {
    const known = this.names.get(variable);
    if (known !== undefined) {
      return known;
    }
    const taken = new Set(this.names.values());
    let name = pythonVariable(variable.name);
    while (taken.has(name)) {
      name += '_';
    }
    this.names.set(variable, name);
    return name;
  }

  private code(code: Code, indent: string, column: number): string {
    const line = this.inline(code);
    return !wantsLines(code) && indent.length + column + line.length < WIDTH ? line : this.lines(code, indent);
  }

  private lines(code: Code, indent: string): string {
    const deeper = indent + STEP;
    const block = (open: string, items: string[], close: string) => items.length === 0 ? `${open}${close}`
      : [open, ...items.map(item => `${deeper}${item},`), `${indent}${close}`].join('\n');
    switch (code.kind) {
      case 'literal': return typeof code.value === 'string' && code.value.includes('\n') ? textLines(code.value, indent) : this.inline(code);
      case 'array': return block('[', code.items.map(item => this.code(item, deeper, 0)), ']');
      case 'object': return code.isStruct ? block(`${this.structClass(code)}(`, this.keywordArguments(code, deeper), ')')
        : block('{', code.entries.map(([name, value]) => {
          const key = this.key(name);
          return `${key}: ${this.code(value, deeper, key.length + 2)}`;
        }), '}');
      case 'call': return block(`${this.inline(code.callee)}(`, this.argumentsOf(code, deeper), ')');
      case 'spread': return `*${this.code(code.value, indent, 1)}`;
      case 'choice': return `${this.code(code.value, indent, 0)} if ${this.inline(code.test)} else None`;
      case 'cast': return this.code(code.value, indent, 0);
      default: return this.inline(code);
    }
  }

  private inline(code: Code): string {
    switch (code.kind) {
      case 'literal': return pythonLiteral(code.value);
      case 'keyword': return code.keyword === 'this' ? 'self' : code.keyword;
      case 'imported': return importedName(code.imported);
      case 'variable': return this.nameOf(code.variable);
      case 'member': return code.object.kind === 'keyword' && code.object.keyword === 'props' ? code.name : `${this.inline(code.object)}.${snakeCase(code.name)}`;
      case 'call': return this.date(code) ?? `${this.inline(code.callee)}(${this.argumentsOf(code).join(', ')})`;
      case 'object': return code.isStruct ? `${this.structClass(code)}(${this.keywordArguments(code).join(', ')})`
        : `{${code.entries.map(([name, value]) => `${this.key(name)}: ${this.inline(value)}`).join(', ')}}`;
      case 'array': return `[${code.items.map(item => this.inline(item)).join(', ')}]`;
      case 'spread': return `*${this.inline(code.value)}`;
      case 'cast': return this.inline(code.value);
      case 'choice': return `${this.inline(code.value)} if ${this.inline(code.test)} else None`;
    }
  }

  /** The members of the struct that a call ends with are its keyword arguments. */
  private argumentsOf({ args }: Code & { kind: 'call' }, indent?: string): string[] {
    const print = (argument: Code) => (indent === undefined ? this.inline(argument) : this.code(argument, indent, 0));
    const last = args.at(-1);
    return last?.kind === 'object' && last.isStruct
      ? [...args.slice(0, -1).map(print), ...this.keywordArguments(last, indent)] : args.map(print);
  }

  private keywordArguments({ entries }: Code & { kind: 'object' }, indent?: string): string[] {
    return entries.map(([name, value]) => {
      const key = `${keywordArgument(String(name))}=`;
      return `${key}${indent === undefined ? this.inline(value) : this.code(value, indent, key.length)}`;
    });
  }

  private structClass({ struct }: Code & { kind: 'object' }): string {
    if (struct?.kind !== 'imported') {
      return 'dict';
    }
    this.structs.push(struct.imported);
    return importedName(struct.imported);
  }

  private key(name: string | Code): string {
    return typeof name === 'string' ? pythonLiteral(name) : this.inline(name);
  }

  /** A date of the language, with its zone: one without would be that of the machine. */
  private date({ callee, args: [text] }: Code & { kind: 'call' }): string | undefined {
    if (callee.kind !== 'keyword' || callee.keyword !== 'Date') {
      return undefined;
    }
    this.usesDates = true;
    const instant = instantOf(text?.kind === 'literal' ? text.value : undefined)!;
    return `datetime.fromisoformat(${pythonLiteral(instant.toISOString().replace(/(\.000)?Z$/, '+00:00'))})`;
  }
}

const CUSTOM_RESOURCES_COMMENT = [
  'custom_resources: whether the custom resources for alarms and disabled windows are there, which cdk import cannot make.',
  'Set it after the import, then deploy.',
];

function importedName({ namespace, name }: ImportedName): string {
  const [first, ...members] = name.split('.');
  // methods and constants are members of classes, whose names stay
  const parts = [first, ...members.map(member => (/^[A-Z]/.test(member) ? member : snakeCase(member)))];
  return [...namespace === undefined ? [] : [pythonNamespace(namespace)], ...parts].join('.');
}

function textLines(text: string, indent: string): string {
  const lines = text.split(/(?<=\n)/);
  return ['(', ...lines.map(line => `${indent}${STEP}${pythonLiteral(line)}`), `${indent})`].join('\n');
}

function documentation(lines: readonly string[], indent: string): string[] {
  const [first, ...others] = lines.map(line => commentText(line).replace(/"/g, "'"));
  return others.length === 0 ? [`${indent}"""${first}"""`] : [`${indent}"""${first}`, ...others.map(line => line === '' ? '' : `${indent}${line}`), `${indent}"""`];
}

function importLine(module: string, names: string[]): string {
  const line = `from ${module} import ${names.join(', ')}`;
  return line.length <= WIDTH ? line : [`from ${module} import (`, ...names.map(name => `${STEP}${name},`), ')'].join('\n');
}
