import { scheduleInWords } from '../../examples/summary/schedule';
import { summarize } from '../../examples/summary/summary';
import type { Resource, StackTemplate } from '../../examples/summary/templates';

describe('scheduleInWords', () => {
  test.each([
    [{ expression: 'cron(0 2 ? * TUE#2 *)', timeZone: 'Europe/Paris', offset: 2 }, 'At 02:00, on the second Tuesday of the month, 2 days later (Europe/Paris)'],
    [{ expression: 'cron(0 2 ? * 3#2 *)' }, 'At 02:00, on the second Tuesday of the month (UTC)'],
    [{ expression: 'cron(30 23 L * ? 2030)' }, 'At 23:30, on the last day of the month, only in 2030 (UTC)'],
    [{ expression: 'cron(15 30 23 ? * 6L *)' }, 'At 23:30:15, on the last Friday of the month (UTC)'],
    [{ expression: 'rate(7 days)' }, 'Every 7 days'],
    [{ expression: 'rate(1 hour)' }, 'Every hour'],
    [{ expression: 'at(2030-01-31T02:00:00)' }, 'Once, on 2030-01-31 at 02:00:00 (UTC)'],
    [{ expression: '{"Ref":"Schedule"}' }, '{"Ref":"Schedule"}'],
  ])('%j', (schedule, words) => {
    expect(scheduleInWords(schedule)).toBe(words);
  });
});

describe('summarize', () => {
  function stack(stackName: string, resources: Omit<Resource, 'stack'>[], exports: [string, unknown][] = []): StackTemplate {
    const template: StackTemplate = { stackName, file: `${stackName}.template.json`, resources: [], exports: new Map(exports) };
    template.resources.push(...resources.map((resource) => ({ ...resource, stack: template })));
    return template;
  }

  function task(logicalId: string, properties: Resource['properties']) {
    return { logicalId, type: 'AWS::SSM::MaintenanceWindowTask', properties };
  }

  const window = {
    logicalId: 'Window',
    type: 'AWS::SSM::MaintenanceWindow',
    properties: { Name: 'nightly', Schedule: 'rate(1 day)', Duration: 2, Cutoff: 0, AllowUnassociatedTargets: false },
  };

  test('says that an app has nothing', () => {
    expect(summarize([])).toBe('0 maintenance windows in 0 stacks\n\nTemplates:');
  });

  test('orders tasks by the number of their priority, whichever stack they are in', () => {
    // GIVEN
    const windows = stack('Windows', [
      window,
      task('Ninth', { WindowId: { Ref: 'Window' }, Priority: 9, TaskType: 'LAMBDA', TaskArn: 'arn:aws:lambda:eu-west-1:123456789012:function:SSMx' }),
    ], [['Windows:Window', { Ref: 'Window' }]]);
    const tasks = stack('Tasks', [
      task('Tenth', {
        WindowId: { 'Fn::ImportValue': 'Windows:Window' },
        Priority: 10,
        TaskType: 'AUTOMATION',
        TaskArn: 'AWS-StopEC2Instance',
        Targets: [{ Key: 'InstanceIds', Values: ['i-0123456789abcdef0'] }],
        ServiceRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
        CutoffBehavior: 'CANCEL_TASK',
      }),
      { logicalId: 'Role', type: 'AWS::IAM::Role', properties: {} },
    ]);

    // THEN
    expect(summarize([tasks, windows])).toBe(`\
1 maintenance window in 2 stacks

nightly (Window in Windows)
  Schedule: Every day
  Open:     2 hours
  Targets:  none
  Tasks, by priority:
    9  Ninth in Windows
        LAMBDA arn:aws:lambda:eu-west-1:123456789012:function:SSMx
        once, without targets
        role AWSServiceRoleForAmazonSSM (service-linked)
        at the cutoff it continues
    10  Tenth in Tasks
        AUTOMATION AWS-StopEC2Instance
        on i-0123456789abcdef0
        role Role
        at the cutoff it is cancelled

Templates:
  Tasks.template.json
  Windows.template.json`);
  });

  test('tells tasks whose window is imported', () => {
    const tasks = stack('Tasks', [task('Task', { WindowId: 'mw-0123456789abcdef0', Priority: 1, TaskType: 'STEP_FUNCTIONS', TaskArn: { Ref: 'Machine' } })]);

    expect(summarize([tasks])).toContain(`\
Tasks of windows that are not in this app:
    1  Task in Tasks
        STEP_FUNCTIONS {"Ref":"Machine"}
        once, without targets`);
  });
});
