import type { PatchApproval } from '../../src/approval/opening-approvals';
import { approvalWords } from '../../src/timeline/approval-words';

const at = (text: string) => new Date(`${text}Z`);
const JANUARY = at('2027-01-12T18:00');
const FEBRUARY = at('2027-02-09T18:00');

const found = (release: Date, ageDays: number, operatingSystem: string = 'WINDOWS'): PatchApproval => ({ operatingSystem, status: 'approved', release, ageDays });
const waits: PatchApproval = { operatingSystem: 'WINDOWS', status: 'notYetApproved', release: FEBRUARY, ageDays: 2, approvedAt: at('2027-02-16T18:00') };
const never: PatchApproval = { operatingSystem: 'WINDOWS', status: 'afterApproveUntil', release: FEBRUARY, ageDays: 2 };

/** Openings of a window for one system. */
const openings = (...approvals: PatchApproval[]) => approvals.map((approval) => ({ patchApprovals: [approval] }));

test.each<[string, PatchApproval]>([
  ['update of 2027-01-12, 8 days old', found(JANUARY, 8)],
  ['update of 2027-01-12, 7.3 days old', found(JANUARY, 7 + 1 / 3)],
  ['update of 2027-01-12, 1 day old', found(JANUARY, 1)],
  ['update of 2027-01-12, 0.1 days old', found(JANUARY, 0.1)],
  ['no approved update: that of 2027-02-09 is approved on 2027-02-16 at 18:00 UTC', waits],
  ['no approved update: that of 2027-02-09 is never approved', never],
  ['patches released until 2027-01-12', found(JANUARY, 8, 'SUSE')],
])('one opening: %s', (words, approval) => {
  expect(approvalWords(openings(approval))).toBe(words);
});

test('nothing is said where nothing is known', () => {
  expect(approvalWords([{}])).toBe('');
  expect(approvalWords([{}, {}])).toBe('');
});

test('each system is named where there are several, and those with the same answer together', () => {
  const [linux, suse, ubuntu] = [found(JANUARY, 8, 'AMAZON_LINUX_2023'), found(JANUARY, 8, 'SUSE'), found(FEBRUARY, 0, 'UBUNTU')];
  expect(approvalWords([{ patchApprovals: [waits, linux, suse, ubuntu] }])).toBe(
    'WINDOWS: no approved update: that of 2027-02-09 is approved on 2027-02-16 at 18:00 UTC; AMAZON_LINUX_2023, SUSE: patches released until 2027-01-12; '
    + 'UBUNTU: patches released until 2027-02-09');
  expect(approvalWords([{ patchApprovals: [linux, suse] }])).toBe('AMAZON_LINUX_2023, SUSE: patches released until 2027-01-12');
});

test.each<[string, PatchApproval[]]>([
  ['update of 2027-01-12, 8 to 9 days old', [found(JANUARY, 8), found(JANUARY, 9)]],
  ['update of 2027-01-12, 8 days old', [found(JANUARY, 8.01), found(JANUARY, 8.02)]],
  ['updates of 2027-01-12 to 2027-02-09, 0.5 to 28 days old', [found(JANUARY, 28), found(FEBRUARY, 0.5)]],
  ['update of 2027-01-12, 28 days old, no approved update 2 of 3 times', [found(JANUARY, 28), waits, never]],
  ['no approved update', [waits, never]],
  ['patches released until 7 days before', [found(JANUARY, 7, 'SUSE'), found(at('2027-01-13T18:00'), 7, 'SUSE')]],
  ['patches released until 1 day before', [found(JANUARY, 1, 'SUSE'), found(at('2027-01-13T18:00'), 1, 'SUSE')]],
  ['patches released until it opens', [found(JANUARY, 0, 'SUSE'), found(at('2027-01-13T18:00'), 0, 'SUSE')]],
  ['patches released until 2027-01-12', [found(JANUARY, 2, 'SUSE'), found(JANUARY, 3, 'SUSE')]],
  ['patches released until 2027-01-12 to 2027-01-13', [found(JANUARY, 0, 'SUSE'), found(at('2027-01-13T00:00'), 0.5, 'SUSE')]],
])('openings in one line: %s', (words, approvals) => {
  expect(approvalWords(openings(...approvals))).toBe(words);
});

test('openings in one line on several systems', () => {
  const day = (date: string, ageDays: number) => ({ patchApprovals: [found(JANUARY, ageDays), found(at(date), 7, 'SUSE')] });
  expect(approvalWords([day('2027-01-13T00:00', 8), day('2027-01-14T00:00', 9)])).toBe(
    'WINDOWS: update of 2027-01-12, 8 to 9 days old; SUSE: patches released until 7 days before');
});
