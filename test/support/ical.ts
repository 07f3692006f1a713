import type * as Ical from 'ical.js' with { 'resolution-mode': 'import' };

/** A second reader of iCalendar. Its types describe an ES module only, though it can be required. */
// eslint-disable-next-line @typescript-eslint/no-require-imports -- see above
export const ICAL = require('ical.js') as typeof Ical.default;
