import * as fc from 'fast-check';
import { canonical, type Json, type JsonObject } from '../../src/importer/json';
import type { Entity, Model } from '../../src/importer/model';

/** Properties as a template has them that was synthesized: sets sorted, numbers as numbers, instants in UTC. */
type Properties = fc.Arbitrary<JsonObject>;

const text = (minLength: number, maxLength: number) => fc.string({ minLength, maxLength, unit: 'grapheme-ascii' });
const name = fc.stringMatching(/^[a-zA-Z0-9_\-.]{3,20}$/);
const unicode = fc.string({ minLength: 1, maxLength: 40, unit: fc.constantFrom('a', 'Z', ' ', "'", '"', '`', '\\', '$', '{', '}', '${', '\n', 'é', '日', '😀', '*/', '//') });
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** Nine times out of ten what is drawn is changed into what the service takes. */
function mostly(correct: (drawn: JsonObject) => JsonObject): (drawn: JsonObject) => fc.Arbitrary<JsonObject> {
  return drawn => fc.integer({ min: 1, max: 10 }).map(die => die === 1 ? drawn : correct(drawn));
}

/** A text that is partly or wholly known only at deployment. */
const stringToken = fc.constantFrom<Json>(
  { Ref: 'Stage' }, { Ref: 'AWS::Region' }, { 'Fn::Join': ['', ['to `${x}` ', { Ref: 'AWS::StackName' }, "'s"]] }, { 'Fn::ImportValue': 'exported' },
  { 'Fn::If': ['IsProduction', 'yes', { Ref: 'Stage' }] }, { 'Fn::Select': [1, { 'Fn::Split': [',', { Ref: 'Stage' }] }] }, { 'Fn::FindInMap': ['Settings', 'all', 'value'] },
  { 'Fn::Join': ['-', ['a', { Ref: 'Stage' }]] },
);
const numberToken = fc.constantFrom<Json>({ Ref: 'Hours' }, { 'Fn::FindInMap': ['Settings', 'all', 'number'] });
const listToken = fc.constantFrom<Json>({ Ref: 'Ids' }, { 'Fn::Split': [',', { Ref: 'Stage' }] });
const orToken = (arbitrary: fc.Arbitrary<string>) =>
  fc.oneof({ weight: 8, arbitrary: arbitrary as fc.Arbitrary<Json> }, { weight: 1, arbitrary: stringToken });
const orNumberToken = (arbitrary: fc.Arbitrary<number>) =>
  fc.oneof({ weight: 8, arbitrary: arbitrary as fc.Arbitrary<Json> }, { weight: 1, arbitrary: numberToken });

const distinct = (arbitrary: fc.Arbitrary<string>, maxLength: number) => fc.uniqueArray(arbitrary, { minLength: 1, maxLength });

const schedule = fc.oneof(
  fc.constantFrom<Json>(
    'cron(0 2 ? * THU#3 *)', 'cron(30 09 ? * * *)', 'cron(24 30 09 ? * * *)', 'cron(0 0 0 ? * * *)', 'cron(0 2 L * ? *)', 'cron(15 10 ? * 6L *)',
    'cron(0/15 * * * ? *)', 'cron(0 8 1 * ? *)', 'cron(0 0 20 ? 1/1 5#2 *)', 'cron(5 4 * 1,6 ? 2030-2032)', 'cron(0 10 * * ? *)', 'cron(0 18 ? JAN-MAR MON-FRI *)',
    'CRON(0 2 ? * SUN *)', 'cron(0  2 ? * SUN *)', 'cron(* 17 * * ? *)', 'cron(0 2 3W * ? *)',
    'at(2030-07-07T15:55:00)', 'at(2030-07-07T15:55)', 'cron(0 2 15 * TUE *)', 'cron(0 2 ? *)', 'every day', { Ref: 'Stage' },
  ),
  fc.record({ value: fc.integer({ min: 1, max: 400 }), unit: fc.constantFrom('minute', 'hour', 'day'), plural: fc.boolean() })
    .map(({ value, unit, plural }) => `rate(${value} ${unit}${plural ? 's' : ''})` as Json),
);
const instant = fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }).map(date => date.toISOString());
const tags = fc.dictionary(fc.stringMatching(/^[a-zA-Z0-9_.:/=+\-@]{1,12}$/), orToken(fc.stringMatching(/^[a-zA-Z0-9 _.:/=+\-@]{0,12}$/)), { minKeys: 1, maxKeys: 4, noNullPrototype: true })
  .map(map => Object.keys(map).sort().map(Key => ({ Key, Value: map[Key] })));

