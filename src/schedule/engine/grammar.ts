import { CRON_FIELDS, expandRange, parseCronField } from './fields';
import type { CronFieldName, CronTerm } from './fields';

export interface ScheduleFault {
  readonly severity: 'error' | 'warning';
  /** Stable, of warnings only. */
  readonly id?: string;
  /** 1-based, in the expression. */
  readonly position?: number;
  readonly rule: string;
  readonly got: string;
  readonly fix?: string;
  /** Whether AWS calls it unsupported, though the service seems to take it. */
  readonly unsupported?: boolean;
}

export interface ParsedCron {
  readonly kind: 'cron';
  readonly fields: Readonly<Record<CronFieldName, readonly CronTerm[]>>;
}

export interface ParsedRate {
  readonly kind: 'rate';
  readonly value: number;
  readonly unit: 'minute' | 'hour' | 'day';
}

interface ParsedAt {
  readonly kind: 'at';
  readonly instant: Date;
}

export type ParsedSchedule = ParsedCron | ParsedRate | ParsedAt;

interface ParseResult {
  /** Missing when there is an error. */
  readonly schedule?: ParsedSchedule;
  readonly faults: ScheduleFault[];
}

const MAX_LENGTH = 256;
const SIX_FIELDS: readonly CronFieldName[] = ['minute', 'hour', 'day', 'month', 'weekDay', 'year'];
const SEVEN_FIELDS: readonly CronFieldName[] = ['second', ...SIX_FIELDS];
const ZERO: readonly CronTerm[] = [{ kind: 'range', from: 0, to: 0, step: 1 }];
const SIX_NAMES = 'minutes, hours, day of month, month, day of week, year';

/** A field's text and where it begins in the expression, from 1. */
interface Token {
  readonly text: string;
  readonly position: number;
}

