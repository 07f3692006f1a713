import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSchedule } from '../../../src/private/schedule/grammar';
import type { ScheduleSpec } from '../../../src/private/schedule/occurrences';
import { openings } from '../../../src/private/schedule/occurrences';

interface Case {
  readonly id: string;
  readonly group: 'core' | 'extended' | 'dst' | 'ambiguous';
  readonly schedule: string;
  readonly timezone: string | null;
  readonly offset: number | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly after: string;
  readonly count: number;
  readonly acceptable: string[][];
}

const CASES: Case[] = readFileSync(join(__dirname, '../../fixtures/schedule/cases.jsonl'), 'utf8')
  .trim().split('\n').map(line => JSON.parse(line));

function startsOf(spec: Partial<ScheduleSpec> & { expression: string }, after: string, count: number, createdAt?: string): string[] {
  const { schedule } = parseSchedule(spec.expression);
  const found = openings({ durationHours: 1, cutoffHours: 0, ...spec, schedule: schedule! }, new Date(after), new Date(createdAt ?? after));
  const times = [];
  for (const { start } of found) {
    times.push(start.toISOString().replace('.000Z', 'Z'));
    if (times.length === count) break;
  }
  return times;
}

describe.each(['core', 'extended', 'dst', 'ambiguous'] as const)('the %s cases', group => {
  test.each(CASES.filter(each => each.group === group).map(each => [each.id, each.schedule, each] as const))('%s %s', (_id, expression, each) => {
    const times = startsOf({
      expression,
      timeZone: each.timezone ?? undefined,
      offsetDays: each.offset ?? undefined,
      startDate: each.startDate ? new Date(each.startDate) : undefined,
      endDate: each.endDate ? new Date(each.endDate) : undefined,
    }, each.after, each.count);

    expect(each.acceptable).toContainEqual(times);
  });
});