const window: Properties = fc.record<JsonObject>({
  Name: orToken(name),
  Description: optional(orToken(unicode)) as fc.Arbitrary<Json>,
  Schedule: schedule,
  ScheduleTimezone: optional(fc.constantFrom<Json>('Europe/Paris', 'UTC', 'US/Pacific', 'Etc/GMT+3', 'America/Port-au-Prince', 'Nowhere/Land', { Ref: 'Stage' })) as fc.Arbitrary<Json>,
  ScheduleOffset: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined, freq: 8 }) as fc.Arbitrary<Json>,
  Duration: orNumberToken(fc.integer({ min: 1, max: 24 })),
  Cutoff: orNumberToken(fc.integer({ min: 0, max: 23 })),
  AllowUnassociatedTargets: fc.oneof(fc.boolean(), fc.constant<Json>({ 'Fn::If': ['IsProduction', true, false] })),
  StartDate: optional(instant) as fc.Arbitrary<Json>,
  EndDate: optional(instant) as fc.Arbitrary<Json>,
  Tags: optional(tags) as fc.Arbitrary<Json>,
}).chain(mostly(valid => {
  const { Duration: duration, Cutoff: cutoff, StartDate: start, EndDate: end, ScheduleOffset: offset, ...rest } = valid;
  return {
    ...rest,
    Duration: duration,
    Cutoff: typeof duration === 'number' && typeof cutoff === 'number' ? cutoff % duration : cutoff,
    ...start !== undefined && { StartDate: start },
    ...end !== undefined && (start === undefined || String(start) < String(end)) && { EndDate: end },
    ...offset !== undefined && /#|L/.test(String(valid.Schedule)) && { ScheduleOffset: offset },
  } as JsonObject;
}));

const instanceId = fc.stringMatching(/^i-[0-9a-f]{17}$/);
const entries = (keys: fc.Arbitrary<string>) => fc.dictionary(keys, distinct(text(1, 10), 4), { minKeys: 1, maxKeys: 4, noNullPrototype: true })
  .map(map => Object.keys(map).sort().map(Key => ({ Key, Values: map[Key] })));
const target = (windowKey: Json): Properties => fc.oneof(
  fc.record({ ResourceType: fc.constant('INSTANCE'), Targets: fc.oneof(distinct(instanceId, 5), listToken).map(Values => [{ Key: 'InstanceIds', Values }]) }),
  fc.record({ ResourceType: fc.constant('INSTANCE'), Targets: entries(fc.stringMatching(/^tag:[a-zA-Z0-9_.:/= -]{1,10}$/)) }),
  fc.record({ ResourceType: fc.constant('INSTANCE'), Targets: entries(fc.constantFrom('tag-key', 'tag:Role', 'tag:Patch Group')) }),
  fc.record({ ResourceType: fc.constant('INSTANCE'), Targets: fc.constant<Json>([{ Key: { Ref: 'Stage' }, Values: ['x'] }]) }),
  fc.record({ ResourceType: fc.constant('RESOURCE_GROUP'), Targets: entries(fc.constantFrom('resource-groups:Name', 'resource-groups:ResourceTypeFilters')) }),
).chain(selector => fc.record<JsonObject>({
  WindowId: fc.constant(windowKey),
  ResourceType: fc.constant(selector.ResourceType),
  Targets: fc.constant(selector.Targets as Json),
  Name: optional(orToken(name)) as fc.Arbitrary<Json>,
  Description: optional(orToken(unicode)) as fc.Arbitrary<Json>,
  OwnerInformation: optional(orToken(unicode)) as fc.Arbitrary<Json>,
}));

