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

/** The object that a JSON text holds, or undefined if writing it again would give another text, which is what the service compares. */
export function faithfulObject(text: string): { [key: string]: unknown } | undefined {
  const value = jsonOf(text);
  const isPlainObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isPlainObject && JSON.stringify(value) === text ? value as { [key: string]: unknown } : undefined;
}

/** The escapes of a text that Python shows for bytes. */
const PYTHON_ESCAPES: { readonly [escape: string]: string } = { n: '\n', r: '\r', t: '\t' };

/** The text in what Python shows for bytes, such as `b'{"a": 1}'`; undefined if it is something else, or holds no text. */
function textOfPythonBytes(shown: string): string | undefined {
  const body = /^b(['"])([\s\S]*)\1$/.exec(shown)?.[2];
  if (body === undefined) {
    return undefined;
  }
  const bytes = body.replace(/\\(x[0-9a-f]{2}|[\s\S])/g, (_, escape: string) => (
    escape.length > 1 ? String.fromCharCode(parseInt(escape.slice(1), 16)) : PYTHON_ESCAPES[escape] ?? escape));
  const buffer = Buffer.from(bytes, 'latin1');
  return isUtf8(buffer) ? buffer.toString('utf8') : undefined;
}

/** The text of a Lambda payload as tools print it: version 2 of the AWS CLI as Base64, version 1 as text, boto3 as bytes of Python. */
export function payloadText(printed: string): string {
  const bytes = textOfPythonBytes(printed);
  if (bytes !== undefined) {
    return bytes;
  }
  const isJson = jsonOf(printed) !== undefined && !/^[A-Za-z0-9+/=]+$/.test(printed);
  return isJson ? printed : decodeBase64(printed) ?? printed;
}
