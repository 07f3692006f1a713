/**
 * Characters that would not show as what they are: controls, line separators of Unicode, marks that turn the direction of text, halves of a pair.
 *
 * A reader must see what a literal holds, and a translator must not take a part of it for something else.
 */
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const SHORT: ReadonlyMap<string, string> = new Map([['\b', '\\b'], ['\f', '\\f'], ['\n', '\\n'], ['\r', '\\r'], ['\t', '\\t']]);

/** The one place that writes a text of the source into a program: a string literal of its final value. */
export function stringLiteral(value: string, preferred: '"' | "'" = "'"): string {
  const other = preferred === '"' ? "'" : '"';
  const quote = value.includes(preferred) && !value.includes(other) ? other : preferred;
  const body = value
    .replace(/\\/g, '\\\\')
    .replace(quote === '"' ? /"/g : /'/g, `\\${quote}`)
    .replace(INVISIBLE, (character) => SHORT.get(character) ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `${quote}${body}${quote}`;
}

/** A text of the source in a comment: one line, without what ends a comment in any language or begins an escape there. */
export function commentText(value: string): string {
  return value.replace(/\s+/g, ' ').replace(INVISIBLE, '?').replace(/\\/g, '/').replace(/\*(?=\/)/g, '* ').replace(/\/(?=\*)/g, '/ ').trim();
}