const roleArn = fc.constantFrom<Json>('arn:aws:iam::123456789012:role/Patching', 'arn:aws:iam::210987654321:role/path/Other', { Ref: 'Stage' });
const parameters = fc.dictionary(fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{0,10}$/), fc.oneof(
  fc.array(orToken(fc.oneof(unicode, fc.constantFrom('{{WINDOW_ID}}', '{{ssm:Name}}', 'at {{WINDOW_EXECUTION_ID}}'))), { minLength: 1, maxLength: 3 }) as fc.Arbitrary<Json>, listToken),
{ minKeys: 1, maxKeys: 3, noNullPrototype: true });
const jsonText = fc.dictionary(text(1, 6), fc.oneof(fc.constantFrom<Json>('{{TARGET_ID}}', '{{WINDOW_ID}}', 1, true, null, [1, { a: 'b' }]), unicode), { maxKeys: 3, noNullPrototype: true })
  .map(value => canonical(value));
const documentVersion = optional(fc.constantFrom<Json>('$DEFAULT', '$LATEST', '7', { Ref: 'Stage' }));

const runCommand: Properties = fc.record<JsonObject>({
  CloudWatchOutputConfig: optional(fc.constantFrom<Json>(
    { CloudWatchLogGroupName: 'log', CloudWatchOutputEnabled: true }, { CloudWatchLogGroupName: 'log', CloudWatchOutputEnabled: false }, { CloudWatchLogGroupName: 'log' },
    { CloudWatchOutputEnabled: true }, { CloudWatchOutputEnabled: false }, { CloudWatchLogGroupName: '', CloudWatchOutputEnabled: false },
    { CloudWatchLogGroupName: { Ref: 'Stage' }, CloudWatchOutputEnabled: { 'Fn::If': ['IsProduction', true, false] } },
  )) as fc.Arbitrary<Json>,
  Comment: optional(orToken(fc.oneof(fc.constant(''), unicode))) as fc.Arbitrary<Json>,
  DocumentHash: optional(fc.constant('a'.repeat(64))) as fc.Arbitrary<Json>,
  DocumentHashType: optional(fc.constant('Sha256')) as fc.Arbitrary<Json>,
  DocumentVersion: documentVersion as fc.Arbitrary<Json>,
  NotificationConfig: fc.option(fc.record({
    NotificationArn: orToken(fc.constant('arn:aws:sns:eu-central-1:123456789012:topic')),
    NotificationEvents: optional(fc.uniqueArray(fc.constantFrom('All', 'InProgress', 'Success', 'TimedOut', 'Cancelled', 'Failed'), { minLength: 1 })) as fc.Arbitrary<Json>,
    NotificationType: optional(fc.constantFrom('Command', 'Invocation')) as fc.Arbitrary<Json>,
  }).map(withoutUndefined), { nil: undefined, freq: 2 }) as fc.Arbitrary<Json>,
  OutputS3BucketName: optional(fc.constantFrom<Json>('bucket', '', { Ref: 'Stage' })) as fc.Arbitrary<Json>,
  OutputS3KeyPrefix: optional(fc.constantFrom<Json>('prefix', '')) as fc.Arbitrary<Json>,
  Parameters: optional(parameters) as fc.Arbitrary<Json>,
  ServiceRoleArn: roleArn,
  TimeoutSeconds: optional(fc.constantFrom<Json>(30, 90, 600, 3600, 86400, { Ref: 'Hours' })) as fc.Arbitrary<Json>,
});

const automation: Properties = fc.record<JsonObject>({
  DocumentVersion: documentVersion as fc.Arbitrary<Json>,
  Parameters: optional(fc.oneof(parameters, fc.constant<Json>({ AutomationAssumeRole: ['arn:aws:iam::123456789012:role/Automation'], X: ['y'] }))) as fc.Arbitrary<Json>,
});

