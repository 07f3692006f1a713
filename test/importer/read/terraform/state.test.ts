import { instance, propertiesOf, proven, read, ROLE, saidOf, state, TARGET, TARGET_ID, TASK, TASK_ID, WINDOW, WINDOW_ID } from './support';
import type { Json, JsonObject } from '../../../../src/importer/json';
import { sourceOf } from '../../run-program';

/** What a state has for a window of which only the required arguments are set. */
const BASIC: JsonObject = {
  allow_unassociated_targets: false,
  cutoff: 1,
  description: '',
  duration: 3,
  enabled: true,
  end_date: '',
  id: WINDOW_ID,
  name: 'weekly-patching',
  region: 'eu-west-1',
  schedule: 'cron(0 4 ? * SUN *)',
  schedule_offset: 0,
  schedule_timezone: '',
  start_date: '',
  tags: null,
  tags_all: {},
};
const BASIC_PROPERTIES = { Name: 'weekly-patching', Schedule: 'cron(0 4 ? * SUN *)', Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false };
const TARGET_VALUES: JsonObject = {
  description: '',
  id: TARGET_ID,
  name: 'servers',
  owner_information: '',
  resource_type: 'INSTANCE',
  targets: [{ key: 'tag:Patch', values: ['yes', ''] }],
  window_id: WINDOW_ID,
};
const TASK_VALUES: JsonObject = {
  arn: `arn:aws:ssm:eu-west-1:123456789012:windowtask/${TASK_ID}`,
  cutoff_behavior: '',
  description: '',
  id: TASK_ID,
  max_concurrency: '2',
  max_errors: '1',
  name: 'run',
  priority: 1,
  service_role_arn: ROLE,
  targets: [{ key: 'WindowTargetIds', values: [TARGET_ID] }],
  task_arn: 'AWS-RunShellScript',
  task_invocation_parameters: [],
  task_type: 'RUN_COMMAND',
  window_id: WINDOW_ID,
  window_task_id: TASK_ID,
};
const window = (values: JsonObject = {}) => instance(WINDOW, 'this', { ...BASIC, ...values });
const target = (values: JsonObject = {}) => instance(TARGET, 'this', { ...TARGET_VALUES, ...values });
const task = (values: JsonObject = {}) => instance(TASK, 'this', { ...TASK_VALUES, ...values });

describe('windows', () => {
  test.each<[string, JsonObject, JsonObject]>([
    ['with what is required', {}, {}],
    [
      'with all arguments',
      {
        allow_unassociated_targets: true,
        description: 'patches',
        schedule: 'cron(0 4 ? * SUN#2 *)',
        end_date: '2030-01-01T00:00:00Z',
        schedule_offset: 2,
        schedule_timezone: 'Europe/Berlin',
        start_date: '2029-01-01T00:00:00Z',
      },
      {
        AllowUnassociatedTargets: true,
        Description: 'patches',
        Schedule: 'cron(0 4 ? * SUN#2 *)',
        EndDate: '2030-01-01T00:00:00Z',
        ScheduleOffset: 2,
        ScheduleTimezone: 'Europe/Berlin',
        StartDate: '2029-01-01T00:00:00Z',
      },
    ],
    ['with tags', { tags: { b: '1', a: '' } }, { Tags: [{ Key: 'a', Value: '' }, { Key: 'b', Value: '1' }] }],
    [
      'with the default tags of the provider', { tags: { Ref: '1' }, tags_all: { Ref: '1', Default: 'x', constructor: 'y' } },
      { Tags: [{ Key: 'Default', Value: 'x' }, { Key: 'Ref', Value: '1' }, { Key: 'constructor', Value: 'y' }] },
    ],
  ])('%s', (_, values, properties) => {
    const model = read(state([window(values)]));
    expect(model.entities).toEqual([{
      kind: 'window',
      key: `${WINDOW}.this`,
      name: 'weekly-patching',
      place: `x.json, ${WINDOW}.this`,
      properties: { ...BASIC_PROPERTIES, ...properties },
      physicalId: WINDOW_ID,
      attributes: {},
    }]);
    expect(saidOf(model)).toEqual([]);
    expect(proven(model)).toMatchObject({ className: 'WeeklyPatchingStack', mistakes: new Map() });
  });

  test('that are disabled', () => {
    const model = read(state([window({ enabled: false })]));
    expect(model.entities[0].enabled).toBe(false);
    expect(saidOf(model)).toEqual([]);
    proven(model);
  });
});

