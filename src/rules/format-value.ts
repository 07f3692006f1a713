const SHOWN_CHARACTERS = 100;

/** How CDK writes a token; the number in it changes from run to run. */
const TOKEN = /[$#]\{Token\[[^\]]*\]\}/g;

/** Formats a value for a message: as JSON, truncated to 100 characters. */
export function formatValue(value: unknown): string {
  const text = (typeof value === 'number' ? String(value) : JSON.stringify(value) ?? String(value)).replace(TOKEN, '<known at deployment>');
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
