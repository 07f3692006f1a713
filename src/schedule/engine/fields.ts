export type CronFieldName = 'second' | 'minute' | 'hour' | 'day' | 'month' | 'weekDay' | 'year';

/** What is wrong with one field. */
interface FieldFault {
  /** Completes a sentence that begins with the field's name: "must be …". */
  readonly rule: string;
  readonly got: string;
  /** 0-based, in the field's text. */
  readonly offset: number;
}

/** One element of a field's list, in the numbers of the service: Sunday is 1. */
export type CronTerm =
  | { readonly kind: 'every'; readonly step: number }
  | { readonly kind: 'range'; readonly from: number; readonly to: number; readonly step: number }
  | { readonly kind: 'unspecified' }
  | { readonly kind: 'lastDay'; readonly before: number; readonly weekday: boolean }
  | { readonly kind: 'nearestWeekday'; readonly day: number }
  | { readonly kind: 'lastWeekDay'; readonly weekDay: number }
  | { readonly kind: 'nthWeekDay'; readonly weekDay: number; readonly nth: number };

interface FieldResult {
  readonly terms: readonly CronTerm[];
  readonly fault?: FieldFault;
}

interface FieldSpec {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly maxStep: number;
  /** The name of `min`, `min + 1`, … */
  readonly names: readonly string[];
  readonly values: string;
}

/** The years that the service knows. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-cron-and-rate-expressions.html */
export const FIRST_YEAR = 1970;
export const LAST_YEAR = 2199;

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const WEEK_DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

export const CRON_FIELDS: Readonly<Record<CronFieldName, FieldSpec>> = {
  second: { label: 'second', min: 0, max: 59, maxStep: 59, names: [], values: '0 to 59' },
  minute: { label: 'minute', min: 0, max: 59, maxStep: 59, names: [], values: '0 to 59' },
  hour: { label: 'hour', min: 0, max: 23, maxStep: 23, names: [], values: '0 to 23' },
  day: { label: 'day of month', min: 1, max: 31, maxStep: 31, names: [], values: '1 to 31' },
  month: { label: 'month', min: 1, max: 12, maxStep: 12, names: MONTHS, values: '1 to 12 or JAN to DEC' },
  weekDay: { label: 'day of week', min: 1, max: 7, maxStep: 7, names: WEEK_DAYS, values: '1 (Sunday) to 7 or SUN to SAT' },
  year: { label: 'year', min: FIRST_YEAR, max: LAST_YEAR, maxStep: LAST_YEAR - FIRST_YEAR, names: [], values: `${FIRST_YEAR} to ${LAST_YEAR}` },
};

type Parsed<T> = T | FieldFault;

export function cronFieldFault(field: CronFieldName, text: string): FieldFault | undefined {
  return parseCronField(field, text).fault;
}

export function parseCronField(field: CronFieldName, text: string): FieldResult {
  if (text === '?' && takesQuestionMark(field)) return { terms: [{ kind: 'unspecified' }] };
  const elements = text.split(',');
  const terms: CronTerm[] = [];
  let offset = 0;
  for (const element of elements) {
    const term = parseElement(field, element, offset, elements.length === 1);
    if (isFault(term)) return { terms: [], fault: term };
    terms.push(term);
    offset += element.length + 1;
  }
  return { terms };
}

/** The numbers that a range stands for; a backward range goes through the field's end. */
export function expandRange(field: CronFieldName, { from, to, step }: { from: number; to: number; step: number }): number[] {
  const { min, max } = CRON_FIELDS[field];
  const size = max - min + 1;
  const end = to < from ? to + size : to;
  const values = [];
  for (let value = from; value <= end; value += step) values.push(value > max ? value - size : value);
  return values;
}

function parseElement(field: CronFieldName, element: string, offset: number, alone: boolean): Parsed<CronTerm> {
  if (element === '') return fault(alone ? 'must not be empty' : 'must have a value on both sides of every ","', element, offset);
  if (element.includes('?') && takesQuestionMark(field)) return fault('must be "?" alone or have no "?"', element, offset);
  if (element.includes('#') && field === 'weekDay') return parseNth(element, offset, alone);
  const upper = element.toUpperCase();
  if (field === 'day') {
    const last = /^L(?:-(\d+))?(W)?$/.exec(upper);
    if (last) {
      const before = Number(last[1] ?? 0);
      return before > 30 ? fault('must count at most 30 days back from "L"', element, offset) : { kind: 'lastDay', before, weekday: last[2] !== undefined };
    }
    if (/^\d+W$/.test(upper)) {
      const day = parseValue(field, element.slice(0, -1), offset);
      return isFault(day) ? day : { kind: 'nearestWeekday', day };
    }
  }
  if (field === 'weekDay' && upper.endsWith('L')) return parseLastWeekDay(element, offset);
  return parseSteps(field, element, offset);
}

