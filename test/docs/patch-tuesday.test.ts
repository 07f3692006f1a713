import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PAGES } from './blocks';
import { firstMissed } from '../../src/approval/approval-model';
import { LIVES, openingsAfterPatchTuesday } from '../approval/patch-months';
import { filesBelow, ROOT } from '../package/project';

/** The days of the patch baselines that AWS predefines. */
const DEFAULT_DELAY = 7;

interface Example {
  readonly file: string;
  readonly days: number;
  readonly hour: number;
  readonly timeZone: string;
}

/** The options in TypeScript, Python, Java and Go. */
const FORMS = [
  /patchTuesday\(\{([^}]*)\}\)/g,
  /patch_tuesday\(([^)]*\)[^)]*)\)/g,
  /PatchTuesdayOptions\.builder\(\)([^]*?)\.build\(\)/g,
  /PatchTuesdayOptions\{([^}]*)\}/g,
];

/** `EUROPE_PARIS` as `Europe/Paris`. */
function zoneNamed(constant: string): string {
  return constant === 'UTC' ? constant : constant.toLowerCase().replace('_', '/').replace(/(^|[/_])\w/g, (letter) => letter.toUpperCase());
}

/** What the examples of a file say of a schedule after Patch Tuesday, in any language. */
function examplesIn(file: string): Example[] {
  const text = readFileSync(join(ROOT, file), 'utf-8');
  return FORMS.flatMap((form) => [...text.matchAll(form)]).map(([, options]) => ({
    file,
    // a number that the file does not say is NaN, and 0 where there is none
    days: /days_?after/i.test(options) ? Number(/days\((?:jsii\.Number\()?(\d+)\)/i.exec(options)?.[1]) : 0,
    hour: Number(/hour\W+(?:jsii\.String\()?["'](\d+)["']/i.exec(options)?.[1]),
    timeZone: zoneNamed(/TimeZone[._]([A-Z_]+)/.exec(options)?.[1] ?? 'UTC'),
  })).filter(({ days, hour }) => !Number.isNaN(days + hour));
}

test('shows schedules that find the update of every month with the patch baselines of AWS', () => {
  const files = [...PAGES, ...filesBelow('src'), ...filesBelow('examples')]
    .filter((file) => /\.(md|ts|py|java|go)$/.test(file) && !file.includes('node_modules'));
  const examples = files.flatMap(examplesIn);

  expect(examples.length).toBeGreaterThan(15);
  const missed = examples.filter(({ days, hour, timeZone }) =>
    // an earlier day finds no update of this month, though it may find that of the month before
    days < DEFAULT_DELAY || firstMissed({ openings: openingsAfterPatchTuesday(days, hour, timeZone), rule: { delayDays: DEFAULT_DELAY } }, LIVES));
  expect(missed).toEqual([]);
  expect(new Set(examples.map(({ file }) => /\.\w+$/.exec(file)![0]))).toEqual(new Set(['.md', '.ts', '.py', '.java', '.go']));
});
