import type { Json, JsonObject } from '../../../src/importer/json';
import { modelOfRecords } from '../../../src/importer/read/parse-api';
import { parseTemplate } from '../../../src/importer/read/parse-template';
import { compare, compareCustomResources } from '../../../src/importer/verify/compare';
import { importSteps } from '../../../src/importer/verify/import-map';
import { printTypeScript } from '../../../src/importer/write/print-typescript';
import { buildProgram } from '../../../src/importer/write/program';
import { sourceOf, synthesize } from '../run-program';

const WINDOW: JsonObject = { Name: 'patching', Schedule: 'rate(7 days)', Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false };
const ROLE = 'arn:aws:iam::123456789012:role/Tasks';
const windowOf = (properties: JsonObject = {}, attributes: JsonObject = {}): JsonObject => ({
  Type: 'AWS::SSM::MaintenanceWindow', ...attributes, Properties: { ...WINDOW, ...properties },
});
const targetOf = (properties: JsonObject = {}, attributes: JsonObject = {}): JsonObject => ({
  Type: 'AWS::SSM::MaintenanceWindowTarget',
  ...attributes,
  Properties: { WindowId: { Ref: 'Window' }, ResourceType: 'INSTANCE', Targets: [{ Key: 'tag:Role', Values: ['web'] }], ...properties },
});
const taskOf = (properties: JsonObject = {}, attributes: JsonObject = {}): JsonObject => ({
  Type: 'AWS::SSM::MaintenanceWindowTask',
  ...attributes,
  Properties: { WindowId: { Ref: 'Window' }, TaskType: 'AUTOMATION', TaskArn: 'MyRunbook', Priority: 1, ServiceRoleArn: ROLE, ...properties },
});

/** Imports a template, runs the program, and expects what it renders to mean the same. */
function imported(template: JsonObject): { readonly source: string; readonly notCarried: string[] } {
  const model = parseTemplate({ name: 'template.json', text: JSON.stringify(template) });
  const program = buildProgram(model);
  const source = sourceOf(program);
  expect(compare(model, program, synthesize(source))).toEqual([]);
  return { source, notCarried: program.notCarried.map(({ what }) => what) };
}

const importedResources = (resources: JsonObject) => imported({ Resources: resources }).source;

describe('schedules', () => {
  test.each<[string, JsonObject, string]>([
    ['cron', { Schedule: 'cron(0 2 ? * SUN#2 *)' }, "MaintenanceWindowSchedule.cron({ hour: '2', weekDay: 'SUN#2' })"],
    ['cron with seconds', { Schedule: 'cron(0 0 0 ? * * *)' }, "MaintenanceWindowSchedule.cron({ second: '0', hour: '0', weekDay: '*' })"],
    ['cron with all', { Schedule: 'cron(15 10 L 1 ? 2030)' }, "MaintenanceWindowSchedule.cron({ minute: '15', hour: '10', day: 'L', month: '1', year: '2030' })"],
    ['cron of every day', { Schedule: 'cron(0 10 * * ? *)' }, "MaintenanceWindowSchedule.cron({ hour: '10' })"],
    ['cron that the grammar rejects, by an L1 construct', { Schedule: 'cron(0 10 ? * ? *)' }, "schedule: 'cron(0 10 ? * ? *)'"],
    ['cron faster than the factory takes', { Schedule: 'cron(* 17 * * ? *)' }, "MaintenanceWindowSchedule.expression('cron(* 17 * * ? *)')"],
    ['rate', { Schedule: 'rate(180 minutes)' }, 'MaintenanceWindowSchedule.rate(Duration.minutes(180))'],
    ['rate of one', { Schedule: 'rate(1 day)' }, 'MaintenanceWindowSchedule.rate(Duration.days(1))'],
    ['at', { Schedule: 'at(2030-07-07T15:55:00)' }, "MaintenanceWindowSchedule.at(new Date('2030-07-07T15:55:00Z'))"],
    ['at in a time zone', { Schedule: 'at(2030-07-07T15:55:00)', ScheduleTimezone: 'Europe/Paris' },
      "MaintenanceWindowSchedule.expression('at(2030-07-07T15:55:00)', { timeZone: TimeZone.EUROPE_PARIS })"],
    ['offset', { Schedule: 'cron(0 2 ? * TUE#2 *)', ScheduleOffset: 2, ScheduleTimezone: 'US/Pacific' }, 'timeZone: TimeZone.of(\'US/Pacific\'),\n        offset: Duration.days(2),'],
  ])('%s', (_, properties, code) => {
    expect(importedResources({ Window: windowOf(properties) })).toContain(code);
  });
});

