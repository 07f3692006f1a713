import { visitCode, type Code } from './code';
import { stringLiteral } from './string-literal';

export const WIDTH = 120;
/** A line that ends with an opening bracket may be longer than one that holds everything. */
const HEAD_WIDTH = 140;
const STEP = '  ';
/** A shorter text with line ends is read as well in one line. */
const LONG_TEXT = 40;

/** Prints expressions of the program in TypeScript, or without its types, in JavaScript. */
export class CodePrinter {
  constructor(private readonly types: boolean) {}

  /** Prints on one line if it fits and nothing asks for more. */
  public print(code: Code, indent: string, column: number): string {
    const line = this.printInline(code);
    return !wantsLines(code) && indent.length + column + line.length < WIDTH ? line : this.printLines(code, indent, column);
  }

  public printInline(code: Code): string {
    switch (code.kind) {
      case 'literal': return printLiteral(code.value);
      case 'keyword': return code.keyword;
      case 'imported': return `${code.imported.namespace ? `${code.imported.namespace}.` : ''}${code.imported.name}`;
      case 'variable': return code.variable.name;
      case 'member': return `${this.types && code.object.kind === 'cast' ? `(${this.printInline(code.object)})` : this.printInline(code.object)}.${code.name}`;
      case 'call': return `${code.isNew ? 'new ' : ''}${this.printInline(code.callee)}(${code.args.map(argument => this.printInline(argument)).join(', ')})`;
      case 'object': return code.entries.length === 0 ? '{}'
        : `{ ${code.entries.map(([name, value]) => `${this.printName(name)}: ${this.printInline(value)}`).join(', ')} }`;
      case 'array': return `[${code.items.map(item => this.printInline(item)).join(', ')}]`;
      case 'spread': return `...${this.printInline(code.value)}`;
      case 'cast': return this.types ? `${this.printInline(code.value)} as ${this.printInline(code.type)}` : this.printInline(code.value);
      case 'choice': return `${this.printInline(code.test)} ? ${this.printInline(code.value)} : undefined`;
    }
  }

  private printLines(code: Code, indent: string, column: number): string {
    const deeper = indent + STEP;
    switch (code.kind) {
      case 'literal': return isLongText(code)
        ? ['[', ...String(code.value).split('\n').map(line => `${deeper}${stringLiteral(line)},`), `${indent}].join('\\n')`].join('\n') : this.printInline(code);
      case 'object': return code.entries.length === 0 ? '{}'
        : ['{', ...code.entries.map(([name, value]) => {
          const key = this.printName(name);
          return `${deeper}${key}: ${this.print(value, deeper, key.length + 2)},`;
        }), `${indent}}`].join('\n');
      case 'array': return code.items.length === 0 ? '[]' : ['[', ...code.items.map(item => `${deeper}${this.print(item, deeper, 0)},`), `${indent}]`].join('\n');
      case 'call': return this.printCallLines(code, indent, column);
      case 'member': return `${this.print(code.object, indent, column)}.${code.name}`;
      case 'spread': return `...${this.print(code.value, indent, column + 3)}`;
      case 'choice': return `${this.printInline(code.test)} ? ${this.print(code.value, indent, column)} : undefined`;
      default: return this.printInline(code);
    }
  }

  /** The last argument, when it is an object or a list, hugs the brackets; otherwise each argument gets a line. */
  private printCallLines(code: Code & { kind: 'call' }, indent: string, column: number): string {
    const callee = `${code.isNew ? 'new ' : ''}${this.print(code.callee, indent, column)}`;
    const last = code.args[code.args.length - 1];
    const before = code.args.slice(0, -1).map(argument => this.printInline(argument));
    const head = `${callee}(${before.map(argument => `${argument}, `).join('')}`;
    const hugs = last !== undefined && (['object', 'array', 'call'].includes(last.kind) || isLongText(last)) && !code.args.slice(0, -1).some(wantsLines);
    if (hugs && indent.length + column + head.length < HEAD_WIDTH) {
      return `${head}${this.printLines(last, indent, column + head.length)})`;
    }
    if (code.args.length === 0) {
      return `${callee}()`;
    }
    const deeper = indent + STEP;
    return [`${callee}(`, ...code.args.map(argument => `${deeper}${this.print(argument, deeper, 0)},`), `${indent})`].join('\n');
  }

  /** The name of a property: bare if it is an identifier, else in quotes; in brackets if it is an expression. */
  private printName(name: string | Code): string {
    if (typeof name !== 'string') {
      return `[${this.printInline(name)}]`;
    }
    // a plain __proto__ would set the prototype
    return name === '__proto__' ? `[${stringLiteral(name)}]` : /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(name) ? name : stringLiteral(name);
  }
}

/** Whether a text, such as a script, is read in lines. */
function isLongText(code: Code): boolean {
  return code.kind === 'literal' && typeof code.value === 'string' && code.value.length > LONG_TEXT && code.value.trimEnd().includes('\n');
}

export function wantsLines(code: Code): boolean {
  let found = false;
  visitCode(code, part => {
    found ||= isLongText(part) || (part.kind === 'object' && part.multiline === true && part.entries.length > 0);
  });
  return found;
}

function printLiteral(value: string | number | boolean | null): string {
  // JSON reads 1e400 as Infinity, which is a name and no literal
  const isText = typeof value === 'string' || (typeof value === 'number' && !Number.isFinite(value));
  return isText ? stringLiteral(String(value)) : String(value);
}
