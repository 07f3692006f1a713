import { ImportError } from '../importer/errors';
import { printable } from '../timeline/timeline-text';

/** What cannot be forecast, in one line: what is too much, and what to ask for instead. */
export class ForecastError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ForecastError';
  }
}

/** An input that is not read. Its names come from a file that somebody else may have written, and are shown as text only. */
export function refusal(file: string, place: string | undefined, message: string): ImportError {
  return new ImportError(printable(file), place && printable(place), printable(message));
}
