import { apiViolations } from './api-model';
import { SCHEMA_TYPES, schemaViolations } from './cloudformation-schema';
import { resourceViolations, templateViolations } from './model';

const WINDOW = 'AWS::SSM::MaintenanceWindow';
const TARGET = 'AWS::SSM::MaintenanceWindowTarget';
const TASK = 'AWS::SSM::MaintenanceWindowTask';
const BASELINE = 'AWS::SSM::PatchBaseline';

const window = { Name: 'patching', Schedule: 'cron(0 2 ? * TUE#2 *)', Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false };
const windowId = 'mw-0123456789abcdef0';
const target = { WindowId: windowId, ResourceType: 'INSTANCE', Targets: [{ Key: 'tag:Role', Values: ['web'] }] };
const targetIds = [{ Key: 'WindowTargetIds', Values: ['12345678-1234-1234-1234-123456789012'] }];
const runCommand = { WindowId: windowId, TaskType: 'RUN_COMMAND', TaskArn: 'AWS-RunPatchBaseline', Priority: 1, Targets: targetIds, MaxConcurrency: '1', MaxErrors: '0' };
const lambda = { WindowId: windowId, TaskType: 'LAMBDA', TaskArn: { 'Fn::GetAtt': ['Function', 'Arn'] }, Priority: 1 };

function withRunCommand(parameters: object): object {
  return { ...runCommand, TaskInvocationParameters: { MaintenanceWindowRunCommandParameters: parameters } };
}

function withLambda(parameters: object): object {
  return { ...lambda, TaskInvocationParameters: { MaintenanceWindowLambdaParameters: parameters } };
}

test('each of the four resource types has a schema', () => {
  expect(SCHEMA_TYPES.sort()).toEqual([WINDOW, TARGET, TASK, BASELINE]);
});

test.each<[string, string, object]>([
  ['the smallest window', WINDOW, window],
  ['a window at its limits', WINDOW, { ...window, Name: 'n'.repeat(128), Description: 'd'.repeat(128), Duration: 24, Cutoff: 23, ScheduleOffset: 6 }],
  ['a window with dates', WINDOW, { ...window, StartDate: '2027-01-01T00:00:00.000Z', EndDate: '2027-06-01T00:00:00+02:00' }],
  ['a window with seven cron fields', WINDOW, { ...window, Schedule: 'cron(0 30 23 ? * TUE#3 *)' }],
  ['a window with a rate', WINDOW, { ...window, Schedule: 'rate(7 days)' }],
  ['a window with a time', WINDOW, { ...window, Schedule: 'at(2027-01-01T00:00:00)' }],
  ['a window with tags', WINDOW, { ...window, Tags: [{ Key: 'Größe', Value: '' }] }],
  ['a window of references', WINDOW, Object.fromEntries(Object.keys(window).map(name => [name, { Ref: name }]))],
  ['a target of tags', TARGET, target],
  ['a target of instances', TARGET, { ...target, Targets: [{ Key: 'InstanceIds', Values: Array(50).fill('i-0123456789abcdef0') }] }],
  ['a target of a resource group', TARGET, {
    ...target,
    ResourceType: 'RESOURCE_GROUP',
    Targets: [{ Key: 'resource-groups:Name', Values: ['g'] }, { Key: 'resource-groups:ResourceTypeFilters', Values: ['AWS::EC2::Instance'] }],
  }],
  ['a target of a referenced window', TARGET, { ...target, WindowId: { Ref: 'Window' }, Targets: [{ Key: 'tag:Role', Values: { 'Fn::Split': [',', 'a'] } }] }],
  ['a Run Command task', TASK, withRunCommand({ TimeoutSeconds: 30, DocumentVersion: '$LATEST', Comment: 'c'.repeat(100), Parameters: { Operation: ['Install'] } })],
  ['a Run Command task with notifications', TASK, withRunCommand({
    NotificationConfig: { NotificationArn: { Ref: 'Topic' }, NotificationEvents: ['All'], NotificationType: 'Command' },
    ServiceRoleArn: { 'Fn::GetAtt': ['Role', 'Arn'] },
  })],
  ['a Run Command task with the old logging', TASK, { ...runCommand, LoggingInfo: { S3Bucket: 'bucket', Region: 'eu-central-1', S3Prefix: 'p' } }],
  ['a Run Command task with the old parameters', TASK, { ...runCommand, TaskParameters: { commands: { Values: ['ls'] } } }],
  ['an Automation task without targets', TASK, {
    ...lambda,
    TaskType: 'AUTOMATION',
    TaskInvocationParameters: { MaintenanceWindowAutomationParameters: { Parameters: { InstanceId: ['i-1'] } } },
  }],
  ['a Lambda task with a payload at its limit', TASK, withLambda({ Payload: Buffer.alloc(4096, 'x').toString('base64') })],
  ['a Lambda task whose payload is known at deployment', TASK, withLambda({ Payload: { 'Fn::Base64': { 'Fn::Join': ['', ['a', { Ref: 'b' }]] } } })],
  ['a Step Functions task', TASK, {
    ...lambda,
    TaskType: 'STEP_FUNCTIONS',
    TaskInvocationParameters: { MaintenanceWindowStepFunctionsParameters: { Input: '{}', Name: '{{INVOCATION_ID}}' } },
  }],
])('accepts %s', (_, type, properties) => {
  expect(resourceViolations(type, properties)).toEqual([]);
});

