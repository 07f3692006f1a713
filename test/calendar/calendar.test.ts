import { Annotations, App, Duration, Lazy, Stack, Stage, TimeZone, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import {
  MaintenanceWindow, MaintenanceWindowCalendar, MaintenanceWindowSchedule, PatchApprovalStatus, patching, PatchOperation, TargetSelector, TaskTargets,
} from '../../src';
import type { MaintenanceWindowCronOptions, MaintenanceWindowProps } from '../../src';
import { testStack, warningsOf } from '../support/app';

const at = (text: string) => new Date(`${text}Z`);
const MARCH = { start: at('2027-03-01T00:00'), end: at('2027-04-01T00:00') };

function window(
  scope: Construct, id: string, cron: Partial<MaintenanceWindowCronOptions>, props: Partial<MaintenanceWindowProps> = {},
): MaintenanceWindow {
  const schedule = MaintenanceWindowSchedule.cron({ hour: '4', ...cron });
  return new MaintenanceWindow(scope, id, { schedule, duration: Duration.hours(2), ...props });
}

function app(): App {
  const root = new App();
  const dev = new Stack(new Stage(root, 'Dev'), 'Patching');
  window(dev, 'Weekly', { weekDay: 'SUN', timeZone: TimeZone.EUROPE_BERLIN });
  const prod = new Stack(new Stage(root, 'Prod'), 'Patching');
  window(prod, 'Weekly', { weekDay: 'SUN', hour: '5', timeZone: TimeZone.EUROPE_BERLIN }, { cutoff: Duration.hours(1) });
  window(prod, 'Monthly', { day: '15' });
  MaintenanceWindow.fromMaintenanceWindowId(prod, 'Imported', 'mw-0123456789abcdef0');
  return root;
}

describe('entries', () => {
  const WEEK = { start: at('2027-03-14T00:00'), end: at('2027-03-16T00:00') };

  test('the openings of all windows come in their order', () => {
    expect(MaintenanceWindowCalendar.of(app()).entries(WEEK)).toEqual([
      { path: 'Dev/Patching/Weekly', occurrence: { start: at('2027-03-14T03:00'), cutoff: at('2027-03-14T05:00'), end: at('2027-03-14T05:00') } },
      { path: 'Prod/Patching/Weekly', occurrence: { start: at('2027-03-14T04:00'), cutoff: at('2027-03-14T05:00'), end: at('2027-03-14T06:00') } },
      { path: 'Prod/Patching/Monthly', occurrence: { start: at('2027-03-15T04:00'), cutoff: at('2027-03-15T06:00'), end: at('2027-03-15T06:00') } },
    ]);
  });

  test('a stage has its own windows only', () => {
    const prod = app().node.findChild('Prod');
    expect(MaintenanceWindowCalendar.of(prod).entries(WEEK).map(({ path }) => path)).toEqual(['Prod/Patching/Weekly', 'Prod/Patching/Monthly']);
  });

  test('a window has its own occurrences only', () => {
    const stack = testStack();
    expect(MaintenanceWindowCalendar.of(window(stack, 'A', {})).entries({ start: MARCH.start, maxOccurrences: 1 })).toHaveLength(1);
  });

  test('openings at the same time are in the order of their paths', () => {
    // GIVEN
    const stack = testStack();
    ['B', 'A', 'C'].forEach(id => window(stack, id, { day: '15' }));

    // THEN
    expect(MaintenanceWindowCalendar.of(stack).entries(MARCH).map(({ path }) => path)).toEqual(['Stack/A', 'Stack/B', 'Stack/C']);
  });

  test('the maximum holds for each window', () => {
    expect(MaintenanceWindowCalendar.of(app()).entries({ start: MARCH.start, maxOccurrences: 2 }).map(({ path }) => path).sort()).toEqual([
      'Dev/Patching/Weekly', 'Dev/Patching/Weekly', 'Prod/Patching/Monthly', 'Prod/Patching/Monthly', 'Prod/Patching/Weekly', 'Prod/Patching/Weekly',
    ]);
  });

  test('fails when there is no time between start and end', () => {
    expect(() => MaintenanceWindowCalendar.of(new App()).entries({ start: MARCH.end, end: MARCH.start })).toThrow(
      "'start' must be before 'end', got start 2027-04-01T00:00:00.000Z and end 2027-03-01T00:00:00.000Z",
    );
  });
});

test('windows with tokens in their schedules are named and left out', () => {
  // GIVEN
  const stack = testStack();
  window(stack, 'Known', { day: '15' });
  window(stack, 'Duration', {}, { duration: Duration.hours(Token.asNumber({ Ref: 'Hours' })) });
  window(stack, 'Expression', {}, { schedule: MaintenanceWindowSchedule.expression(Lazy.string({ produce: () => 'rate(1 day)' })) });
  window(stack, 'Zone', { timeZone: TimeZone.of('Europe/Atlantis') });

  // WHEN
  const calendar = MaintenanceWindowCalendar.of(stack);

  // THEN
  expect(calendar.windowsWithUnresolvedSchedule).toEqual(['Stack/Duration', 'Stack/Expression', 'Stack/Zone']);
  expect(calendar.entries(MARCH).map(({ path }) => path)).toEqual(['Stack/Known']);
});

test('overlaps are groups of openings', () => {
  const overlaps = MaintenanceWindowCalendar.of(app()).overlaps(MARCH);
  expect(overlaps.map(group => group.map(({ path, occurrence }) => `${path} ${occurrence.start.toISOString().slice(0, 10)}`))).toEqual(
    ['2027-03-07', '2027-03-14', '2027-03-21', '2027-03-28'].map(day => [`Dev/Patching/Weekly ${day}`, `Prod/Patching/Weekly ${day}`]),
  );
});

describe('forms', () => {
  test('text shows the local time of each window', () => {
    const text = MaintenanceWindowCalendar.of(app()).toText({ start: at('2027-03-14T00:00'), end: at('2027-03-16T00:00') });
    expect(text.split('\n').slice(0, 2)).toEqual(['3 openings from Sun 2027-03-14 00:00 to Tue 2027-03-16 00:00 UTC', '']);
    expect(text.split('\n')[3].split(/ {2,}/)).toEqual(['Dev/Patching/Weekly', 'Sun 2027-03-14 04:00', '06:00', '06:00', 'Europe/Berlin', 'Sun 2027-03-14 03:00', 'Prod/Patching/Weekly']);
  });

  test('without an end the text goes to the last closing', () => {
    const stack = testStack();
    window(stack, 'Long', {}, { duration: Duration.hours(24) });
    window(stack, 'Short', { hour: '5' }, { duration: Duration.hours(1) });
    expect(MaintenanceWindowCalendar.of(stack).toText({ start: MARCH.start, maxOccurrences: 1 })).toContain('2 openings from Mon 2027-03-01 00:00 to Tue 2027-03-02 04:00 UTC\n');
  });

  test('without an end and without windows the text says so', () => {
    expect(MaintenanceWindowCalendar.of(new App()).toText({ start: MARCH.start })).toBe('No window opens from Mon 2027-03-01 00:00 to Mon 2027-03-01 00:00 UTC.\n');
  });

  test('the text may have more openings than a call has arguments', () => {
    // GIVEN
    const stack = testStack();
    window(stack, 'Hourly', { hour: '*' }, { duration: Duration.hours(1) });

    // WHEN
    const text = MaintenanceWindowCalendar.of(stack).toText({ start: MARCH.start, maxOccurrences: 130_000 });

    // THEN
    expect(text.split('\n', 1)).toEqual(['130000 openings from Mon 2027-03-01 00:00 to Sat 2041-12-28 16:00 UTC']);
  });

  test('the iCalendar has an event for each opening', () => {
    const lines = MaintenanceWindowCalendar.of(app()).toICalendar(MARCH).split('\r\n');
    expect(lines.filter(line => line === 'BEGIN:VEVENT')).toHaveLength(9);
    expect(lines).toContain('DTSTART:20270315T040000Z');
  });

  test('the page has a lane for each window', () => {
    const html = MaintenanceWindowCalendar.of(app()).toHtml(MARCH);
    expect(html).toContain('<h1>Maintenance windows</h1>');
    expect(html).toContain('Prod/Patching/Monthly: opens Mon 2027-03-15 04:00, no task starts from 06:00, closes 06:00 UTC');
  });

  test('the page tells of disabled windows, which have no openings', () => {
    // GIVEN
    const stack = testStack();
    window(stack, 'Open', {}, {});
    window(stack, 'Off', {}, { enabled: false });
    const calendar = MaintenanceWindowCalendar.of(stack);

    // THEN
    expect(new Set(calendar.entries(MARCH).map(({ path }) => path))).toEqual(new Set(['Stack/Open']));
    expect(calendar.overlaps(MARCH)).toEqual([]);
    expect(calendar.toText(MARCH)).not.toContain('Off');
    expect(calendar.toHtml(MARCH)).toContain('<h2>Do not open in this time</h2>\n<ul>\n<li>Stack/Off (disabled)</li>\n</ul>');
    expect(MaintenanceWindowCalendar.of(testStack()).toHtml(MARCH)).not.toContain('Do not open in this time');
  });

  test('a disabled window is not among those whose schedule is not known', () => {
    const stack = testStack();
    const schedule = MaintenanceWindowSchedule.expression(Lazy.string({ produce: () => 'rate(1 day)' }));
    new MaintenanceWindow(stack, 'Off', { schedule, duration: Duration.hours(2), enabled: false });
    new MaintenanceWindow(stack, 'On', { schedule, duration: Duration.hours(2) });

    expect(MaintenanceWindowCalendar.of(stack).windowsWithUnresolvedSchedule).toEqual(['Stack/On']);
  });

  test('the same app gives the same text', () => {
    const texts = () => {
      const calendar = MaintenanceWindowCalendar.of(app());
      return [calendar.toText(MARCH), calendar.toHtml(MARCH), calendar.toICalendar(MARCH)];
    };
    expect(texts()).toEqual(texts());
  });
});

describe('check', () => {
  const shared = TargetSelector.tags({ Role: ['web'] });

  function checked(build: (stack: Stack) => void, range = MARCH): string[] {
    const stack = testStack();
    build(stack);
    const before = warningsOf(stack);
    MaintenanceWindowCalendar.of(stack).check(range);
    (stack.node.root as App).synth();
    return warningsOf(stack).slice(before.length);
  }

  test('windows without fault have no warnings', () => {
    expect(checked(stack => window(stack, 'A', {}))).toEqual([]);
  });

  test.each<[string, (stack: Stack) => void, string]>([
    ['a year in the past', stack => window(stack, 'A', { year: '2020' }), 'got expression "cron(0 4 * * ? 2020)", choose'],
    ['a date in the past', stack => window(stack, 'A', {}, { schedule: MaintenanceWindowSchedule.at(at('2027-02-28T23:59')) }), 'got expression "at(2027-02-28T23:59:00)", choose'],
    ['an end date in the past', stack => window(stack, 'A', {}, { endDate: at('2027-02-28T23:59') }), 'and endDate 2027-02-28T23:59:00.000Z, choose'],
  ])('%s is a warning', (_, build, message) => {
    const warnings = checked(build);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain("'schedule' must have a time from 2027-03-01T00:00:00.000Z on to open at, ");
    expect(warnings[0]).toContain(message);
  });

  test('a start in the change of the clocks of that time is a warning', () => {
    const warnings = checked(stack => window(stack, 'A', { day: '28', hour: '2', minute: '30', timeZone: TimeZone.EUROPE_BERLIN }));
    expect(warnings).toEqual([expect.stringContaining('such as at 2027-03-28T02:30:00 in Europe/Berlin')]);
  });

  test('windows that are open together on the same targets at that time are a warning', () => {
    const build = (stack: Stack) => {
      window(stack, 'A', { month: 'MAR' }).addTarget('Web', { selector: shared });
      window(stack, 'B', { month: 'MAR', day: '15', hour: '5' }).addTarget('Web', { selector: shared });
    };
    expect(checked(build)).toEqual([
      "windows should not be open at the same time on the same targets, got 'Stack/B' open together with 'Stack/A' on {\"tag:Role\":[\"web\"]}, "
      + 'such as at 2027-03-15T05:00:00.000Z, move one of them',
    ]);
    expect(checked(build, { start: at('2027-04-01T00:00'), end: at('2028-03-01T00:00') })).toEqual([expect.stringContaining('such as at 2028-03-15T05:00:00.000Z (of 2028 and 2029')]);
  });

  test('windows that are open together on other targets are none', () => {
    expect(checked(stack => {
      window(stack, 'A', {}).addTarget('Web', { selector: shared });
      window(stack, 'B', {}).addTarget('Db', { selector: TargetSelector.tags({ Role: ['db'] }) });
    })).toEqual([]);
  });

  test('windows with tokens in their schedules are left out', () => {
    expect(checked(stack => window(stack, 'A', { year: '2020' }, { duration: Duration.hours(Token.asNumber({ Ref: 'Hours' })) }))).toEqual([]);
  });

  test('a warning can be acknowledged before', () => {
    expect(checked(stack => {
      const old = window(stack, 'A', { year: '2020' });
      Annotations.of(old).acknowledgeWarning('cdk-ssm-maintenance-windows:neverOpensAgain', 'kept for the record');
    })).toEqual([]);
  });

  test('a disabled window is not checked', () => {
    expect(checked(stack => window(stack, 'A', { year: '2020' }, { enabled: false }))).toEqual([]);
    expect(checked(stack => window(stack, 'A', { year: '2020' }))).toHaveLength(1);
  });

  test('a warning can be acknowledged afterwards', () => {
    // GIVEN
    const stack = testStack();
    const old = window(stack, 'A', { year: '2020' });

    // WHEN
    MaintenanceWindowCalendar.of(stack).check(MARCH);
    Annotations.of(old).acknowledgeWarning('cdk-ssm-maintenance-windows:neverOpensAgain', 'kept for the record');

    // THEN
    expect(warningsOf(stack)).toEqual([]);
  });

  test('fails when there is no time between start and end', () => {
    expect(() => MaintenanceWindowCalendar.of(new App()).check({ start: MARCH.start, end: MARCH.start })).toThrow("'start' must be before 'end'");
  });
});

describe('order', () => {
  const YEAR = { start: at('2027-01-01T00:00'), end: at('2028-01-01T00:00') };

  function rings(...offsets: (number | undefined)[]): MaintenanceWindow[] {
    const stack = testStack();
    return offsets.map((days, i) => new MaintenanceWindow(stack, `Ring${i}`, {
      schedule: MaintenanceWindowSchedule.patchTuesday({ hour: '4', daysAfter: days === undefined ? undefined : Duration.days(days) }),
      duration: Duration.hours(2),
    }));
  }

  test('rings that follow each other hold', () => {
    expect(() => MaintenanceWindowCalendar.assertOrder(rings(undefined, 2, 6), YEAR)).not.toThrow();
  });

  test('fails for the pair that breaks it', () => {
    expect(() => MaintenanceWindowCalendar.assertOrder(rings(1, 6, 2), YEAR)).toThrow(
      "'Stack/Ring1' must end before 'Stack/Ring2' starts, got an occurrence of 'Stack/Ring2' at 2027-01-14T04:00:00.000Z "
      + "without a preceding occurrence of 'Stack/Ring1' within 14 days, change one of the schedules (at Stack/Ring2)",
    );
  });

  test('uses the maximum time that is given', () => {
    expect(() => MaintenanceWindowCalendar.assertOrder(rings(2, 6), { ...YEAR, within: Duration.days(4) })).not.toThrow();
    expect(() => MaintenanceWindowCalendar.assertOrder(rings(2, 6), { ...YEAR, within: Duration.days(3) })).toThrow("without a preceding occurrence of 'Stack/Ring0' within 3 days");
  });

  test.each([
    [Duration.hours(0), "'within' must be known and longer than nothing, got 0"],
    [Duration.hours(Token.asNumber({ Ref: 'Hours' })), "'within' must be known and longer than nothing, got a duration known only at deployment"],
  ])('fails when within is %s', (within, message) => {
    expect(() => MaintenanceWindowCalendar.assertOrder(rings(2, 6), { ...YEAR, within })).toThrow(message);
  });

  test('fails when there are not two windows', () => {
    expect(() => MaintenanceWindowCalendar.assertOrder(rings(2), YEAR)).toThrow("'windows' must hold at least 2 windows, got 1");
  });

  test('fails when there is no time between start and end', () => {
    expect(() => MaintenanceWindowCalendar.assertOrder(rings(2, 6), { start: YEAR.end, end: YEAR.start })).toThrow("'start' must be before 'end'");
  });
});

describe('what is installed', () => {
  const PATCH_TUESDAY = { weekDay: 'TUE#3' };

  /** A window for Windows on Patch Tuesday, one for Linux every day, and one that scans. */
  function patched(): Stack {
    const stack = testStack();
    const add = (id: string, cron: Partial<MaintenanceWindowCronOptions>, operation: PatchOperation = PatchOperation.INSTALL) => {
      const made = window(stack, id, cron);
      const target = made.addTarget('Target', { selector: TargetSelector.patchGroup(id) });
      made.addPatchTask('Task', { operation, targets: TaskTargets.registered(target) });
    };
    add('Windows', PATCH_TUESDAY);
    add('Linux', { hour: '1' });
    add('Scan', { hour: '12' }, PatchOperation.SCAN);
    new patching.PatchBaseline(stack, 'Baseline', {
      operatingSystem: patching.PatchOperatingSystem.AMAZON_LINUX_2023,
      approvalRules: [{ filters: [patching.PatchFilter.classification('Security')], approveAfter: Duration.days(3) }],
      patchGroups: ['Linux'],
    });
    return stack;
  }

  test('entries tell it', () => {
    const entries = MaintenanceWindowCalendar.of(patched()).entries({ start: at('2027-03-16T00:00'), end: at('2027-03-17T00:00') });
    expect(entries.map(({ path, occurrence: { patchApprovals } }) => [path, patchApprovals])).toEqual([
      ['Stack/Linux', [{ operatingSystem: 'AMAZON_LINUX_2023', status: 'approved', release: at('2027-03-13T01:00'), age: Duration.seconds(3 * 86_400) }]],
      ['Stack/Windows', [{
        operatingSystem: 'WINDOWS', status: 'notYetApproved', release: at('2027-03-09T18:00'), age: Duration.seconds(6 * 86_400 + 10 * 3600), approvedAt: at('2027-03-16T18:00'),
      }]],
      ['Stack/Scan', undefined],
    ]);
    expect(entries[1].occurrence.patchApprovals![0].status).toBe(PatchApprovalStatus.NOT_YET_APPROVED);
  });

  test('the table tells it, and folds what opens every day', () => {
    const lines = MaintenanceWindowCalendar.of(patched()).toText(MARCH).split('\n');
    expect(lines.slice(2, 6).map((line) => line.replace(/ {2,}/g, ' | '))).toEqual([
      'Window | Opens | Last start before | Closes | Time zone | Opens (UTC) | Installs (at most) | Overlaps with',
      'Stack/Linux | every day 01:00 | 03:00 | 03:00 | UTC | Mon 2027-03-01 01:00 to Wed 2027-03-31 01:00 (31 times) | patches released until 3 days before',
      'Stack/Scan | every day 12:00 | 14:00 | 14:00 | UTC | Mon 2027-03-01 12:00 to Wed 2027-03-31 12:00 (31 times)',
      'Stack/Windows | Tue 2027-03-16 04:00 | 06:00 | 06:00 | UTC | Tue 2027-03-16 04:00 | no approved update: that of 2027-03-09 is approved on 2027-03-16 at 18:00 UTC',
    ]);
    expect(lines.slice(6)).toEqual(['', 'Installs (at most) is computed from the documents of AWS and the patch baselines of the app, and not seen on nodes.', '']);
  });

  test('the page and the file tell it', () => {
    const calendar = MaintenanceWindowCalendar.of(patched());
    expect(calendar.toHtml(MARCH)).toContain('<span>no approved update: that of 2027-03-09 is approved on 2027-03-16 at 18:00 UTC</span>');
    expect(calendar.toICalendar(MARCH).replace(/\r\n /g, '')).toContain(
      'Installs at most: no approved update: that of 2027-03-09 is approved on 2027-03-16 at 18:00 UTC (computed from the documents of AWS).');
  });
});
