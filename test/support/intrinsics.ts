/** Whether a value of a template is known only at deployment. */
export function isIntrinsic(value: unknown): value is { [fn: string]: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) { return false; }
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
}