describe('targets', () => {
  test.each<[string, JsonObject, JsonObject]>([
    ['by tags', {}, { ResourceType: 'INSTANCE', Targets: [{ Key: 'tag:Patch', Values: ['yes', ''] }] }],
    [
      'by resource group', {
        description: 'a group',
        owner_information: 'me',
        resource_type: 'RESOURCE_GROUP',
        targets: [{ key: 'resource-groups:Name', values: ['servers'] }, { key: 'resource-groups:ResourceTypeFilters', values: ['AWS::EC2::Instance'] }],
      }, {
        Description: 'a group',
        OwnerInformation: 'me',
        ResourceType: 'RESOURCE_GROUP',
        Targets: [{ Key: 'resource-groups:Name', Values: ['servers'] }, { Key: 'resource-groups:ResourceTypeFilters', Values: ['AWS::EC2::Instance'] }],
      },
    ],
    ['by ids', { targets: [{ key: 'InstanceIds', values: ['i-0123456789abcdef0'] }] }, {
      ResourceType: 'INSTANCE', Targets: [{ Key: 'InstanceIds', Values: ['i-0123456789abcdef0'] }],
    }],
  ])('%s', (_, values, properties) => {
    const model = read(state([window(), target(values)]));
    expect(model.entities[1]).toEqual({
      kind: 'target',
      key: `${TARGET}.this`,
      name: 'servers',
      place: `x.json, ${TARGET}.this`,
      properties: { Name: 'servers', WindowId: { Ref: `${WINDOW}.this` }, ...properties },
      physicalId: TARGET_ID,
      physicalWindowId: WINDOW_ID,
      attributes: {},
    });
    expect(saidOf(model)).toEqual([]);
    expect(proven(model).mistakes.size).toBe(0);
  });
});

