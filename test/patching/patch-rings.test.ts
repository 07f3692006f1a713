import { App, Aws, Duration, Stack, Stage, TimeZone, Token } from 'aws-cdk-lib';
import { MaintenanceWindowCalendar, TargetSelector } from '../../src';
import { PatchBaseline, PatchFilter, PatchOperatingSystem, PatchRings, PatchWindows } from '../../src/patching';
import type { PatchRing, PatchRingsProps } from '../../src/patching';
import { templateWithFindings, testStack, warningsOf } from '../support/app';
import { testBucket } from '../support/resources';

const { days } = Duration;

function ring(name: string, daysAfter: number, approveAfter?: number, soak?: number): PatchRing {
  return {
    name,
    daysAfter: days(daysAfter),
    approveAfter: approveAfter === undefined ? undefined : days(approveAfter),
    soakTime: soak === undefined ? undefined : days(soak),
  };
}

const RINGS = [ring('dev', 1, 0), ring('prod', 8, 7, 5)];

function ringsOf(stack: Stack, rings: PatchRing[] = RINGS, props: Partial<PatchRingsProps> = {}): PatchRings {
  return new PatchRings(stack, 'Rings', { hour: '2', rings, ...props });
}

/** A window in each ring; returns what is said of the last one. */
function fill(rings: PatchRing[], props: Partial<PatchRingsProps> = {}): () => void {
  const stack = testStack();
  const all = ringsOf(stack, rings, props);
  return () => rings.forEach(({ name }) => all.addPatchWindows(stack, name, { ring: name, selector: TargetSelector.patchGroup(name) }));
}

const baselinesOf = (stack: Stack) => Object.values(templateWithFindings(stack, ['AwsSolutions-S1']).findResources('AWS::SSM::PatchBaseline')).map(({ Properties }) => Properties);

