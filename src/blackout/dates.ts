/** A day of any year. */
export interface DayOfAnyYear {
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 31. */
  readonly day: number;
}

/** A black-out that comes once, in whole minutes of UTC. */
export interface OnceDates {
  readonly kind: 'once';
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly reason: string;
}

/** A black-out of whole days that comes each year. */
export interface YearlyDates {
  readonly kind: 'yearly';
  readonly first: DayOfAnyYear;
  readonly last: DayOfAnyYear;
  /** UTC when there is none. */
  readonly timeZone?: string;
  readonly reason: string;
}

export type BlackoutDates = OnceDates | YearlyDates;

/** Of a leap year. */
const DAYS_OF_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function daysOfMonth(month: number): number {
  return DAYS_OF_MONTHS[month - 1];
}

export function isBefore(one: DayOfAnyYear, other: DayOfAnyYear): boolean {
  return one.month < other.month || (one.month === other.month && one.day < other.day);
}