describe('tasks', () => {
  const none = { task_type: 'AUTOMATION', task_arn: 'AWS-RestartEC2Instance', targets: [{ key: 'InstanceIds', values: ['i-0123456789abcdef0'] }] };

  test.each<[string, JsonObject, JsonObject]>([
    ['run command', {
      cutoff_behavior: 'CANCEL_TASK',
      description: 'lists',
      task_invocation_parameters: [{
        automation_parameters: [],
        lambda_parameters: [],
        step_functions_parameters: [],
        run_command_parameters: [{
          cloudwatch_config: [{ cloudwatch_log_group_name: '/ssm/run', cloudwatch_output_enabled: true }],
          comment: 'weekly',
          document_hash: 'a'.repeat(64),
          document_hash_type: 'Sha256',
          document_version: '$LATEST',
          notification_config: [{
            notification_arn: 'arn:aws:sns:eu-west-1:123456789012:told', notification_events: ['Success', 'Failed'], notification_type: 'Invocation',
          }],
          output_s3_bucket: 'output',
          output_s3_key_prefix: 'run',
          parameter: [{ name: 'commands', values: ['ls', ''] }, { name: 'executionTimeout', values: ['60'] }],
          service_role_arn: ROLE,
          timeout_seconds: 600,
        }],
      }],
    }, {
      CutoffBehavior: 'CANCEL_TASK',
      Description: 'lists',
      TaskInvocationParameters: {
        MaintenanceWindowRunCommandParameters: {
          CloudWatchOutputConfig: { CloudWatchLogGroupName: '/ssm/run', CloudWatchOutputEnabled: true },
          Comment: 'weekly',
          DocumentHash: 'a'.repeat(64),
          DocumentHashType: 'Sha256',
          DocumentVersion: '$LATEST',
          NotificationConfig: {
            NotificationArn: 'arn:aws:sns:eu-west-1:123456789012:told', NotificationEvents: ['Success', 'Failed'], NotificationType: 'Invocation',
          },
          OutputS3BucketName: 'output',
          OutputS3KeyPrefix: 'run',
          Parameters: { commands: ['ls', ''], executionTimeout: ['60'] },
          ServiceRoleArn: ROLE,
          TimeoutSeconds: 600,
        },
      },
    }],
    ['run command with blocks of nothing', {
      task_invocation_parameters: [{
        run_command_parameters: [{ notification_config: [null], cloudwatch_config: [{ cloudwatch_log_group_name: '' }], timeout_seconds: 0, parameter: null }],
      }],
    }, {}],
    ['automation', {
      ...none,
      task_invocation_parameters: [{
        automation_parameters: [{ document_version: '1', parameter: [{ name: 'InstanceId', values: ['{{ TARGET_ID }}'] }] }],
      }],
    }, {
      TaskType: 'AUTOMATION',
      TaskArn: 'AWS-RestartEC2Instance',
      Targets: [{ Key: 'InstanceIds', Values: ['i-0123456789abcdef0'] }],
      TaskInvocationParameters: { MaintenanceWindowAutomationParameters: { DocumentVersion: '1', Parameters: { InstanceId: ['{{ TARGET_ID }}'] } } },
    }],
    ['lambda', {
      ...none,
      task_type: 'LAMBDA',
      task_arn: 'arn:aws:lambda:eu-west-1:123456789012:function:SSM-a',
      task_invocation_parameters: [{ lambda_parameters: [{ client_context: 'eyJhIjoxfQ==', payload: '{"a":"ä"}', qualifier: '1' }] }],
    }, {
      TaskType: 'LAMBDA',
      TaskArn: 'arn:aws:lambda:eu-west-1:123456789012:function:SSM-a',
      Targets: [{ Key: 'InstanceIds', Values: ['i-0123456789abcdef0'] }],
      TaskInvocationParameters: {
        MaintenanceWindowLambdaParameters: { ClientContext: 'eyJhIjoxfQ==', Payload: Buffer.from('{"a":"ä"}').toString('base64'), Qualifier: '1' },
      },
    }],
    ['step functions', {
      ...none,
      task_type: 'STEP_FUNCTIONS',
      task_arn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:SSM-a',
      task_invocation_parameters: [{ step_functions_parameters: [{ input: '{"a":1}', name: 'weekly' }] }],
    }, {
      TaskType: 'STEP_FUNCTIONS',
      TaskArn: 'arn:aws:states:eu-west-1:123456789012:stateMachine:SSM-a',
      Targets: [{ Key: 'InstanceIds', Values: ['i-0123456789abcdef0'] }],
      TaskInvocationParameters: { MaintenanceWindowStepFunctionsParameters: { Input: '{"a":1}', Name: 'weekly' } },
    }],
  ])('%s', (_, values, properties) => {
    const model = read(state([window(), target(), task(values)]));
    expect(model.entities[2]).toEqual({
      kind: 'task',
      key: `${TASK}.this`,
      name: 'run',
      place: `x.json, ${TASK}.this`,
      properties: {
        Name: 'run',
        MaxConcurrency: '2',
        MaxErrors: '1',
        Priority: 1,
        ServiceRoleArn: ROLE,
        Targets: [{ Key: 'WindowTargetIds', Values: [{ Ref: `${TARGET}.this` }] }],
        TaskArn: 'AWS-RunShellScript',
        TaskType: 'RUN_COMMAND',
        WindowId: { Ref: `${WINDOW}.this` },
        ...properties,
      },
      physicalId: TASK_ID,
      physicalWindowId: WINDOW_ID,
      attributes: {},
    });
    expect(saidOf(model)).toEqual([]);
    proven(model);
  });

  test('without targets', () => {
    const model = read(state([window(), task({ ...none, targets: [], priority: null })]));
    expect(model.entities[1].properties).toMatchObject({ Priority: 1, TaskType: 'AUTOMATION' });
    expect(Object.keys(model.entities[1].properties)).toEqual(expect.not.arrayContaining(['MaxConcurrency', 'MaxErrors', 'Targets']));
    expect(saidOf(model)).toEqual([
      `x.json, ${TASK}.this: not carried: MaxConcurrency and MaxErrors: a placeholder that the service reports for a task without targets and refuses when it is set`,
    ]);
    proven(model);
  });
});

