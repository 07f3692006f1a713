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
