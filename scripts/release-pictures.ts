import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { approvalsOf, firstMissed, releasesBetween } from '../src/approval/approval-model';
import type { Approval } from '../src/approval/approval-model';
import { patchOrder } from '../src/patching/patch-order';
import { LIVES, openingsAfterPatchTuesday, YEARS } from '../test/approval/patch-months';

/*
 * Writes what docs/guides/release-to-server.md shows of the model: `npx ts-node -T -P tsconfig.json scripts/release-pictures.ts`.
 *
 * The two years 2027 and 2028 stand for any. All windows open at 02:00 of their zone.
 */

const PAGE = join(resolve(__dirname, '..'), 'docs', 'guides', 'release-to-server.md');

/** The places of the page, each between two comments that name it. */
const PLACES = { picture: dayPicture, table: firstDayTable, rings: ringTable };

const HOUR = 2;
const DELAYS = [0, 3, 7];
const DAYS = Array.from({ length: 21 }, (_, days) => days);
const RELEASES = releasesBetween(YEARS.start, YEARS.end);

/** What the openings after each of the 24 releases find; the first opening is that of the month before. */
function approvalsAfter(days: number, delayDays: number, zone: string): Approval[] {
  return approvalsOf(openingsAfterPatchTuesday(days, HOUR, zone).slice(1, RELEASES.length + 1), { delayDays });
}

/** One sign for what the openings find in 24 months. */
function signOf(days: number, delayDays: number, zone: string): string {
  const found = approvalsAfter(days, delayDays, zone)
    .map(({ reason, release }, month) => reason !== undefined ? '.' : release.getTime() === RELEASES[month].getTime() ? '#' : '<');
  const kinds = new Set(found);
  return kinds.size === 1 ? found[0] : kinds.has('#') ? 'o' : '-';
}

function dayPicture(): string {
  const cells = (cell: (days: number) => string | number) => DAYS.map((days) => `${cell(days)}`.padStart(3)).join('');
  const rows = (zone: string) => [
    `02:00 ${zone}`.padEnd(18) + cells((days) => days),
    ...DELAYS.map((delay) => `  delay ${delay} days`.padEnd(18) + cells((days) => signOf(days, delay, zone))),
  ];
  return [
    '```text',
    'days after Patch Tuesday',
    ...['UTC', 'Asia/Tokyo'].flatMap((zone) => [...rows(zone), '']),
    '#  the update of the month, every month        .  nothing at all',
    'o  the update of the month, in summer only     <  the update of the month before',
    '-  nothing, or the update of the month before',
    '```',
  ].join('\n');
}

/** The first day on which all openings find the update of the month, and how old it is then. */
function firstDay(delay: number, zone: string): string {
  const first = DAYS.find((days) => signOf(days, delay, zone) === '#')!;
  const ages = approvalsAfter(first, delay, zone).map((approval) => approval.reason === undefined ? approval.ageDays.toFixed(1) : '');
  return `${first}: ${[...new Set(ages)].sort().join(' or ')} days old`;
}

function firstDayTable(): string {
  const zones = ['America/Los_Angeles', 'UTC', 'Europe/Paris', 'Asia/Tokyo', 'Australia/Sydney'];
  return [
    `| opens at 02:00 in | ${DELAYS.map((delay) => `delay ${delay}`).join(' | ')} |`,
    `|---|${DELAYS.map(() => '---|').join('')}`,
    ...zones.map((zone) => `| ${zone} | ${DELAYS.map((delay) => firstDay(delay, zone)).join(' | ')} |`),
  ].join('\n');
}

function ringTable(): string {
  const ring = (days: number, delayDays: number) => ({ openings: openingsAfterPatchTuesday(days, HOUR), durationHours: 4, delayDays });
  const rows = [9, 11, 13, 15].map((days) => {
    const found = patchOrder(ring(8, 7), ring(days, 7), YEARS)!;
    const delayDays = found.delayToTake!;
    const missed = firstMissed({ openings: ring(days, delayDays).openings, rule: { delayDays } }, LIVES);
    return `| ${days} days after Patch Tuesday | ${found.missingDays} of ${7 + found.missingDays!} days are missing | ${delayDays} days | ${missed ? missed.month : 'none'} |`;
  });
  return [
    '| production opens | with a delay of 7 days | needs a delay of | months that it then misses on Windows |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** The page with its pictures as they should be. */
export function pageWithReleases(page: string): string {
  return Object.entries(PLACES).reduce((text, [name, write]) => {
    const place = new RegExp(`(<!-- ${name} -->\\n)[^]*?(<!-- end of ${name} -->)`);
    if (!place.test(text)) { throw new Error(`docs/guides/release-to-server.md has no place for the ${name}`); }
    return text.replace(place, (_, begin, end) => `${begin}${write()}\n${end}`);
  }, page);
}

if (require.main === module) { writeFileSync(PAGE, pageWithReleases(readFileSync(PAGE, 'utf-8'))); }
