/** What a call throws. Fails when it throws nothing. */
export function thrownBy(action: () => unknown): Error {
  try {
    action();
    // eslint-disable-next-line no-restricted-syntax -- the whole error is looked at, where toThrow() looks for a part of its message
  } catch (error) {
    return error as Error;
  }
  throw new Error('was expected to fail');
}

/** The exact message of the validation error that a call throws. */
export function failure(action: () => unknown): string {
  const { name, message } = thrownBy(action);
  expect(name).toBe('ValidationError');
  return message;
}