function parseNth(element: string, offset: number, alone: boolean): Parsed<CronTerm> {
  if (!alone) return fault('must be one expression without a list when it uses "#"', element, offset);
  const hash = element.indexOf('#');
  const weekDay = parseValue('weekDay', element.slice(0, hash), offset);
  if (isFault(weekDay)) return weekDay;
  const nth = element.slice(hash + 1);
  if (!/^0*[1-5]$/.test(nth)) return fault('must have an occurrence from 1 to 5 after "#"', nth, offset + hash + 1);
  return { kind: 'nthWeekDay', weekDay, nth: Number(nth) };
}

function parseLastWeekDay(element: string, offset: number): Parsed<CronTerm> {
  if (element.length === 1) return { kind: 'lastDay', before: 0, weekday: false };
  const weekDay = parseValue('weekDay', element.slice(0, -1), offset);
  return isFault(weekDay) ? weekDay : { kind: 'lastWeekDay', weekDay };
}

function parseSteps(field: CronFieldName, element: string, offset: number): Parsed<CronTerm> {
  const { max, maxStep } = CRON_FIELDS[field];
  const slash = element.indexOf('/');
  const base = slash < 0 ? element : element.slice(0, slash);
  const stepText = slash < 0 ? '1' : element.slice(slash + 1);
  const step = /^\d+$/.test(stepText) ? Number(stepText) : 0;
  if (step < 1 || step > maxStep) return fault(`must have an increment from 1 to ${maxStep} after "/"`, stepText, offset + slash + 1);
  if (base === '*' || base === '') return { kind: 'every', step };

  const dash = base.indexOf('-');
  if (dash <= 0 || dash === base.length - 1) {
    const from = parseValue(field, base, offset);
    return isFault(from) ? from : { kind: 'range', from, to: slash < 0 ? from : max, step };
  }
  const from = parseValue(field, base.slice(0, dash), offset);
  if (isFault(from)) return from;
  const to = parseValue(field, base.slice(dash + 1), offset + dash + 1);
  if (isFault(to)) return to;
  if (field === 'year' && to < from) return fault('must have ranges that rise', base, offset);
  return { kind: 'range', from, to, step };
}

function parseValue(field: CronFieldName, text: string, offset: number): Parsed<number> {
  const { min, max, names, values } = CRON_FIELDS[field];
  const named = names.indexOf(text.toUpperCase());
  if (named >= 0) return named + min;
  if (/^\d+$/.test(text) && Number(text) >= min && Number(text) <= max) return Number(text);
  return fault(`must be ${values}${hint(field, text.toUpperCase())}`, text, offset);
}

/** What the writer probably meant, to go after the rule. */
function hint(field: CronFieldName, text: string): string {
  if (text.includes('?')) return ', "?" is for day of month and day of week only, write "*"';
  if (text.includes('#')) return ', "#" is for day of week only';
  if (field === 'day' && text === 'W') return ', "W" needs a number before it, such as "15W"';
  if (field !== 'day' && /^(?:\d+|[A-Z]{3}|L)?W$/.test(text)) return ', "W" is for day of month only';
  if (field === 'day' && /^\d+L$/.test(text)) return ', "L" has no number before it in day of month';
  if (/^(?:\d+|[A-Z]{3})?L$/.test(text)) return ', "L" is for day of month and day of week only';
  const abbreviated = CRON_FIELDS[field].names.find(name => text.startsWith(name));
  if (abbreviated) return `, write "${abbreviated}"`;
  if (field !== 'weekDay' && WEEK_DAYS.includes(text.slice(0, 3))) return ', a day of the week belongs in the field day of week';
  if (field !== 'month' && MONTHS.includes(text.slice(0, 3))) return ', a month belongs in the field month';
  if (field === 'weekDay' && text === '0') return ', write "SUN" for Sunday';
  if (/^[A-Z\d]*$/.test(text)) return '';
  return ', "*", a list ("1,3"), a range ("1-5") or an increment ("0/6")';
}

function takesQuestionMark(field: CronFieldName): boolean {
  return field === 'day' || field === 'weekDay';
}

function fault(rule: string, got: string, offset: number): FieldFault {
  return { rule, got, offset };
}

function isFault(parsed: unknown): parsed is FieldFault {
  return typeof parsed === 'object' && parsed !== null && 'rule' in parsed;
}