const payload = fc.oneof(
  fc.oneof(jsonText, unicode).map(value => Buffer.from(value).toString('base64') as Json),
  fc.constantFrom<Json>('/w==', 'e30=', 'not base64!', { 'Fn::Base64': { 'Fn::Join': ['', ['{"stage":"', { Ref: 'Stage' }, '"}']] } }, { Ref: 'Stage' }),
);

const kinds: { readonly [taskType: string]: { readonly block: string; readonly properties: Properties; readonly arns: fc.Arbitrary<Json> } } = {
  RUN_COMMAND: {
    block: 'MaintenanceWindowRunCommandParameters',
    properties: runCommand,
    arns: fc.constantFrom<Json>('AWS-UpdateSSMAgent', 'MyDocument', 'AWS-RunShellScript', 'arn:aws:ssm:eu-central-1:123456789012:document/Shared', { Ref: 'Stage' }),
  },
  AUTOMATION: {
    block: 'MaintenanceWindowAutomationParameters',
    properties: automation,
    arns: fc.constantFrom<Json>('MyRunbook', 'AWS-RestartEC2Instance', 'arn:aws:ssm:eu-central-1:123456789012:document/Shared', { Ref: 'Stage' }),
  },
  LAMBDA: {
    block: 'MaintenanceWindowLambdaParameters',
    properties: fc.record<JsonObject>({
      ClientContext: optional(orToken(fc.constantFrom('e30=', 'truncated'))) as fc.Arbitrary<Json>,
      Payload: optional(payload) as fc.Arbitrary<Json>,
      Qualifier: optional(fc.constantFrom<Json>('$LATEST', 'live', '3')) as fc.Arbitrary<Json>,
    }),
    arns: fc.constantFrom<Json>('SSM-Report', 'arn:aws:lambda:eu-central-1:123456789012:function:report', 'arn:aws:lambda:eu-central-1:123456789012:function:report:live', { Ref: 'Stage' }),
  },
  STEP_FUNCTIONS: {
    block: 'MaintenanceWindowStepFunctionsParameters',
    properties: fc.record<JsonObject>({
      Input: optional(fc.oneof(orToken(jsonText), fc.constantFrom<Json>('not JSON', '{"n": {{TARGET_ID}} }'))) as fc.Arbitrary<Json>,
      Name: optional(orToken(fc.constantFrom('{{INVOCATION_ID}}', 'run-{{INVOCATION_ID}}', 'fixed'))) as fc.Arbitrary<Json>,
    }),
    arns: fc.constantFrom<Json>(
      'arn:aws:states:eu-central-1:123456789012:stateMachine:SSMMachine', 'arn:aws:states:eu-central-1:123456789012:stateMachine:Other', { Ref: 'Stage' }, 'JustAName',
    ),
  },
};

const count = fc.integer({ min: 1, max: 200 }).map(String);
const percentage = fc.integer({ min: 1, max: 100 }).map(value => `${value}%`);