describe('addPatchWindows', () => {
  test('defines the windows of a ring with a baseline that has its delay', () => {
    // GIVEN
    const stack = testStack();
    const rings = ringsOf(stack);

    // WHEN
    const dev = rings.addPatchWindows(stack, 'Dev', { ring: 'dev', selector: TargetSelector.patchGroup('web-dev') });
    rings.addPatchWindows(stack, 'Prod', { ring: 'prod', selector: TargetSelector.patchGroup('web-prod'), installDuration: Duration.hours(5) });

    // THEN
    expect(PatchWindows.isPatchWindows(dev)).toBe(true);
    const template = templateWithFindings(stack, ['AwsSolutions-S1']);
    template.resourceCountIs('AWS::SSM::MaintenanceWindow', 4);
    template.resourceCountIs('AWS::SSM::PatchBaseline', 2);
    template.hasResourceProperties('AWS::SSM::MaintenanceWindow', { Schedule: 'cron(0 2 ? * TUE#2 *)', ScheduleOffset: 1, Duration: 3 });
    template.hasResourceProperties('AWS::SSM::MaintenanceWindow', { Schedule: 'cron(0 2 ? * TUE#3 *)', ScheduleOffset: 1, Duration: 5 });
    expect(baselinesOf(stack)).toEqual([
      expect.objectContaining({ OperatingSystem: 'WINDOWS', PatchGroups: ['web-dev'], ApprovalRules: { PatchRules: [expect.objectContaining({ ApproveAfterDays: 0 })] } }),
      expect.objectContaining({ OperatingSystem: 'WINDOWS', PatchGroups: ['web-prod'], ApprovalRules: { PatchRules: [expect.objectContaining({ ApproveAfterDays: 7 })] } }),
    ]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('shares the baseline of a ring in a stack', () => {
    const stack = testStack();
    const rings = ringsOf(stack, RINGS, { filters: [PatchFilter.classification('SecurityUpdates')] });
    ['web', 'api', 'web'].forEach((group, index) => rings.addPatchWindows(stack, `Dev${index}`, { ring: 'dev', selector: TargetSelector.patchGroup(group) }));
    rings.addPatchWindows(stack, 'Prod', { ring: 'prod', selector: TargetSelector.patchGroup('prod') });

    expect(baselinesOf(stack).map(({ PatchGroups }) => PatchGroups)).toEqual([['web', 'api'], ['prod']]);
    expect(baselinesOf(stack)[0].ApprovalRules.PatchRules[0].PatchFilterGroup).toEqual({ PatchFilters: [{ Key: 'CLASSIFICATION', Values: ['SecurityUpdates'] }] });
  });

  test('defines no baseline when the ring has no delay of its own, and none when the windows have theirs', () => {
    const stack = testStack();
    const rings = ringsOf(stack, [ring('dev', 8), ring('prod', 13, 20)]);
    const own = new PatchBaseline(stack, 'Own', { operatingSystem: PatchOperatingSystem.WINDOWS, approvalRules: [{ filters: [], approveAfter: days(12) }] });
    rings.addPatchWindows(stack, 'Dev', { ring: 'dev', selector: TargetSelector.tags({ Role: ['web'] }) });
    rings.addPatchWindows(stack, 'Prod', { ring: 'prod', selector: TargetSelector.patchGroup('prod'), baselines: [own] });

    expect(baselinesOf(stack)).toHaveLength(1);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('fails when the delay cannot apply as no patch group is selected', () => {
    const stack = testStack();
    expect(() => ringsOf(stack).addPatchWindows(stack, 'Dev', { ring: 'dev', selector: TargetSelector.tags({ Role: ['web'] }) })).toThrow(new Error(
      '\'selector\' must select patch groups for \'approveAfter\' of the ring "dev" to apply, got {"tag:Role":["web"]}, use TargetSelector.patchGroup(), '
      + 'or give \'baselineOverride\' (at Stack/Rings)'));
  });

  test('fails for a ring that there is not', () => {
    const stack = testStack();
    expect(() => ringsOf(stack).addPatchWindows(stack, 'Test', { ring: 'test', selector: TargetSelector.patchGroup('web') }))
      .toThrow(new Error('\'ring\' must be one of "dev", "prod", got "test" (at Stack/Rings)'));
  });
});

describe('the proof', () => {
  test.each([
    ['the README', RINGS],
    ['as many days of delay as lie between the windows', [ring('dev', 8, 7), ring('prod', 13, 12)]],
    ['the baselines of AWS first', [ring('dev', 8), ring('prod', 13, 12)]],
    ['all that soaks, to the hour', [ring('dev', 1, 0), ring('prod', 8, 7, 6)]],
    ['three rings', [ring('dev', 1, 0), ring('stage', 4, 3, 2), ring('prod', 11, 10, 5)]],
  ])('accepts %s', (_name, rings) => {
    expect(fill(rings)).not.toThrow();
  });

  test.each([
    ['a day less of delay', [ring('dev', 8, 7), ring('prod', 13, 11)],
      '\'rings\' must let each ring have a patch before the next ring installs it, got "prod" at 2028-01-24T02:00:00.000Z with a delay of 11 days, 5 days after "dev" with '
      + 'a delay of 7 days, first in 2028-01 (windows "Stack/dev/InstallWindow" and "Stack/prod/InstallWindow"), approve its patches after 12 days (\'approveAfter\') '
      + 'or open it 12 days after Patch Tuesday (\'daysAfter\') (at Stack/prod/InstallWindow)'],
    ['the same delay', [ring('dev', 1, 0), ring('prod', 8, 0)],
      '\'rings\' must let each ring have a patch before the next ring installs it, got "prod" at 2028-01-19T02:00:00.000Z with a delay of 0 days, 7 days after "dev" with '
      + 'a delay of 0 days, first in 2028-01 (windows "Stack/dev/InstallWindow" and "Stack/prod/InstallWindow"), approve its patches after 7 days (\'approveAfter\') '
      + '(at Stack/prod/InstallWindow)'],
    ['a day more to soak', [ring('dev', 1, 0), ring('prod', 8, 7, 7)],
      '\'rings\' must let each ring install an update and let it soak for 168 hours before the next ring opens, got "prod" open at 2028-01-19T02:00:00.000Z, and before it '
      + '"dev" at 2027-12-15T02:00:00.000Z, before the update of the month, first in 2028-01 (windows "Stack/dev/InstallWindow" and "Stack/prod/InstallWindow"), approve its '
      + 'patches after 8 days (\'approveAfter\') and open it 9 days after Patch Tuesday (\'daysAfter\') (at Stack/prod/InstallWindow)'],
    ['rings in the wrong order', [ring('prod', 8, 7), ring('dev', 1, 7)],
      '\'rings\' must let each ring install an update before the next ring opens, got "dev" open at 2028-01-12T02:00:00.000Z, and before it "prod" at '
      + '2027-12-22T02:00:00.000Z, before the update of the month, first in 2028-01 (windows "Stack/prod/InstallWindow" and "Stack/dev/InstallWindow"), approve its patches '
      + 'after 8 days (\'approveAfter\') and open it 9 days after Patch Tuesday (\'daysAfter\') (at Stack/dev/InstallWindow)'],
    ['a first ring that never finds the update', [ring('dev', 1, 7), ring('prod', 6, 7)],
      '\'rings\' must let each ring have a patch before the next ring installs it, got "prod" at 2028-01-17T02:00:00.000Z with a delay of 7 days, 5 days after "dev" with '
      + 'a delay of 7 days, first in 2028-01 (windows "Stack/dev/InstallWindow" and "Stack/prod/InstallWindow"), no change of "prod" alone mends it, change the days, '
      + 'the delay or the hour of "dev" as well (at Stack/prod/InstallWindow)'],
  ])('refuses %s', (_name, rings, message) => {
    expect(fill(rings)).toThrow(new Error(message));
  });

  test('is the same whichever ring gets its windows first', () => {
    const stack = testStack();
    const rings = ringsOf(stack, [ring('dev', 8, 7), ring('prod', 13, 11)]);
    rings.addPatchWindows(stack, 'Prod', { ring: 'prod', selector: TargetSelector.patchGroup('prod') });
    expect(() => rings.addPatchWindows(stack, 'Dev', { ring: 'dev', selector: TargetSelector.patchGroup('dev') }))
      .toThrow(/^'rings' must let each ring have a patch before the next ring installs it, got "prod" at 2028-01-24T02:00:00\.000Z with a delay of 11 days/);
  });

  test('covers stages, accounts and Regions, each in its own time zone, and one calendar shows all', () => {
    // GIVEN
    const app = new App();
    const stackOf = (name: string, region: string, account: string = '111111111111') => new Stack(new Stage(app, name, { env: { account, region } }), 'Patching');
    const rings = new PatchRings(app, 'Rings', { hour: '2', rings: [ring('dev', 1, 0), ring('prod', 8, 7)] });
    const add = (stack: Stack, name: string, timeZone?: TimeZone) =>
      rings.addPatchWindows(stack, 'Web', { ring: name, selector: TargetSelector.patchGroup(name), timeZone });

    // WHEN
    add(stackOf('Dev', 'us-east-1'), 'dev', TimeZone.AMERICA_NEW_YORK);
    add(stackOf('Prod', 'eu-central-1', '222222222222'), 'prod');
    add(stackOf('Tokyo', 'ap-northeast-1'), 'prod', TimeZone.ASIA_TOKYO);

    // THEN
    const paths = MaintenanceWindowCalendar.of(app).entries({ start: new Date('2028-01-01T00:00:00Z'), maxOccurrences: 1 }).map(({ path }) => path);
    expect(paths.filter((path) => path.endsWith('InstallWindow'))).toEqual(
      ['Dev/Patching/Web/InstallWindow', 'Tokyo/Patching/Web/InstallWindow', 'Prod/Patching/Web/InstallWindow']);
  });

  test('counts the hours between two time zones', () => {
    const stack = testStack();
    const rings = ringsOf(stack);
    rings.addPatchWindows(stack, 'Dev', { ring: 'dev', selector: TargetSelector.patchGroup('dev') });
    expect(() => rings.addPatchWindows(stack, 'Prod', { ring: 'prod', selector: TargetSelector.patchGroup('prod'), timeZone: TimeZone.AMERICA_NEW_YORK })).toThrow(
      /got "prod" at 2028-01-19T07:00:00\.000Z with a delay of 7 days, 7\.21 days after "dev" with a delay of 0 days, first in 2028-01/);
  });

  test('on Linux the update of the month need not be found, so more delay mends it', () => {
    expect(fill([ring('dev', 1, 0), ring('prod', 8, 0)], { operatingSystem: PatchOperatingSystem.AMAZON_LINUX_2023 })).toThrow(
      /approve its patches after 7 days \('approveAfter'\) \(at Stack\/prod\/InstallWindow\)$/);
    expect(fill([ring('dev', 1, 0), ring('prod', 8, 30)], { operatingSystem: PatchOperatingSystem.AMAZON_LINUX_2023 })).not.toThrow();
  });
});

describe('what is not proven is told', () => {
  const notProven = (got: string) => 'windows of a ring should have a schedule and a delay that are known at synthesis for the order of patches to be proven, '
    + `got ${got}`;

  test.each([
    ['an override', (stack: Stack) => ({ baselineOverride: { bucket: testBucket(stack), key: 'baselines.json' } })],
    ['a fixed date', (stack: Stack) => ({
      baselines: [new PatchBaseline(stack, 'Fixed', {
        operatingSystem: PatchOperatingSystem.WINDOWS, approvalRules: [{ filters: [], approveUntil: new Date('2028-01-31T00:00:00Z') }],
      })],
    })],
  ])('%s', (_name, options) => {
    const stack = testStack();
    const rings = ringsOf(stack);
    rings.addPatchWindows(stack, 'Dev', { ring: 'dev', selector: TargetSelector.patchGroup('dev') });
    rings.addPatchWindows(stack, 'Prod', { ring: 'prod', selector: TargetSelector.patchGroup('prod'), ...options(stack) });
    expect(warningsOf(stack)).toContain(notProven('a delay that is not known: an override, a fixed date or a token'));
  });

  test('a duration and a delay that are known only at deployment', () => {
    const stack = testStack();
    const token = Token.asNumber({ Ref: 'AWS::NoValue' });
    const rings = ringsOf(stack, [{ ...ring('dev', 1), approveAfter: Duration.days(token) }, ring('prod', 8, 7)]);
    rings.addPatchWindows(stack, 'Dev', { ring: 'dev', selector: TargetSelector.patchGroup('dev') });
    expect(warningsOf(stack)).toContain(notProven('a delay that is not known: an override, a fixed date or a token'));
  });

  test('a ring without windows', () => {
    const app = new App();
    const stack = new Stack(app, 'Stack');
    const rings = ringsOf(stack);
    rings.addPatchWindows(stack, 'Dev', { ring: 'dev', selector: TargetSelector.patchGroup('dev') });
    app.synth();
    expect(warningsOf(stack)).toContain('each ring of \'rings\' should have windows, as the rings around it are not compared across it, got none for "prod", '
      + 'call addPatchWindows() or remove the ring');
  });
});

describe('rings', () => {
  test.each([
    ['one', [ring('dev', 1)], "'rings' must hold at least 2 rings, got 1, add one or use PatchWindows (at Stack/Rings)"],
    ['two of one name', [ring('dev', 1), ring('dev', 8)], '\'rings[1].name\' must be a text that no other ring has, got "dev", choose another one (at Stack/Rings)'],
    ['a name of a token', [ring('dev', 1), ring(Aws.REGION, 8)], '\'rings[1].name\' must be a text that no other ring has, got "${Token[AWS.Region.4]}", choose another one (at Stack/Rings)'],
    ['a delay of half a day', [ring('dev', 1), { ...ring('prod', 8), approveAfter: Duration.hours(12) }],
      "'rings[1].approveAfter' must be a whole number of days from 0 to 360, got 12 hours (at Stack/Rings)"],
    ['half an hour of soak', [ring('dev', 1), { ...ring('prod', 8), soakTime: Duration.minutes(30) }],
      "'rings[1].soakTime' must be a whole number of hours from 0 to 1440, got 30 minutes (at Stack/Rings)"],
    ['a soak known only at deployment', [ring('dev', 1), { ...ring('prod', 8), soakTime: Duration.hours(Token.asNumber({ Ref: 'Hours' })) }],
      "'rings[1].soakTime' must be known at synthesis, as nothing is deployed of it, got a duration known only at deployment (at Stack/Rings)"],
    ['no days', [ring('dev', 1), { name: 'prod' } as PatchRing], "'rings[1].daysAfter' must be a Duration, got undefined, specify a value (at Stack/Rings)"],
  ])('fail with %s', (_name, rings, message) => {
    const stack = testStack();
    expect(() => ringsOf(stack, rings)).toThrow(expect.objectContaining({ message: expect.stringContaining(message.replace(/\$\{Token.*$/, '')) }));
  });

  test('fail with days that not every month has', () => {
    expect(fill([ring('dev', 1), ring('prod', 21)])).toThrow(/^'daysAfter' must be/);
  });

  test('are told from other objects', () => {
    const stack = testStack();
    expect(PatchRings.isPatchRings(ringsOf(stack))).toBe(true);
    expect(PatchRings.isPatchRings(stack)).toBe(false);
  });
});
