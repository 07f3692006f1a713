/** An input that cannot be read: the message says the file, the place and the fix. */
export class ImportError extends Error {
  constructor(file: string, place: string | undefined, message: string) {
    super(`${place === undefined ? file : `${file}, ${place}`}: ${message}`);
    this.name = 'ImportError';
  }
}
