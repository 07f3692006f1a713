import { isUtf8 } from 'node:buffer';
import { isBase64 } from '../rules/invocation';
import { jsonOf } from '../rules/json-text';

/** The text in a Base64 string, or undefined if it is no Base64 or does not hold text. */
export function decodeBase64(value: string): string | undefined {
  const bytes = Buffer.from(value, 'base64');
  return isBase64(value) && isUtf8(bytes) ? bytes.toString('utf8') : undefined;
}

export function encodeBase64(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

/** A JSON text without the white space between its parts. */
function withoutWhitespace(json: string): string {
  return json.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_, text: string | undefined) => text ?? '');
}

/**
 * The object that a JSON text holds, or undefined if an object cannot stand for it: it is no object, or writing it again would change more
 * than white space and the order of keys (repeated keys, large numbers, escapes).
 */
export function faithfulObject(text: string): { [key: string]: unknown } | undefined {
  const value = jsonOf(text);
  const isPlainObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isPlainObject && JSON.stringify(value) === withoutWhitespace(text) ? value as { [key: string]: unknown } : undefined;
}

/**
 * The text of a Lambda payload as the AWS CLI prints it: version 2 prints Base64, version 1 the text.
 */
export function payloadText(printed: string): string {
  const isJson = jsonOf(printed) !== undefined && !/^[A-Za-z0-9+/=]+$/.test(printed);
  return isJson ? printed : decodeBase64(printed) ?? printed;
}
