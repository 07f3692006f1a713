import { endOfQuoted, partsOf, type Part } from './template';

/** What stands after a name: `.name`, `[index]` or `[*]`. */
export type Step =
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'index'; readonly index: Expression }
  | { readonly kind: 'splat' };

/** An expression of Terraform, of the kinds that are understood here. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'text'; readonly parts: readonly Part[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  /** A list or map of another type, whose values stay: `toset(…)`, `tolist(…)`, `tomap(…)`. */
  | { readonly kind: 'conversion'; readonly argument: Expression }
  | { readonly kind: 'traversal'; readonly root: string; readonly steps: readonly Step[] };

export type Traversal = Extract<Expression, { readonly kind: 'traversal' }>;

const CONVERSIONS = ['toset', 'tolist', 'tomap'];
const ESCAPES: { readonly [character: string]: string } = { n: '\n', r: '\r', t: '\t' };

/** Deeper than anybody writes: the parser calls itself for each level. */
const MAX_DEPTH = 100;

/**
 * An expression, or undefined if it is of another kind, such as a call or a condition.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/references
 */
export function expressionIn(text: string): Expression | undefined {
  const parser = new Parser(text);
  const found = parser.expression();
  return found && parser.isAtEnd() ? found : undefined;
}

/** A reference or an address, such as `module.x["a"].aws_ssm_maintenance_window.this[0].id`. */
export function traversalIn(text: string): Traversal | undefined {
  const found = expressionIn(text);
  return found?.kind === 'traversal' ? found : undefined;
}

class Parser {
  private index = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  public isAtEnd(): boolean {
    this.skipSpace();
    return this.index === this.text.length;
  }

  public expression(): Expression | undefined {
    if (++this.depth > MAX_DEPTH) {
      return undefined;
    }
    this.skipSpace();
    const found = this.text[this.index] === '"' ? this.quoted() : this.take('[') ? this.list() : this.number() ?? this.named();
    this.depth--;
    return found;
  }

  private quoted(): Expression | undefined {
    const end = endOfQuoted(this.text, this.index);
    const parts = end === undefined ? undefined : partsOf(this.text.slice(this.index + 1, end));
    if (end === undefined || parts === undefined) {
      return undefined;
    }
    this.index = end + 1;
    const unescaped = parts.map(part => typeof part === 'string' ? withoutEscapes(part) : part);
    return unescaped.every(part => typeof part === 'string') ? { kind: 'literal', value: unescaped.join('') } : { kind: 'text', parts: unescaped };
  }

  private list(): Expression | undefined {
    const items: Expression[] = [];
    while (!this.take(']')) {
      const item = this.expression();
      if (item === undefined || !(this.take(',') || this.text[this.index] === ']')) {
        return undefined;
      }
      items.push(item);
    }
    return { kind: 'list', items };
  }

  private number(): Expression | undefined {
    const found = this.match(/-?\d+(\.\d+)?([eE][+-]?\d+)?/y);
    return found === undefined ? undefined : { kind: 'literal', value: Number(found) };
  }

  private named(): Expression | undefined {
    const name = this.match(/[A-Za-z_][\w-]*/y);
    if (name === undefined) {
      return undefined;
    }
    if (['true', 'false', 'null'].includes(name)) {
      return { kind: 'literal', value: name === 'null' ? null : name === 'true' };
    }
    if (this.take('(')) {
      const argument = CONVERSIONS.includes(name) ? this.expression() : undefined;
      return argument && this.take(')') ? { kind: 'conversion', argument } : undefined;
    }
    const steps = this.steps();
    return steps && { kind: 'traversal', root: name, steps };
  }

  private steps(): Step[] | undefined {
    const steps: Step[] = [];
    for (;;) {
      if (this.match(/\s*(\[\s*\*\s*\]|\.\*)/y) !== undefined) {
        steps.push({ kind: 'splat' });
      } else if (this.take('[')) {
        const index = this.expression();
        if (index === undefined || !this.take(']')) {
          return undefined;
        }
        steps.push({ kind: 'index', index });
      } else if (this.take('.')) {
        const name = this.match(/[A-Za-z_][\w-]*|\d+/y);
        if (name === undefined) {
          return undefined;
        }
        steps.push(/^\d/.test(name) ? { kind: 'index', index: { kind: 'literal', value: Number(name) } } : { kind: 'attribute', name });
      } else {
        return steps;
      }
    }
  }

  private take(character: string): boolean {
    this.skipSpace();
    const isNext = this.text[this.index] === character;
    this.index += isNext ? 1 : 0;
    return isNext;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.index;
    const found = pattern.exec(this.text)?.[0];
    this.index += found?.length ?? 0;
    return found;
  }

  private skipSpace(): void {
    this.match(/\s+/y);
  }
}

function withoutEscapes(text: string): string {
  return text.replace(/\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[\s\S])/g, (_, escape: string) => {
    const code = escape.length > 1 ? parseInt(escape.slice(1), 16) : undefined;
    return code === undefined ? ESCAPES[escape] ?? escape : code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}