describe('what is left out', () => {
  test('defaults of the constructs', () => {
    const source = importedResources({
      Window: windowOf({ Cutoff: 0 }), Target: targetOf(), Task: taskOf({ Targets: [{ Key: 'WindowTargetIds', Values: [{ Ref: 'Target' }] }], MaxConcurrency: 1, MaxErrors: '0' }),
    });
    for (const name of ['cutoff', 'allowUnassociatedTargets', 'priority', 'maxConcurrency', 'maxErrors', 'description']) {
      expect(source).not.toContain(`${name}:`);
    }
  });

  test('dependencies that a reference implies', () => {
    expect(importedResources({ Window: windowOf(), Task: taskOf({}, { DependsOn: 'Window' }) })).not.toContain('addDependency');
  });
});

describe('what needs an override', () => {
  test('LoggingInfo and TaskParameters', () => {
    const source = importedResources({ Window: windowOf(), Task: taskOf({ LoggingInfo: { S3Bucket: 'logs', Region: 'eu-west-1' }, TaskParameters: { a: { Values: ['b'] } } }) });
    expect(source).toContain('const taskResource = task.node.defaultChild as ssm.CfnMaintenanceWindowTask;\n'
      + "    taskResource.addPropertyOverride('LoggingInfo', { S3Bucket: 'logs', Region: 'eu-west-1' });\n"
      + "    taskResource.addPropertyOverride('TaskParameters', { a: { Values: ['b'] } });");
  });

  test('the name of a function, of which the construct knows the ARN', () => {
    expect(importedResources({ Window: windowOf(), Task: taskOf({ TaskType: 'LAMBDA', TaskArn: 'SSM-Report', ServiceRoleArn: { Ref: 'AWS::NoValue' } }) }))
      .toContain("addPropertyOverride('TaskArn', 'SSM-Report')");
  });

  test('order of a window', () => {
    const otherWindow = windowOf();
    expect(importedResources({ First: { ...windowOf(), DependsOn: 'Second' } as JsonObject, Second: otherWindow })).toContain(
      '(first.node.defaultChild as ssm.CfnMaintenanceWindow).addDependency(\n      second.node.defaultChild as ssm.CfnMaintenanceWindow,\n    );');
  });
});

