import type { ApprovalRule } from '../../src/approval/approval-model';
import { withApprovals } from '../../src/approval/opening-approvals';
import type { PatchApproval } from '../../src/approval/opening-approvals';

const at = (text: string) => new Date(`${text}Z`);
const JANUARY = at('2027-01-12T18:00');
const FEBRUARY = at('2027-02-09T18:00');

function approvals(start: Date, operatingSystem: string, ...rules: ApprovalRule[]): readonly PatchApproval[] | undefined {
  return withApprovals({ start }, [{ operatingSystem, rules }]).patchApprovals;
}

const WINDOWS = { operatingSystem: 'WINDOWS' };

test('an opening without an installation stays as it is', () => {
  const opening = { start: JANUARY };
  expect(withApprovals(opening, [])).toBe(opening);
});

test('Windows: the newest update from the minute at which it is approved', () => {
  expect(approvals(at('2027-02-16T18:00'), 'WINDOWS', { delayDays: 7 })).toEqual([{ ...WINDOWS, status: 'approved', release: FEBRUARY, ageDays: 7 }]);
  expect(approvals(at('2027-02-16T17:59'), 'WINDOWS', { delayDays: 7 })).toEqual([
    { ...WINDOWS, status: 'notYetApproved', release: FEBRUARY, ageDays: 7 - 1 / 1440, approvedAt: at('2027-02-16T18:00') },
  ]);
});

test('Windows: never what was released after the date of the baseline', () => {
  expect(approvals(at('2027-02-10T00:00'), 'WINDOWS', { approveUntil: at('2027-02-08T00:00') })).toEqual([
    { ...WINDOWS, status: 'afterApproveUntil', release: FEBRUARY, ageDays: 0.25 },
  ]);
});

test('elsewhere: what was released up to the delay, or up to the date', () => {
  const linux = { operatingSystem: 'SUSE', status: 'approved' };
  expect(approvals(at('2027-02-10T00:00'), 'SUSE', { delayDays: 7 })).toEqual([{ ...linux, release: at('2027-02-03T00:00'), ageDays: 7 }]);
  expect(approvals(at('2027-02-10T00:00'), 'SUSE', { approveUntil: at('2027-01-31T00:00') })).toEqual([
    { ...linux, release: at('2027-01-31T23:59:59.999'), ageDays: 9 + 1 / 86_400_000 },
  ]);
});

test.each([[0, 1], [1, 0]])('of two rules the one counts that installs more (%d before %d)', (...order) => {
  const rules = (...given: ApprovalRule[]) => order.map((index) => given[index]);
  const [JUST_RELEASED, LATER] = [at('2027-02-10T18:00'), at('2027-02-20T00:00')];
  expect(approvals(JUST_RELEASED, 'WINDOWS', ...rules({ delayDays: 7 }, { approveUntil: FEBRUARY }))?.[0].status).toBe('approved');
  expect(approvals(JUST_RELEASED, 'WINDOWS', ...rules({ delayDays: 7 }, { approveUntil: JANUARY }))?.[0].status).toBe('notYetApproved');
  expect(approvals(LATER, 'WINDOWS', ...rules({ delayDays: 7 }, { approveUntil: JANUARY }))?.[0]).toEqual({ ...WINDOWS, status: 'approved', release: FEBRUARY, ageDays: 10.25 });
  expect(approvals(LATER, 'SUSE', ...rules({ delayDays: 7 }, { approveUntil: JANUARY }))?.[0].release).toEqual(at('2027-02-13T00:00'));
  expect(approvals(LATER, 'SUSE', ...rules({ delayDays: 40 }, { approveUntil: JANUARY }))?.[0].release).toEqual(at('2027-01-12T23:59:59.999'));
});