describe('a state', () => {
  test('with modules, for_each, count and others', () => {
    const model = read(state([
      instance(WINDOW, 'each', { ...BASIC, name: '' }, 'prod'),
      instance(WINDOW, 'counted', { ...BASIC, id: 'mw-0123456789abcdef1', name: 'second' }, 0),
      instance('aws_iam_role', 'tasks', {}),
      { ...instance(WINDOW, 'counted', BASIC, 1), deposed_key: 'byebye' },
      { ...instance('aws_caller_identity', 'me', {}), mode: 'data' },
    ], [{
      address: 'module.patching["a"]',
      resources: [instance(TARGET, 'this', { ...TARGET_VALUES, window_id: 'mw-0123456789abcdef1' }, undefined, 'module.patching["a"]')],
      child_modules: [{ resources: [instance(TARGET, 'this', { ...TARGET_VALUES, id: 'other', window_id: 'mw-foreign' }, undefined, 'module.patching["a"].module.b')] }],
    }]));
    expect(model.entities.map(({ key, name, properties }) => [key, name, properties.WindowId])).toEqual([
      [`${WINDOW}.each["prod"]`, 'each prod', undefined],
      [`${WINDOW}.counted[0]`, 'second', undefined],
      [`module.patching["a"].${TARGET}.this`, 'servers', { Ref: `${WINDOW}.counted[0]` }],
      [`module.patching["a"].module.b.${TARGET}.this`, 'servers', 'mw-foreign'],
    ]);
    expect(saidOf(model)).toEqual([
      'x.json: only windows, targets and tasks are imported, 1 other resource stays in Terraform: aws_iam_role.tasks',
      `x.json, ${WINDOW}.counted[1]: not carried: the deposed object: Terraform has replaced it and deletes it when it applies next`,
    ]);
  });

  test('with attributes that nobody knows', () => {
    const model = read(state([
      window({ constructor: 1, future: '', other: [] }),
      task({
        targets: [{ key: 'InstanceIds', values: ['i-0123456789abcdef0'], weight: 2 }],
        task_invocation_parameters: [{ run_command_parameters: [{ toString: 'x', parameter: [{ name: '__proto__', values: ['x'] }] }] }],
      }),
    ]));
    expect(saidOf(model)).toEqual([
      `x.json, ${WINDOW}.this: not carried: constructor: has no place in CloudFormation`,
      `x.json, ${TASK}.this: not carried: targets[0].weight: has no place in CloudFormation`,
      `x.json, ${TASK}.this: not carried: task_invocation_parameters.run_command_parameters.toString: has no place in CloudFormation`,
    ]);
    expect(Object.keys(Object(Object(propertiesOf(model)[`${TASK}.this`].TaskInvocationParameters).MaintenanceWindowRunCommandParameters).Parameters))
      .toEqual(['__proto__']);
  });

  const NONE = 'holds no maintenance window, target or task, give what "terraform show -json" prints of the state or a plan that has them';

  test.each<[string, Json, string]>([
    ['raw', { version: 4, terraform_version: '1.11.4', serial: 1, lineage: 'a', resources: [] }, 'x.json: is a raw state file, give what "terraform show -json" prints'],
    ['without anything', { format_version: '1.0' }, `x.json: ${NONE}`],
    ['without a window', state([instance('aws_iam_role', 'a', {})]), `x.json: ${NONE}`],
    ['of a new version', { format_version: '2.0', values: {} },
      'x.json, format_version: must be 0 or 1 with a minor version, got 2.0, print it with a Terraform of version 1'],
    ['with a module that is none', { format_version: '1.0', values: { root_module: [] } },
      'x.json, values.root_module: must be an object, got another kind of value, give what "terraform show -json" prints'],
    ['with resources that are none', { format_version: '1.0', values: { root_module: { resources: {} } } },
      'x.json, values.root_module.resources: must be a list, got another kind of value, give what "terraform show -json" prints'],
    ['with a resource without a type', state([{ address: 'a' }]),
      'x.json, values.root_module.resources[0]: must have an address, a type and a name, got less, give what "terraform show -json" prints'],
    ['with a key that is missing', state([target({ targets: [{ values: [] }] })]), `x.json, ${TARGET}.this: targets[0] must have a key and values, got no key, add it`],
    ['with tags that are no map', state([window({ tags: 'a' })]), `x.json, ${WINDOW}.this: tags_all must be a map, got another kind of value, fix it`],
    ['with two blocks', state([task({ task_invocation_parameters: [{}, {}] })]), `x.json, ${TASK}.this: task_invocation_parameters must be one block, got 2, fix it`],
    ['with a text as a block', state([task({ task_invocation_parameters: 'a' })]),
      `x.json, ${TASK}.this: task_invocation_parameters must be one block, got another kind of value, fix it`],
  ])('%s', (_, content, message) => {
    expect(() => read(content)).toThrow(new Error(message));
  });

  test('is a program with the ids of the windows it knows', () => {
    const model = read(state([window(), target(), task({ task_arn: 'AWS-UpdateSSMAgent' })]));
    expect(sourceOf(proven(model))).toContain("weeklyPatching.addRunCommandTask('Run', {");
  });
});