test.each<[string, string, object, RegExp]>([
  // windows
  ['a missing name', WINDOW, { ...window, Name: undefined }, /Name is required/],
  ['an unknown property', WINDOW, { ...window, Enabled: true }, /Enabled does not exist/],
  ['a name of 2 characters', WINDOW, { ...window, Name: 'ab' }, /Name is below the minimum of 3/],
  ['a name with a space', WINDOW, { ...window, Name: 'a b c' }, /Name does not match/],
  ['a duration of 0', WINDOW, { ...window, Duration: 0, Cutoff: 0 }, /Duration is below the minimum of 1/],
  ['a duration of 25', WINDOW, { ...window, Duration: 25 }, /Duration is above the maximum of 24/],
  ['a duration of 1.5', WINDOW, { ...window, Duration: 1.5 }, /Duration is not an integer/],
  ['a cutoff of the duration', WINDOW, { ...window, Cutoff: 3 }, /Cutoff 3 is not below Duration 3/],
  ['an empty description', WINDOW, { ...window, Description: '' }, /Description is below the minimum of 1/],
  ['an offset of 7', WINDOW, { ...window, ScheduleOffset: 7 }, /ScheduleOffset is above the maximum of 6/],
  ['an offset on every Tuesday', WINDOW, { ...window, Schedule: 'cron(0 2 ? * TUE *)', ScheduleOffset: 2 }, /ScheduleOffset without # or L/],
  ['an offset with a rate', WINDOW, { ...window, Schedule: 'rate(1 day)', ScheduleOffset: 2 }, /ScheduleOffset with a rate/],
  ['an offset with a time', WINDOW, { ...window, Schedule: 'at(2027-01-01T00:00:00)', ScheduleOffset: 2 }, /ScheduleOffset with a time/],
  ['a schedule of no kind', WINDOW, { ...window, Schedule: 'every day' }, /neither cron/],
  ['both days in cron', WINDOW, { ...window, Schedule: 'cron(0 2 1 * TUE *)' }, /exactly one/],
  ['five fields in cron', WINDOW, { ...window, Schedule: 'cron(0 2 ? * TUE)' }, /cron has 5 fields/],
  ['a rate of 0', WINDOW, { ...window, Schedule: 'rate(0 days)' }, /rate is not/],
  ['a time with a zone', WINDOW, { ...window, Schedule: 'at(2027-01-01T00:00:00Z)' }, /at is not/],
  ['a start without offset', WINDOW, { ...window, StartDate: '2027-01-01T00:00:00' }, /StartDate has no offset/],
  ['a start after the end', WINDOW, { ...window, StartDate: '2027-02-01T00:00:00Z', EndDate: '2027-01-01T00:00:00Z' }, /not before EndDate/],
  ['a tag key with an emoji', WINDOW, { ...window, Tags: [{ Key: '🪟', Value: '' }] }, /Tags\[0\]\.Key does not match/],
  ['a tag without value', WINDOW, { ...window, Tags: [{ Key: 'a' }] }, /Tags\[0\]\.Value is required/],
  // targets
  ['a window id that is a name', TARGET, { ...target, WindowId: 'patching' }, /WindowId does not match/],
  ['an unknown resource type', TARGET, { ...target, ResourceType: 'NODE' }, /ResourceType is not one of/],
  ['no targets', TARGET, { ...target, Targets: [] }, /Targets is empty/],
  ['six tags', TARGET, { ...target, Targets: Array.from({ length: 6 }, (_, i) => ({ Key: `tag:${i}`, Values: ['x'] })) }, /Targets is above the maximum of 5/],
  ['51 instances', TARGET, { ...target, Targets: [{ Key: 'InstanceIds', Values: Array(51).fill('i-1') }] }, /Values is above the maximum of 50/],
  ['a tag without its prefix', TARGET, { ...target, Targets: [{ Key: 'Role', Values: ['web'] }] }, /Role does not fit INSTANCE/],
  ['instances mixed with tags', TARGET, { ...target, Targets: [...target.Targets, { Key: 'InstanceIds', Values: ['i-1'] }] }, /InstanceIds mixed/],
  ['a resource group as instances', TARGET, { ...target, Targets: [{ Key: 'resource-groups:Name', Values: ['g'] }] }, /does not fit INSTANCE/],
  ['tags as a resource group', TARGET, { ...target, ResourceType: 'RESOURCE_GROUP' }, /does not fit RESOURCE_GROUP/],
  ['a resource group without name', TARGET, { ...target, ResourceType: 'RESOURCE_GROUP' }, /without resource-groups:Name/],
  ['a tag without values', TARGET, { ...target, Targets: [{ Key: 'tag:Role', Values: [] }] }, /has no values/],
  // tasks
  ['an unknown task type', TASK, { ...lambda, TaskType: 'STEP_FUNCTION' }, /TaskType is not one of/],
  ['a negative priority', TASK, { ...lambda, Priority: -1 }, /Priority is below the minimum of 0/],
  ['an alarm', TASK, { ...lambda, AlarmConfiguration: { Alarms: [{ Name: 'a' }] } }, /AlarmConfiguration/],
  ['Run Command without targets', TASK, { ...runCommand, Targets: undefined }, /RUN_COMMAND without Targets/],
  ['targets without rate control', TASK, { ...runCommand, MaxErrors: undefined }, /Targets without MaxErrors/],
  ['rate control without targets', TASK, { ...lambda, MaxConcurrency: '1' }, /MaxConcurrency without Targets/],
  ['a concurrency of 0', TASK, { ...runCommand, MaxConcurrency: '0' }, /MaxConcurrency does not match/],
  ['a concurrency of 101 percent', TASK, { ...runCommand, MaxConcurrency: '101%' }, /MaxConcurrency does not match/],
  ['an error count of 8 digits', TASK, { ...runCommand, MaxErrors: '12345678' }, /MaxErrors is above the maximum of 7/],
  ['a concurrency that is a number', TASK, { ...runCommand, MaxConcurrency: 1 }, /MaxConcurrency is not a string/],
  ['tags as targets of a task', TASK, { ...runCommand, Targets: target.Targets }, /tag:Role is no key/],
  ['two entries of targets', TASK, { ...runCommand, Targets: [...targetIds, ...targetIds] }, /one entry/],
  ['11 window targets', TASK, { ...runCommand, Targets: [{ Key: 'WindowTargetIds', Values: Array(11).fill('x') }] }, /has 11 values/],
  ['the block of another type', TASK, { ...withLambda({}), TaskType: 'AUTOMATION' }, /does not fit AUTOMATION/],
  ['a timeout of 29 seconds', TASK, withRunCommand({ TimeoutSeconds: 29 }), /TimeoutSeconds is below the minimum of 30/],
  ['a comment of 101 characters', TASK, withRunCommand({ Comment: 'c'.repeat(101) }), /Comment is above the maximum of 100/],
  ['a document version that is a word', TASK, withRunCommand({ DocumentVersion: 'latest' }), /DocumentVersion does not match/],
  ['a document version of 01', TASK, withRunCommand({ DocumentVersion: '01' }), /DocumentVersion does not match/],
  ['a parameter that is no list', TASK, withRunCommand({ Parameters: { Operation: 'Install' } }), /Operation is not a list/],
  ['an unknown notification event', TASK, withRunCommand({ NotificationConfig: { NotificationArn: 'a', NotificationEvents: ['FAILURE'] }, ServiceRoleArn: 'r' }), /is not one of All/],
  ['notifications without a role', TASK, withRunCommand({ NotificationConfig: { NotificationArn: 'a' } }), /NotificationConfig without/],
  ['a hash type without hash', TASK, withRunCommand({ DocumentHashType: 'Sha256' }), /DocumentHashType without/],
  ['a bucket name of 2 characters', TASK, withRunCommand({ OutputS3BucketName: 'ab' }), /OutputS3BucketName is below/],
  ['no parameters of a runbook', TASK, { ...lambda, TaskType: 'AUTOMATION', TaskInvocationParameters: { MaintenanceWindowAutomationParameters: { Parameters: {} } } }, /Parameters is below the minimum of 1/],
  ['a payload that is plain JSON', TASK, withLambda({ Payload: '{"a":1}' }), /Payload is not a blob/],
  ['a payload of 4097 bytes', TASK, withLambda({ Payload: Buffer.alloc(4097).toString('base64') }), /Payload is above the maximum of 4096/],
  ['a payload of 4097 bytes before encoding', TASK, withLambda({ Payload: { 'Fn::Base64': 'é'.repeat(2049) } }), /Payload is above the maximum of 4096/],
  ['an empty client context', TASK, withLambda({ ClientContext: '' }), /ClientContext is below the minimum of 1/],
  ['logging without region', TASK, { ...runCommand, LoggingInfo: { S3Bucket: 'bucket' } }, /S3Region is required/],
])('refuses %s', (_, type, properties, violation) => {
  expect(resourceViolations(type, properties).join('\n')).toMatch(violation);
});

test('the schema and the API model judge by themselves', () => {
  expect(schemaViolations(WINDOW, { ...window, Duration: 25 }).join()).toMatch('Duration must be <= 24');
  expect(schemaViolations(TASK, { ...lambda, AlarmConfiguration: {} }).join()).toMatch('must NOT have additional properties');
  expect(schemaViolations(TASK, { ...lambda, WindowTaskId: 'x' }).join()).toMatch('must NOT have additional properties');
  expect(apiViolations('CreateMaintenanceWindowRequest', { ...window, Duration: 25 })).toEqual(['CreateMaintenanceWindowRequest.Duration is above the maximum of 24']);
});

test('a template is judged resource by resource', () => {
  // GIVEN
  const template = {
    Resources: {
      Good: { Type: WINDOW, Properties: window },
      Bad: { Type: WINDOW, Properties: { ...window, Cutoff: 5 } },
      Other: { Type: 'AWS::SNS::Topic' },
    },
  };

  // THEN
  expect(templateViolations(template)).toEqual(['Bad: Cutoff 5 is not below Duration 3']);
});

test('fails when it is asked about a type that it does not know', () => {
  expect(() => resourceViolations('AWS::SNS::Topic', {})).toThrow('no model of AWS::SNS::Topic');
});
