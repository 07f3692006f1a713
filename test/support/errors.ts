/** What a call throws, if it throws something. */
export function errorOf(action: () => unknown): Error | undefined {
  try {
    action();
    // eslint-disable-next-line no-restricted-syntax -- the whole error is looked at, where toThrow() looks for a part of its message
  } catch (error) {
    return error as Error;
  }
  return undefined;
}

/** What a call throws. Fails when it throws nothing. */
export function thrownBy(action: () => unknown): Error {
  const error = errorOf(action);
  if (!error) { throw new Error('was expected to fail'); }
  return error;
}

/** The exact message of the validation error that a call throws. */
export function failure(action: () => unknown): string {
  const { name, message } = thrownBy(action);
  expect(name).toBe('ValidationError');
  return message;
}
