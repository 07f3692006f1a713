/** A failure that one line explains: what is wrong, and what helps. */
export class CliError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CliError';
  }
}
