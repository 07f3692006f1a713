/** What cannot be forecast, in one line: what is too much, and what to ask for instead. */
export class ForecastError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ForecastError';
  }
}
