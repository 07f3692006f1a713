import { hasIntrinsic } from './expression';
import type { Json, JsonObject } from './json';
import type { ParsedSchedule } from '../schedule/engine/grammar';
import { offsetAllowed } from '../schedule/engine/grammar';

/** False if the value is missing or known only at deployment. */
export function isLiteral(value: Json | undefined): value is Json {
  return value !== undefined && !hasIntrinsic(value);
}

/** The number in a number or a text, or undefined if it is known only at deployment. */
export function literalNumber(value: Json | undefined): number | undefined {
  return typeof value === 'number' || typeof value === 'string' ? Number(value) : undefined;
}

export function outsideRange(name: string, value: Json | undefined, min: number, max = Number.MAX_SAFE_INTEGER): string[] {
  const number = literalNumber(value);
  const isFine = number === undefined || (Number.isInteger(number) && number >= min && number <= max);
  return isFine ? [] : [`${name} must be a whole number ${max === Number.MAX_SAFE_INTEGER ? `of at least ${min}` : `from ${min} to ${max}`}, got ${String(value)}`];
}

/** What the service refuses of the hours for which a window is open. */
export function durationMistakes({ Duration: duration, Cutoff: cutoff }: JsonObject): string[] {
  const [hours, cutoffHours] = [literalNumber(duration), literalNumber(cutoff)];
  return [
    ...outsideRange('Duration', duration, 1, 24),
    ...outsideRange('Cutoff', cutoff, 0, 23),
    ...hours !== undefined && cutoffHours !== undefined && cutoffHours >= hours ? [`Cutoff must be shorter than Duration, got ${cutoffHours} of ${hours} hours`] : [],
  ];
}

/** What the service refuses of the days after the dates of a schedule. */
export function offsetMistakes(offset: Json | undefined, expression: string, schedule: ParsedSchedule | undefined): string[] {
  return [
    ...outsideRange('ScheduleOffset', offset, 1, 6),
    ...offset !== undefined && schedule && !offsetAllowed(schedule)
      ? [`ScheduleOffset needs a cron expression whose day of week uses "#" or "L", got ${expression}`] : [],
  ];
}

export function outsideLength(name: string, value: Json | undefined, min: number, max: number): string[] {
  const length = typeof value === 'string' ? [...value].length : min;
  return length < min || length > max ? [`${name} must be ${min} to ${max} characters long, got ${length}`] : [];
}

export function missing(properties: JsonObject, ...names: string[]): string[] {
  return names.filter(name => properties[name] === undefined || properties[name] === null).map(name => `${name} is missing`);
}

export function booleanMistakes(name: string, value: Json | undefined): string[] {
  return isLiteral(value) && booleanOf(value) === undefined ? [`${name} must be true or false, got ${JSON.stringify(value)}`] : [];
}

/** CloudFormation takes booleans as text in any case. */
export function booleanOf(value: Json | undefined): boolean | undefined {
  const text = String(value).toLowerCase();
  return ['true', 'false'].includes(text) ? text === 'true' : undefined;
}

/** An instant in ISO 8601 with an offset, which the service demands. */
export function instantOf(value: Json | undefined): Date | undefined {
  const hasOffset = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(value);
  const date = hasOffset ? new Date(value) : undefined;
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
}