describe('what the constructs have a method for', () => {
  test('order among tasks', () => {
    expect(importedResources({ Window: windowOf(), First: taskOf({}, { DependsOn: ['Second'] }), Second: taskOf() }))
      .toContain('first.node.addDependency(second);');
  });

  test.each([
    ['kept', { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' }, 'window.applyRemovalPolicy(RemovalPolicy.RETAIN);'],
    ['deleted', { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' }, 'window.applyRemovalPolicy(RemovalPolicy.DESTROY);'],
    ['kept at its deletion only', { DeletionPolicy: 'Retain' },
      '(window.node.defaultChild as ssm.CfnMaintenanceWindow).cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;'],
    ['kept at its replacement only', { UpdateReplacePolicy: 'Retain' },
      '(window.node.defaultChild as ssm.CfnMaintenanceWindow).cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;'],
  ])('a window that is %s', (_, policies, code) => {
    expect(importedResources({ Window: { ...windowOf(), ...policies } as JsonObject })).toContain(code);
  });

  test('metadata', () => {
    expect(importedResources({ Window: { ...windowOf(), Metadata: { Owner: 'operations' } } as JsonObject }))
      .toContain("(window.node.defaultChild as ssm.CfnMaintenanceWindow).addMetadata('Owner', 'operations');");
  });

  test('a circle of dependencies is no endless loop', () => {
    const model = parseTemplate({
      name: 'x.json', text: JSON.stringify({ Resources: { Window: windowOf(), A: taskOf({}, { DependsOn: ['B'] }), B: taskOf({}, { DependsOn: ['A'] }) } }),
    });
    expect(sourceOf(buildProgram(model))).toContain('addDependency');
  });
});

describe('names', () => {
  test('of sections that share a name are kept apart', () => {
    imported({
      Parameters: { Same: { Type: 'String', Default: 'x' } },
      Mappings: { Same: { a: { b: 'c' } } },
      Conditions: { Same: { 'Fn::Equals': [{ Ref: 'Same' }, { 'Fn::FindInMap': ['Same', 'a', 'b'] }] } },
      Resources: { Window: windowOf({ Description: { 'Fn::If': ['Same', { 'Fn::FindInMap': ['Same', 'a', 'b'] }, { Ref: 'Same' }] } }, { Condition: 'Same' }) },
      Outputs: { Same: { Condition: 'Same', Value: { Ref: 'Window' }, Description: 'd', Export: { Name: { 'Fn::Sub': '${AWS::StackName}-id' } } } },
    });
  });

  test('of parameters are those of the template, whatever the constructs are called', () => {
    const source = importedResources({ Window: windowOf({}, {}), Other: windowOf({ Description: { Ref: 'window' } }) });
    expect(source).toContain("new CfnParameter(this, 'window'");
    expect(source).toContain("new MaintenanceWindow(this, 'Window2'");
  });

  test.each([
    ['2 Tuesday', 'Tuesday2Tuesday', '_2Tuesday'], ['default', 'Default2', '_default'], ['---', 'Resource2', 'value'], ['SSMWindow', 'SSMWindow', 'ssmWindow'],
    ['über-Café', 'UberCafe', 'uberCafe'],
  ])('%s', name => {
    const model = modelOfRecords('x', [{ name: 'x', content: { ...WINDOW, WindowId: 'mw-0123456789abcdef0', Name: 'patching' } }]);
    const program = buildProgram({ ...model, entities: model.entities.map(entity => ({ ...entity, name })) });
    expect(compare(model, program, synthesize(sourceOf(program)))).toEqual([]);
  });

  test('that occur twice get a number', () => {
    const content = ['mw-00000000000000001', 'mw-00000000000000002'].map(WindowId => ({ ...WINDOW, WindowId }));
    const source = sourceOf(buildProgram(modelOfRecords('x', [{ name: 'x', content }])));
    expect(source).toContain("new MaintenanceWindow(this, 'Patching', {");
    expect(source).toContain("new MaintenanceWindow(this, 'Patching2', {");
  });
});

describe('resources of a window that is not imported', () => {
  test('are added to the window by its id', () => {
    const source = importedResources({
      Task: taskOf({
        WindowId: 'mw-0123456789abcdef0',
        Targets: [
          { Key: 'WindowTargetIds', Values: ['11111111-2222-3333-4444-555555555555', { 'Fn::ImportValue': 'target' }] },
        ],
        MaxConcurrency: 1,
        MaxErrors: 1,
      }),
    });
    expect(source).toContain("MaintenanceWindow.fromMaintenanceWindowId(this, 'Window', 'mw-0123456789abcdef0')");
    expect(source).toContain("MaintenanceWindowTarget.fromMaintenanceWindowTargetAttributes(this, 'Target', {");
    expect(source).toContain("maintenanceWindowTargetId: Fn.importValue('target'),");
  });

  test('are added to the L1 window when the constructs refuse the window', () => {
    const source = importedResources({
      Window: windowOf({ Cutoff: 3 }),
      Target: targetOf(),
      Task: taskOf({
        Targets: [{ Key: 'WindowTargetIds', Values: [{ Ref: 'Target' }] }], MaxConcurrency: 1, MaxErrors: 1,
      }),
    });
    expect(source).toContain("// 'Cutoff' must be shorter than 'Duration', got Cutoff 3 hours and Duration 3 hours\n    const window = new ssm.CfnMaintenanceWindow(");
    expect(source).toContain("MaintenanceWindow.fromMaintenanceWindowId(this, 'Window2', window.ref);");
    expect(source).toContain("window2.addTarget('Target', {");
  });

  test('a target that the constructs refuse is given to its tasks by its id', () => {
    const source = importedResources({
      Window: windowOf(),
      Target: targetOf({ Targets: [{ Key: 'Role', Values: ['x'] }] }),
      Task: taskOf({
        Targets: [{ Key: 'WindowTargetIds', Values: [{ Ref: 'Target' }] }], MaxConcurrency: 1, MaxErrors: 1,
      }),
    });
    expect(source).toContain('maintenanceWindowTargetId: target.ref,');
  });
});

describe('mistakes become L1 constructs with a comment', () => {
  const targets = { Targets: [{ Key: 'InstanceIds', Values: ['i-0123456789abcdef0'] }], MaxConcurrency: '1', MaxErrors: '1' };
  const block = (name: string, properties: JsonObject) => ({ TaskInvocationParameters: { [`MaintenanceWindow${name}Parameters`]: properties } });
  const runCommand = (properties: JsonObject) => ({ TaskType: 'RUN_COMMAND', TaskArn: 'MyDocument', ...targets, ...block('RunCommand', properties) });
  test.each<[JsonObject, string]>([
    [windowOf({ Name: 'a b' }), "'Name' must be 3 to 128"],
    [windowOf({ Duration: 25 }), "'Duration' must be a whole number of hours from 1 to 24, got 25"],
    [windowOf({ Schedule: 'cron(0 2 1 * MON *)' }), "'Schedule' "],
    [windowOf({ Schedule: 7 }), "'Schedule' must be an expression such as"],
    [windowOf({ ScheduleTimezone: 'europe paris' }), "'ScheduleTimezone' must be an IANA time zone such as"],
    [windowOf({ ScheduleOffset: 2 }), "'ScheduleOffset' needs a cron expression"],
    [windowOf({ StartDate: '2030-01-01' }), "'StartDate' must be a date and time with an offset"],
    [windowOf({ StartDate: '2030-01-01T00:00:00Z', EndDate: '2029-01-01T00:00:00Z' }), "'StartDate' must be before 'EndDate'"],
    [windowOf({ AllowUnassociatedTargets: 'maybe' }), "'AllowUnassociatedTargets' must be true or false"],
    [windowOf({ Tags: [{ Key: 'a', Value: '1' }, { Key: 'a', Value: '2' }] }), "'Tags' must hold each key once, got \"a\" again"],
    [windowOf({ Colour: 'red' }), "'Colour' must be left out, got a property that the resource type does not have"],
    [targetOf({ ResourceType: 'GROUP' }), "'ResourceType' must be one of INSTANCE, RESOURCE_GROUP, got \"GROUP\""],
    [targetOf({ Targets: [{ Key: 'InstanceIds', Values: ['i-0123456789abcdef0'] }, { Key: 'tag:a', Values: ['b'] }] }), 'either instance IDs or tags'],
    [targetOf({ Targets: [{ Key: 'tag:a', Values: ['b'] }, { Key: 'tag:a', Values: ['c'] }] }), "'Targets' must hold each key once, got \"tag:a\" again"],
    [targetOf({ ResourceType: 'RESOURCE_GROUP', Targets: [{ Key: 'resource-groups:ResourceTypeFilters', Values: ['b'] }] }), 'must name the resource group'],
    [targetOf({ ResourceType: 'RESOURCE_GROUP', Targets: [{ Key: 'resource-groups:Name', Values: ['b', 'c'] }] }), 'must name one resource group'],
    [targetOf({ Targets: [{ Key: 'tag:a', Values: [] }] }), 'must have at least one value, got []'],
    [targetOf({ Targets: { 'Fn::If': ['A', [], []] } as Json }), 'known only at deployment'],
    [taskOf({ TaskType: 'BATCH' }), "'TaskType' must be one of RUN_COMMAND, AUTOMATION, LAMBDA, STEP_FUNCTIONS"],
    [taskOf({ TaskType: { Ref: 'AWS::Region' } }), 'TaskType is known only at deployment'],
    [taskOf({ Priority: -1 }), "'Priority' must be a whole number from 0 to 2147483647, got -1"],
    [taskOf({ ServiceRoleArn: 'Tasks' }), "'ServiceRoleArn' must be the ARN of a role"],
    [taskOf({ MaxErrors: '1' }), "'MaxErrors' can only be given together with 'Targets'"],
    [taskOf({ ...targets, MaxConcurrency: '0' }), "'MaxConcurrency' must be a number of targets of at least 1 or a percentage from 1 to 100, got \"0\""],
    [taskOf({ ...targets, MaxErrors: '101%' }), "'MaxErrors' must be a whole number of at most 7 digits"],
    [taskOf({ Targets: targets.Targets }), "'MaxConcurrency' must be set, got nothing"],
    [taskOf({ ...targets, Targets: [{ Key: 'tag:a', Values: ['b'] }] }), "a key of 'Targets' of a task must be \"WindowTargetIds\" or \"InstanceIds\", got \"tag:a\""],
    [taskOf({ ...targets, Targets: [{ Key: 'WindowTargetIds', Values: { Ref: 'AWS::NotificationARNs' } }] }), 'the window targets of the task are known only at deployment'],
    [taskOf({ TaskType: 'RUN_COMMAND', TaskArn: 'MyDocument' }), "'Targets' must be set for a Run Command task"],
    [taskOf(block('Lambda', { Payload: 'e30=' })), "'MaintenanceWindowLambdaParameters' must be left out of TaskInvocationParameters of a AUTOMATION task"],
    [taskOf(block('Automation', { Colour: 'red' })), "'Colour' must be left out of MaintenanceWindowAutomationParameters"],
    [taskOf(block('Automation', { DocumentVersion: 'new' })), "'DocumentVersion' must be \"$DEFAULT\", \"$LATEST\" or a version number"],
    [taskOf(block('Automation', { Parameters: { a: ['x'.repeat(513)] } })), "'Parameters.a' must be 1 to 512 characters long"],
    [taskOf({ TaskArn: 'a b' }), "'TaskArn' must be the name or the ARN of a document"],
    [taskOf({ TaskArn: 'AWS-RunShellScript' }), "'runbook' must be of type Automation"],
    [taskOf({ TaskType: 'LAMBDA', TaskArn: 'arn:aws:lambda:eu-central-1:123456789012:function:a:1' }), 'without a version'],
    [taskOf({ TaskType: 'LAMBDA', TaskArn: 'SSM', ...block('Lambda', { Payload: '{}' }) }), "'Payload' must be Base64"],
    [taskOf({ TaskType: 'LAMBDA', TaskArn: 'SSM', ...block('Lambda', { Payload: Buffer.alloc(4097, 'a').toString('base64') }) }), "'Payload' must be at most 4096 bytes long, got 4097 bytes"],
    [taskOf({ TaskType: 'STEP_FUNCTIONS', TaskArn: 'arn:aws:states:eu-central-1:123456789012:stateMachine:a', ...block('StepFunctions', { Input: 'x' }) }), "'Input' must be JSON"],
    [taskOf(runCommand({ TimeoutSeconds: 10 })), "'TimeoutSeconds' must be a whole number of seconds from 30 to 2592000"],
    [taskOf(runCommand({ Comment: 'x'.repeat(101) })), "'Comment' must be at most 100 characters long"],
    [taskOf(runCommand({ DocumentHash: 'abc' })), "'DocumentHash' must be a SHA-256 hash, 64 hexadecimal digits"],
    [taskOf(runCommand({ DocumentHash: 'a'.repeat(40), DocumentHashType: 'Sha1' })), "'DocumentHashType' must be Sha256, got \"Sha1\", which is deprecated"],
    [taskOf(runCommand({ ServiceRoleArn: ROLE, NotificationConfig: { NotificationArn: 'topic' } })), "'NotificationArn' must be the ARN of a topic"],
    [taskOf(runCommand({ ServiceRoleArn: ROLE, NotificationConfig: { NotificationArn: 'arn:aws:sns:eu-central-1:123456789012:t', NotificationEvents: ['FAILURE'] } })),
      "'NotificationEvents' must be one of All, InProgress"],
    [taskOf(runCommand({ ServiceRoleArn: ROLE, NotificationConfig: { NotificationArn: 'arn:aws:sns:eu-central-1:123456789012:t', NotificationType: 'Email' } })),
      "'NotificationType' must be one of Command, Invocation"],
    [taskOf(runCommand({ CloudWatchOutputConfig: { CloudWatchOutputEnabled: 'maybe' } })), "'CloudWatchOutputEnabled' must be true or false"],
  ])('%#', (resource, mistake) => {
    const source = importedResources({ Window: windowOf(), Resource: resource });
    const comments = source.split('\n').filter(line => line.trimStart().startsWith('//')).join(' ').replace(/\s*\/\/\s*/g, ' ');
    expect(comments).toContain(mistake);
    expect(source).toMatch(/new (ssm\.CfnMaintenanceWindow\w*|CfnResource)\(this, 'Resource/);
  });

  test('a target of another window', () => {
    const source = importedResources({
      Window: windowOf(), Other: windowOf(), Target: targetOf({ WindowId: { Ref: 'Other' } }), Task: taskOf({ ...targets, Targets: [{ Key: 'WindowTargetIds', Values: [{ Ref: 'Target' }] }] }),
    });
    expect(source).toContain('// the window target Target is registered with another window');
  });
});

describe('sections of a template', () => {
  test('language extensions are switched on', () => {
    expect(imported({
      Transform: ['AWS::LanguageExtensions', 'Other'], Resources: { Window: windowOf({ Description: { 'Fn::ToJsonString': { a: 1 } } }) },
    }).source).toContain("this.addTransform('AWS::LanguageExtensions');");
  });

  test('a condition that the template does not have is kept by name', () => {
    expect(importedResources({ Window: windowOf({}, { Condition: 'Gone' }) })).toContain("addOverride('Condition', 'Gone')");
  });

  test('parameters keep what they allow', () => {
    const source = imported({
      Parameters: {
        Stage: {
          Type: 'String', Default: 'a', AllowedValues: ['a', 'b'], AllowedPattern: '[ab]', MinLength: '1', MaxLength: 2, NoEcho: 'true', ConstraintDescription: 'a or b', Description: 'd',
        },
      },
      Resources: { Window: windowOf({ Description: { 'Fn::Sub': 'in ${Stage} and ${!Literal}' } }) },
    }).source;
    expect(source).toContain("allowedValues: ['a', 'b'],");
    expect(source).toContain("description: Fn.join('', ['in ', stage.valueAsString, ' and ${Literal}']),");
  });
});

describe('a task of a runbook whose calls are known gets no role for its steps', () => {
  test.each<[string, JsonObject]>([
    ['beside its role', {}],
    ['beside a role known only at deployment', { ServiceRoleArn: { Ref: 'Role' } }],
    ['without a role', { ServiceRoleArn: undefined as unknown as Json }],
    ['beside the service-linked role', { ServiceRoleArn: 'arn:aws:iam::123456789012:role/aws-service-role/ssm.amazonaws.com/AWSServiceRoleForAmazonSSM' }],
  ])('%s', (_, properties) => {
    const parameters = { MaintenanceWindowAutomationParameters: { Parameters: { InstanceId: ['i-0123456789abcdef0'] } } };
    const { source } = imported({
      Parameters: { Role: { Type: 'String' } },
      Resources: { Window: windowOf(), Task: taskOf({ TaskArn: 'AWS-RestartEC2Instance', TaskInvocationParameters: parameters, ...properties }) },
    });

    expect(source).toContain('AutomationRunbook.AWS_RESTART_EC2_INSTANCE');
    expect(JSON.stringify(synthesize(source))).not.toMatch(/AWS::IAM::|AutomationAssumeRole/);
  });
});

describe('alarms', () => {
  const window = { ...WINDOW, WindowId: 'mw-0123456789abcdef0' };
  const task = {
    WindowId: 'mw-0123456789abcdef0',
    WindowTaskId: '66666666-7777-8888-9999-000000000000',
    TaskType: 'AUTOMATION',
    TaskArn: 'MyRunbook',
    Priority: 1,
    Name: 'task',
    ServiceRoleArn: ROLE,
    AlarmConfiguration: { Alarms: [{ Name: 'errors' }] },
  };

  test('are held back until the second pass', () => {
    // GIVEN
    const model = modelOfRecords('x', [{ name: 'x', content: [window, task] }]);
    const program = buildProgram(model);
    const source = sourceOf(program);

    // THEN
    expect(source).toContain('constructor(scope: Construct, id: string, props: PatchingStackProps = {}) {');
    expect(source).toContain('alarm: props.customResources ? errorsAlarm : undefined,');
    expect(compare(model, program, synthesize(source))).toEqual([]);
    expect(compareCustomResources(model, program, synthesize(source))).toHaveLength(1);
    expect(compareCustomResources(model, program, synthesize(source, { customResources: true }))).toEqual([]);
  });

  test('of tasks that the constructs refuse are not carried', () => {
    const program = buildProgram(modelOfRecords('x', [{ name: 'x', content: [window, { ...task, Priority: -1 }] }]));
    expect(program.hasCustomResources).toBe(false);
    expect(program.notCarried.map(({ what }) => what)).toEqual(['the alarm errors']);
  });
});

describe('disabled windows', () => {
  const window = { ...WINDOW, WindowId: 'mw-0123456789abcdef0', Enabled: false };

  test('are held back until the second pass', () => {
    // GIVEN
    const model = modelOfRecords('x', [{ name: 'x', content: window }]);
    const program = buildProgram(model);
    const source = sourceOf(program);

    // THEN
    expect(source).toContain('enabled: props.customResources ? false : undefined,');
    expect(program.notCarried).toEqual([]);
    expect(compare(model, program, synthesize(source))).toEqual([]);
    expect(compareCustomResources(model, program, synthesize(source))).toEqual([{ place: 'x', message: 'that the window is disabled is not rendered' }]);
    expect(compareCustomResources(model, program, synthesize(source, { customResources: true }))).toEqual([]);
  });

  test('that the constructs refuse are not carried', () => {
    const program = buildProgram(modelOfRecords('x', [{ name: 'x', content: { ...window, Duration: 25 } }]));
    expect(program.hasCustomResources).toBe(false);
    expect(program.notCarried.map(({ what, reason }) => `${what}: ${reason}`)).toEqual([
      'Enabled: false: the window is made by an L1 construct, which cannot say it; mend the window first',
    ]);
  });
});

test('lines of the program lead back to what they make', () => {
  const program = buildProgram(parseTemplate({ name: 'x.json', text: JSON.stringify({ Resources: { Window: windowOf(), Target: targetOf(), Task: taskOf() } }) }));
  const lines = sourceOf(program).split('\n');
  const keyAt = (text: string) => printTypeScript([program]).entityAtLine(lines.findIndex(line => line.includes(text)) + 1);
  expect(keyAt("maintenanceWindowName: 'patching'")).toBe('Window');
  expect(keyAt('selector:')).toBe('Target');
  expect(keyAt('Role.fromRoleArn(')).toBe('Task');
  expect(keyAt('runbook:')).toBe('Task');
});

test('the import map has the logical ids that the CDK gives', () => {
  const model = modelOfRecords('x', [{
    name: 'x',
    content: [
      { ...WINDOW, WindowId: 'mw-0123456789abcdef0' },
      { WindowId: 'mw-0123456789abcdef0', WindowTargetId: 'patching', ResourceType: 'INSTANCE', Targets: [{ Key: 'tag:a', Values: ['b'] }], Name: 'patching' },
    ],
  }]);
  const program = buildProgram(model);
  const { Resources: resources } = synthesize(sourceOf(program)) as { Resources: JsonObject };
  expect(Object.keys(importSteps([model], [program]).steps[0].resources)).toEqual(Object.keys(resources));
});