function task(windowKey: Json, targetKeys: string[]): Properties {
  const targetsOf = (taskType: string) => fc.oneof(
    ...taskType === 'RUN_COMMAND' ? [] : [fc.constant<Json[]>([])],
    fc.oneof(distinct(instanceId, 4), listToken).map(Values => [{ Key: 'InstanceIds', Values }] as Json[]),
    ...targetKeys.length === 0 ? [] : [fc.uniqueArray(fc.constantFrom(...targetKeys), { minLength: 1, maxLength: 3 })
      .map(keys => [{ Key: 'WindowTargetIds', Values: keys.map(key => ({ Ref: key })) }] as Json[])],
  );
  return fc.constantFrom('RUN_COMMAND', 'AUTOMATION', 'LAMBDA', 'STEP_FUNCTIONS').chain(taskType => fc.record({
    common: fc.record<JsonObject>({
      WindowId: fc.constant(windowKey),
      TaskType: fc.constant(taskType),
      TaskArn: kinds[taskType].arns,
      Priority: orNumberToken(fc.integer({ min: 0, max: 5 })),
      Name: optional(orToken(name)) as fc.Arbitrary<Json>,
      Description: optional(orToken(unicode)) as fc.Arbitrary<Json>,
      CutoffBehavior: optional(fc.constantFrom<Json>('CONTINUE_TASK', 'CANCEL_TASK', { Ref: 'Stage' })) as fc.Arbitrary<Json>,
      ServiceRoleArn: optional(roleArn) as fc.Arbitrary<Json>,
      LoggingInfo: optional(fc.constant<Json>({ S3Bucket: 'bucket', Region: 'eu-central-1' })) as fc.Arbitrary<Json>,
      TaskParameters: optional(fc.constant<Json>({ commands: { Values: ['uptime'] } })) as fc.Arbitrary<Json>,
    }),
    block: kinds[taskType].properties.map(withoutUndefined),
    targets: targetsOf(taskType),
    rates: fc.record({ MaxConcurrency: orToken(fc.oneof(count, percentage)), MaxErrors: orToken(fc.oneof(fc.constant('0'), count, percentage)) }),
  }).map(({ common, block, targets: given, rates }) => ({
    ...common,
    ...Object.keys(block).length > 0 && { TaskInvocationParameters: { [kinds[taskType].block]: block } },
    ...given.length > 0 && { Targets: given, ...rates },
  })));
}

function withoutUndefined(properties: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

function entity(kind: Entity['kind'], key: string, properties: JsonObject, attributes: JsonObject = {}): Entity {
  return { kind, key, name: key, place: key, properties: withoutUndefined(properties), attributes };
}

const attributes = fc.constantFrom<JsonObject>({}, {}, {}, { Condition: 'IsProduction' }, { DeletionPolicy: 'Retain' }, { DeletionPolicy: 'Retain', Metadata: { Why: { a: ['b'] } } });

/** A window with up to three targets and up to three tasks. */
function family(index: number): fc.Arbitrary<Entity[]> {
  const windowKey = `Window${index}`;
  return fc.integer({ min: 0, max: 3 }).chain(targetCount => {
    const targetKeys = Array.from({ length: targetCount }, (_, number) => `Window${index}Target${number}`);
    return fc.record({
      window,
      targets: fc.tuple(...targetKeys.map(() => target({ Ref: windowKey }))),
      tasks: fc.array(task({ Ref: windowKey }, targetKeys), { maxLength: 3 }),
      attributes,
    }).map(drawn => [
      entity('window', windowKey, drawn.window, drawn.attributes),
      ...drawn.targets.map((properties, number) => entity('target', targetKeys[number], properties)),
      ...drawn.tasks.map((properties, number) => entity('task', `Window${index}Task${number}`, properties, drawn.attributes)),
    ]);
  });
}

const IN_PRODUCTION: JsonObject[] = [{ 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] }, { 'Fn::Not': [{ 'Fn::Equals': ['a', { Ref: 'AWS::Region' }] }] }];

/** Models with several windows each, so that many are covered by few programs. */
export function arbitraryModel(windows: number): fc.Arbitrary<Model> {
  return fc.tuple(...Array.from({ length: windows }, (_, index) => family(index))).map(families => ({
    source: 'random.json',
    origin: 'template' as const,
    entities: families.flat(),
    parameters: {
      Stage: { Type: 'String', Default: 'test' },
      Hours: { Type: 'Number', Default: 3, MinValue: 1 },
      Ids: { Type: 'CommaDelimitedList', Description: 'a, b' },
    },
    conditions: { IsProduction: { 'Fn::And': IN_PRODUCTION } },
    mappings: { Settings: { all: { value: 'mapped', number: '4' } } },
    outputs: {},
    transforms: [],
    standIns: [],
    notCarried: [],
    remarks: [],
  }));
}
