import type { Construct } from 'constructs';
import { validationError } from '../common/errors';
import { formatValue } from '../common/validation';
import { addWarning } from '../common/warnings';
import type { ScheduleSpec } from '../schedule/engine/openings';
import type { Recurrence } from '../schedule/recurrence';
import { isSingle, unknownOpenings } from '../schedule/recurrence';

/** More than this are no set of schedules that somebody reads. */
const MAX_SINGLES = 100;

/** How messages speak of schedules that follow the occurrences of a window. */
interface Words {
  /** What occurrences are known for. */
  readonly purpose: string;
  /** What recurs, with its adjective and without. */
  readonly rule: string;
  readonly ruleInShort: string;
  /** What the rule does to the occurrences. */
  readonly follows: string;
  /** What gets a rule of its own. */
  readonly single: string;
  /** What is done by single rules. */
  readonly done: string;
  /** What to do where there are too many of them. */
  readonly fix: string;
  /** The ID of the warning that the single ones end. */
  readonly id: string;
}

interface Plan<S> {
  readonly spec: ScheduleSpec;
  readonly yearStart?: Date;
  readonly recurring: Recurrence<S>;
  /** The schedules of single occurrences in the year from an instant, or of all time. */
  readonly singles: (from: Date | undefined) => readonly S[];
  readonly words: Words;
}

/** The schedules that recur, or, where none do, those of single occurrences. They end, which is told. */
export function occurrenceSchedules<S extends { readonly expression: string }>(scope: Construct, plan: Plan<S>): readonly S[] {
  const { spec, yearStart, recurring, words: { purpose, rule, ruleInShort, follows, single, done, fix, id } } = plan;
  if ('schedules' in recurring) {
    return recurring.schedules;
  }
  const unknown = unknownOpenings(spec);
  if (unknown) {
    throw validationError(scope, `'schedule' must have occurrences that are known to ${purpose}, as ${unknown}, got no 'startDate', give the window one`);
  }
  if (isSingle(spec)) {
    return plan.singles(undefined);
  }
  const { reason } = recurring;
  if (!yearStart) {
    throw validationError(scope, `'yearStart' must be given, as no ${rule} that recurs ${follows}: ${reason}, got none, `
      + `specify the start of the year for which each ${single} gets a ${ruleInShort} of its own`);
  }
  const singles = plan.singles(yearStart);
  const found = `${singles.length} ${single}s from ${yearStart.toISOString()}`;
  if (singles.length === 0 || singles.length > MAX_SINGLES) {
    throw validationError(scope, `'yearStart' must begin a year with 1 to ${MAX_SINGLES} ${single}s, each of which gets a ${rule} of its own, as none that recurs `
      + `${follows}: ${reason}, got ${found}, ${singles.length === 0 ? 'specify a later start' : fix}`);
  }
  addWarning(scope, {
    id,
    message: `'yearStart' should be moved on before the year ends, as ${done} of single occurrences: ${reason}, `
      + `got ${found}, the last ${formatValue(singles[singles.length - 1].expression)}`,
  });
  return singles;
}