export function parseSchedule(expression: string): ParseResult {
  const space = /[^\S \t]/.exec(expression);
  if (space) {
    const got = `U+${space[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
    return refuse({ position: space.index + 1, rule: 'must have no white space but spaces and tabs', got, fix: 'write a space' });
  }
  const form = /^(cron|rate|at)\((.*)\)$/is.exec(expression);
  if (!form || form[2].trim() === '') {
    return refuse({ position: 1, rule: 'must be "cron(…)", "rate(…)" or "at(…)"', got: expression });
  }
  if (expression.length > MAX_LENGTH) {
    return refuse({ position: MAX_LENGTH + 1, rule: `must have at most ${MAX_LENGTH} characters`, got: `${expression.length} characters` });
  }
  const position = form[1].length + 2;
  switch (form[1].toLowerCase()) {
    case 'cron': return parseCron(form[2], position);
    case 'rate': return parseRate(form[2], position);
    default: return parseAt(form[2], position);
  }
}

/** Whether the service takes a schedule offset: the day of week uses `#` or `L`. */
export function offsetAllowed(schedule: ParsedSchedule): boolean {
  return schedule.kind === 'cron'
    && schedule.fields.weekDay.some(({ kind }) => kind === 'nthWeekDay' || kind === 'lastWeekDay' || kind === 'lastDay');
}

/** What Quartz, whose errors the service has, refuses in a list. @see https://github.com/quartz-scheduler/quartz/blob/main/docs/cron-trigger.adoc */
const UNLISTED: readonly CronTerm['kind'][] = ['lastDay', 'nearestWeekday', 'lastWeekDay'];

function parseCron(text: string, position: number): ParseResult {
  const tokens = [...text.matchAll(/\S+/g)].map(match => ({ text: match[0], position: position + match.index }));
  if (tokens.length < SIX_FIELDS.length) return refuse({ position, ...tooFewFields(tokens), got: text });

  const names = tokens.length === SIX_FIELDS.length ? SIX_FIELDS : SEVEN_FIELDS;
  const faults: ScheduleFault[] = [];
  const fields: Record<string, readonly CronTerm[]> = { second: ZERO };
  names.forEach((name, i) => {
    const { terms, fault } = parseCronField(name, tokens[i].text);
    fields[name] = terms;
    if (fault) {
      faults.push({
        severity: 'error',
        position: tokens[i].position + fault.offset,
        rule: `${CRON_FIELDS[name].label} ${fault.rule}`,
        got: fault.got,
      });
    }
  });
  if (faults.length > 0) {
    const fix = missingYear(tokens);
    return { faults: fix ? [{ ...faults[0], fix }, ...faults.slice(1)] : faults };
  }

  const schedule: ParsedCron = { kind: 'cron', fields: fields as ParsedCron['fields'] };
  const days = dayFault(schedule, tokens[names.indexOf('day')], tokens[names.indexOf('month')], tokens[names.indexOf('weekDay')]);
  if (days) return refuse(days);
  if (tokens.length > SEVEN_FIELDS.length) {
    const extra = tokens.slice(SEVEN_FIELDS.length);
    faults.push({
      severity: 'warning',
      id: 'cronExtraFields',
      position: extra[0].position,
      rule: `must have six fields (${SIX_NAMES}) or seven with seconds first, what follows is not supported`,
      got: extra.map(token => token.text).join(' '),
      fix: 'remove it',
    });
  }
  for (const name of ['day', 'weekDay'] as const) {
    const token = tokens[names.indexOf(name)];
    if (token.text.includes(',') && schedule.fields[name].some(({ kind }) => UNLISTED.includes(kind))) {
      faults.push({
        severity: 'warning',
        id: 'cronListWithWildcard',
        position: token.position,
        rule: `${CRON_FIELDS[name].label} should have "L" and "W" alone and not in a list, which AWS does not document`,
        got: token.text,
        fix: 'define a window for each',
      });
    }
  }
  if (firesFasterThanFiveMinutes(schedule)) {
    faults.push({
      severity: 'warning',
      id: 'cronTooFrequent',
      unsupported: true,
      position,
      rule: 'must be at least five minutes from one time to the next, more often is not supported',
      got: text,
    });
  }
  return { schedule, faults };
}

function tooFewFields(tokens: readonly Token[]): { rule: string; fix?: string } {
  const rule = `cron must have six fields (${SIX_NAMES})`;
  if (tokens.length !== 5) return { rule };
  const [minute, hour, day, month, weekDay] = tokens.map(token => token.text);
  // Unix counts the days of the week from Sunday = 0
  const named = weekDay.replace(/(?<![/#\d])[0-7](?!\d)/g, digit => CRON_FIELDS.weekDay.names[Number(digit) % 7]);
  const days = weekDay === '*' ? [day, month, '?'] : ['?', month, named];
  const fix = `cron(${[minute, hour, ...days, '*'].join(' ')})`;
  const bothDays = weekDay !== '*' && day !== '*' && day !== '?';
  return {
    rule: `${rule}, five-field Unix cron has no year and no "?"`,
    fix: !bothDays && parseSchedule(fix).schedule ? `write "${fix}"` : undefined,
  };
}

/** A fix for six fields with seconds first and the year left out, as Quartz and other crons have it. */
function missingYear(tokens: readonly Token[]): string | undefined {
  if (tokens.length !== SIX_FIELDS.length) return undefined;
  const expression = `cron(${tokens.map(token => token.text).join(' ')} *)`;
  return parseSchedule(expression).schedule ? `six fields are minutes first and year last, with seconds first write "${expression}"` : undefined;
}

function dayFault({ fields }: ParsedCron, day: Token, month: Token, weekDay: Token): Omit<ScheduleFault, 'severity'> | undefined {
  const days = [fields.day, fields.weekDay].filter(([term]) => term.kind !== 'unspecified').length;
  if (days === 1) return undefined;
  return {
    position: day.position,
    rule: days === 2
      ? 'day of month and day of week cannot both be given, one of them must be "?"'
      : 'day of month and day of week cannot both be "?", one of them must be given',
    got: `${day.text} ${month.text} ${weekDay.text}`,
    fix: days === 0 || weekDay.text === '*' ? `write "${days === 0 ? '*' : day.text} ${month.text} ?"`
      : day.text === '*' ? `write "? ${month.text} ${weekDay.text}"` : undefined,
  };
}

function firesFasterThanFiveMinutes({ fields }: ParsedCron): boolean {
  if (valuesOf('second', fields.second).length > 1) return true;
  const minutes = valuesOf('minute', fields.minute);
  if (minutes.some((minute, i) => i > 0 && minute - minutes[i - 1] < 5)) return true;
  const hours = valuesOf('hour', fields.hour);
  return hours.some((hour, i) => i > 0 && hour - hours[i - 1] === 1) && minutes[0] + 60 - minutes[minutes.length - 1] < 5;
}

/** All values of a field that has no day wildcards, rising. */
export function valuesOf(field: CronFieldName, terms: readonly CronTerm[]): number[] {
  const { min, max } = CRON_FIELDS[field];
  const values = new Set<number>();
  for (const term of terms) {
    if (term.kind === 'every') expandRange(field, { from: min, to: max, step: term.step }).forEach(value => values.add(value));
    if (term.kind === 'range') expandRange(field, term).forEach(value => values.add(value));
  }
  return [...values].sort((a, b) => a - b);
}

function parseRate(text: string, position: number): ParseResult {
  const form = /^(\S*?)(\s?)(minutes?|hours?|days?)$/i.exec(text);
  if (!form) {
    return refuse({ position, rule: 'rate must be a positive whole number, a space and minutes, hours or days', got: text, fix: 'write for example "rate(7 days)"' });
  }
  const [, number,, units] = form;
  if (!/^\d+$/.test(number) || Number(number) === 0) {
    return refuse({ position, rule: 'rate must have a positive whole number before its unit', got: number });
  }
  const value = Number(number);
  const unit = units.toLowerCase().replace(/s$/, '') as ParsedRate['unit'];
  const schedule: ParsedRate = { kind: 'rate', value, unit };
  const expected = value === 1 ? unit : `${unit}s`;
  if (units.toLowerCase() === expected) return { schedule, faults: [] };
  return {
    schedule,
    faults: [{
      severity: 'warning',
      id: 'rateUnitPlural',
      position: position + text.length - units.length,
      rule: `rate must have its unit in the ${value === 1 ? 'singular after 1' : 'plural'}`,
      got: units,
      fix: `write "rate(${number} ${expected})"`,
    }],
  };
}

function parseAt(text: string, position: number): ParseResult {
  const rule = 'at must be a UTC date and time as yyyy-mm-ddThh:mm:ss, without a time zone';
  const form = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d)?$/i.exec(text);
  if (!form) return refuse({ position, rule, got: text });
  const iso = `${form[1]}T${form[2]}${form[3] ?? ':00'}.000Z`;
  const instant = new Date(iso);
  // Date moves the 30th of February on to March
  if (Number.isNaN(instant.getTime()) || instant.toISOString() !== iso) {
    return refuse({ position, rule: 'at must be a date and time that the calendar has', got: text });
  }
  return { schedule: { kind: 'at', instant }, faults: [] };
}

function refuse(fault: Omit<ScheduleFault, 'severity'>): ParseResult {
  return { faults: [{ severity: 'error', ...fault }] };
}
