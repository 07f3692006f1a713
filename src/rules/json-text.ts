import { PartialText } from './partial-text';
import type { Value } from './value';

/** The value of a JSON text, or undefined if it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
    // eslint-disable-next-line no-restricted-syntax -- whether a text is JSON can only be found out by parsing it
  } catch {
    return undefined;
  }
}

export function isJson(text: string): boolean {
  return jsonOf(text) !== undefined;
}

/** Whether a text is a JSON object: no list and no single value. */
export function isJsonObject(text: string): boolean {
  const value = jsonOf(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a value that is known only at deployment can be outside of the quotes of a JSON text. */
const OUTSIDE_OF_QUOTES = ['0', '"x"', '"x":0', ''];

/**
 * Whether a value can be a JSON text: `no` for a text that is none, whatever is put in place of values known only at deployment; `perhaps` where such a
 * value, or one that Systems Manager puts in place of a pseudo parameter, may complete it.
 */
export function canBeJson(value: Value): 'yes' | 'perhaps' | 'no' {
  const { texts, certain } = candidates(value);
  if (texts.length === 0 || texts.some(isJson)) {
    return 'yes';
  }
  return certain && !texts[0].includes('{{') ? 'no' : 'perhaps';
}

/** Texts to try, and whether they are all that the value can be, as far as JSON is concerned. */
function candidates(value: Value): { readonly texts: readonly string[]; readonly certain: boolean } {
  if (!(value instanceof PartialText)) {
    return { texts: typeof value === 'string' ? [value] : [], certain: true };
  }
  let quoted = false;
  const inQuotes = value.literals.slice(0, -1).map((literal) => {
    quoted = endsInQuotes(literal, quoted);
    return quoted;
  });
  const filled = (outside: string) => value.literals.reduce((text, literal, index) => text + (inQuotes[index - 1] ? 'x' : outside) + literal);
  return { texts: OUTSIDE_OF_QUOTES.map(filled), certain: inQuotes.every(Boolean) };
}

function endsInQuotes(text: string, quoted: boolean): boolean {
  const quotes = text.replace(/\\./g, '').split('"').length - 1;
  return quotes % 2 === 0 ? quoted : !quoted;
}
