import cronstrue from 'cronstrue';

export interface Schedule {
  readonly expression: string;
  readonly timeZone?: string;
  readonly offset?: number;
}

/** A schedule in words. */
export function scheduleInWords({ expression, timeZone = 'UTC', offset }: Schedule): string {
  const [, kind, argument] = /^(cron|rate|at)\((.*)\)$/.exec(expression) ?? [];
  switch (kind) {
    case 'cron':
      return `${cronInWords(argument)}${offset ? `, ${offset} ${offset === 1 ? 'day' : 'days'} later` : ''} (${timeZone})`;
    case 'rate':
      return `Every ${argument.replace(/^1 /, '')}`;
    case 'at':
      return `Once, on ${argument.replace('T', ' at ')} (${timeZone})`;
    default:
      return expression;
  }
}

/** With the field for seconds in front, a year is never taken for a day of the week. */
function cronInWords(fields: string): string {
  const count = fields.trim().split(/\s+/).length;
  return cronstrue.toString(count === 6 ? `0 ${fields}` : fields, { dayOfWeekStartIndexZero: false, use24HourTimeFormat: true });
}
