/** A text with expressions in it, part by part. */
export type Part = string | { readonly expression: string };

/**
 * The parts of a text in which `${…}` is an expression, or undefined if it cannot be told, as with directives such as `%{ if … }`.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/strings
 */
export function partsOf(text: string): Part[] | undefined {
  const parts: Part[] = [];
  let literal = '';
  for (let index = 0; index < text.length; index++) {
    const next = text.slice(index, index + 3);
    if (next === '$${' || next === '%%{') {
      literal += next.slice(1);
      index += 2;
    } else if (next.startsWith('%{')) {
      return undefined;
    } else if (next.startsWith('${')) {
      const end = endOfExpression(text, index + 2);
      if (end === undefined) {
        return undefined;
      }
      parts.push(...literal === '' ? [] : [literal], { expression: text.slice(index + 2, end).trim() });
      literal = '';
      index = end;
    } else {
      literal += text[index];
    }
  }
  return literal === '' ? parts : [...parts, literal];
}

/** Where the brace stands that ends an expression, which may hold objects, and texts with expressions in them. */
function endOfExpression(text: string, start: number): number | undefined {
  const levels: Array<'expression' | 'text'> = ['expression'];
  for (let index = start; index < text.length; index++) {
    const character = text[index];
    if (levels.at(-1) === 'text') {
      if (character === '\\') {
        index++;
      } else if (character === '"') {
        levels.pop();
      } else if ((character === '$' || character === '%') && text[index + 1] === '{') {
        levels.push('expression');
        index++;
      }
    } else if (character === '"') {
      levels.push('text');
    } else if (character === '{') {
      levels.push('expression');
    } else if (character === '}') {
      levels.pop();
      if (levels.length === 0) {
        return index;
      }
    }
  }
  return undefined;
}

/** Where the text that begins with a quotation mark ends. */
export function endOfQuoted(text: string, start: number): number | undefined {
  for (let index = start + 1; index < text.length; index++) {
    if (text[index] === '\\') {
      index++;
    } else if (text[index] === '"') {
      return index;
    } else if ((text[index] === '$' || text[index] === '%') && text[index + 1] === '{') {
      const end = endOfExpression(text, index + 2);
      if (end === undefined) {
        return undefined;
      }
      index = end;
    }
  }
  return undefined;
}
