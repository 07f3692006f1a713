import { instance, propertiesOf, proven, read, ROLE, saidOf, TARGET, TARGET_ID, TASK, WINDOW, WINDOW_ID } from './support';
import type { Json, JsonObject } from '../../../../src/importer/json';
import { sourceOf } from '../../run-program';

const NAME = 'plan.json';
const WINDOW_VALUES: JsonObject = {
  allow_unassociated_targets: false,
  cutoff: 1,
  description: null,
  duration: 3,
  enabled: true,
  end_date: null,
  name: 'patching',
  schedule: 'rate(7 days)',
  schedule_offset: null,
  schedule_timezone: null,
  start_date: null,
  tags: null,
};
const WINDOW_UNKNOWN: JsonObject = { id: true, tags_all: {} };
const TARGET_VALUES: JsonObject = {
  description: null, name: 'servers', owner_information: null, resource_type: 'INSTANCE', targets: [{ key: 'tag:a', values: ['b'] }],
};
const TARGET_UNKNOWN: JsonObject = { id: true, window_id: true, targets: [{ values: [false] }] };
const TASK_VALUES: JsonObject = {
  cutoff_behavior: null,
  description: null,
  max_concurrency: '1',
  max_errors: '0',
  name: 'run',
  priority: null,
  service_role_arn: ROLE,
  targets: [{ key: 'WindowTargetIds', values: [null] }],
  task_arn: 'AWS-UpdateSSMAgent',
  task_invocation_parameters: [],
  task_type: 'RUN_COMMAND',
};
const TASK_UNKNOWN: JsonObject = {
  arn: true, id: true, targets: [{ values: [true] }], task_invocation_parameters: [], window_id: true, window_task_id: true,
};

/** A resource of a plan with what is not known of it. */
interface Planned {
  readonly resource: JsonObject;
  readonly unknown: JsonObject;
  readonly module?: string;
}

function planned(type: string, name: string, values: JsonObject, unknown: JsonObject, index?: string | number, module?: string): Planned {
  return { resource: instance(type, name, values, index, module), unknown, ...module !== undefined && { module } };
}

const window = (index?: string | number, module?: string, name = 'this') => planned(WINDOW, name, WINDOW_VALUES, WINDOW_UNKNOWN, index, module);
const target = (index?: string | number, module?: string, name = 'this') => planned(TARGET, name, TARGET_VALUES, TARGET_UNKNOWN, index, module);
const task = (values: JsonObject = {}, unknown: JsonObject = {}, index?: string | number, module?: string) => (
  planned(TASK, 'this', { ...TASK_VALUES, ...values }, { ...TASK_UNKNOWN, ...unknown }, index, module));

/** The references of an expression, as Terraform lists them: each with the shorter forms after it. */
function from(...references: string[]): JsonObject {
  return { references };
}

function configured(type: string, name: string, expressions: JsonObject, others: JsonObject = {}): JsonObject {
  return { address: `${type}.${name}`, mode: 'managed', type, name, provider_config_key: 'aws', expressions, schema_version: 0, ...others };
}

function plan(resources: readonly Planned[], configuration: JsonObject): JsonObject {
  const modules = [...new Set(resources.flatMap(({ module }) => module ?? []))];
  const of = (module?: string) => resources.filter(candidate => candidate.module === module).map(({ resource }) => resource);
  return {
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: { resources: of(), child_modules: modules.map(address => ({ address, resources: of(address) })) } },
    resource_changes: resources.map(({ resource, unknown }) => ({
      address: resource.address,
      mode: 'managed',
      type: resource.type,
      name: resource.name,
      change: { actions: ['create'], before: null, after: resource.values, after_unknown: unknown, before_sensitive: false, after_sensitive: {} },
    })),
    configuration: { provider_config: { aws: { name: 'aws' } }, root_module: configuration },
  };
}

const OF_WINDOW = from(`${WINDOW}.this.id`, `${WINDOW}.this`);
const OF_TARGET = from(`${TARGET}.this.id`, `${TARGET}.this`);
const TARGETS = (values: Json) => [{ key: { constant_value: 'WindowTargetIds' }, values }];

describe('references of a plan', () => {
  test('to what is made by it', () => {
    const model = read(plan([window(), target(), task()], {
      resources: [
        configured(WINDOW, 'this', { cutoff: { constant_value: 1 } }),
        configured(TARGET, 'this', { window_id: OF_WINDOW, targets: [{ key: { constant_value: 'tag:a' }, values: { constant_value: ['b'] } }] }),
        configured(TASK, 'this', { window_id: OF_WINDOW, targets: TARGETS(OF_TARGET) }, { depends_on: [`${TARGET}.this`, 'aws_iam_role.tasks', `${TASK}.this`] }),
      ],
    }), NAME);
    expect(propertiesOf(model)).toEqual({
      [`${WINDOW}.this`]: { Name: 'patching', Schedule: 'rate(7 days)', Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false },
      [`${TARGET}.this`]: { Name: 'servers', ResourceType: 'INSTANCE', Targets: [{ Key: 'tag:a', Values: ['b'] }], WindowId: { Ref: `${WINDOW}.this` } },
      [`${TASK}.this`]: {
        Name: 'run',
        TaskArn: 'AWS-UpdateSSMAgent',
        TaskType: 'RUN_COMMAND',
        ServiceRoleArn: ROLE,
        Priority: 1,
        MaxConcurrency: '1',
        MaxErrors: '0',
        Targets: [{ Key: 'WindowTargetIds', Values: [{ Ref: `${TARGET}.this` }] }],
        WindowId: { Ref: `${WINDOW}.this` },
      },
    });
    expect(model.entities.map(({ physicalId, physicalWindowId, attributes }) => [physicalId, physicalWindowId, attributes])).toEqual([
      [undefined, undefined, {}], [undefined, undefined, {}], [undefined, undefined, { DependsOn: [`${TARGET}.this`] }],
    ]);
    expect(saidOf(model)).toEqual([`${NAME}, ${TASK}.this: not carried: depends_on aws_iam_role.tasks: it is not imported`]);
    expect(proven(model)).toMatchObject({ className: 'PatchingStack', mistakes: new Map() });
  });

  test('to what is there already, beside what is made', () => {
    const model = read(plan([
      planned(WINDOW, 'this', { ...WINDOW_VALUES, id: WINDOW_ID, tags_all: { a: 'b' } }, {}),
      planned(TARGET, 'this', { ...TARGET_VALUES, id: TARGET_ID, window_id: WINDOW_ID }, {}),
      planned(TARGET, 'new', { ...TARGET_VALUES, window_id: WINDOW_ID }, { id: true }),
      task({ window_id: WINDOW_ID, targets: [{ key: 'WindowTargetIds', values: [TARGET_ID, null] }] }, { window_id: false, targets: [{ values: [false, true] }] }),
    ], { resources: [configured(TASK, 'this', { targets: TARGETS(from(`${TARGET}.this.id`, `${TARGET}.this`, `${TARGET}.new.id`, `${TARGET}.new`)) })] }), NAME);
    expect(model.entities.map(({ physicalId, physicalWindowId, properties }) => [physicalId, physicalWindowId, properties.WindowId])).toEqual([
      [WINDOW_ID, undefined, undefined],
      [TARGET_ID, WINDOW_ID, { Ref: `${WINDOW}.this` }],
      [undefined, WINDOW_ID, { Ref: `${WINDOW}.this` }],
      [undefined, WINDOW_ID, { Ref: `${WINDOW}.this` }],
    ]);
    expect(model.entities[3].properties.Targets).toEqual([{ Key: 'WindowTargetIds', Values: [{ Ref: `${TARGET}.this` }, { Ref: `${TARGET}.new` }] }]);
    expect(model.entities[0].properties.Tags).toEqual([{ Key: 'a', Value: 'b' }]);
    expect(saidOf(model)).toEqual([]);
    proven(model);
  });

  test('with keys and numbers', () => {
    const model = read(plan([
      window('a'), window('b'), target('a'), target('b'), target('b', undefined, 'chained'), target(0, undefined, 'counted'), target(1, undefined, 'counted'),
      task({ targets: [{ key: 'WindowTargetIds', values: [null, null] }] }, { targets: [{ values: [true, true] }] }, 0),
      task({ targets: [{ key: 'WindowTargetIds' }] }, { targets: [{ values: true }] }, 1),
    ], {
      resources: [
        configured(WINDOW, 'this', {}, { for_each_expression: from('local.windows') }),
        configured(TARGET, 'this', { window_id: from(`${WINDOW}.this`, 'each.key') }, { for_each_expression: from('local.windows') }),
        configured(TARGET, 'chained', { window_id: from('each.value.id', 'each.value') }, { for_each_expression: from(`${WINDOW}.this`) }),
        configured(TARGET, 'counted', { window_id: from(`${WINDOW}.this["b"].id`, `${WINDOW}.this["b"]`, `${WINDOW}.this`) }, { count_expression: { constant_value: 2 } }),
        configured(TASK, 'this', {
          window_id: from(`${WINDOW}.this["b"].id`, `${WINDOW}.this["b"]`, `${WINDOW}.this`), targets: TARGETS(from(`${TARGET}.counted`)),
        }, { count_expression: { constant_value: 2 } }),
      ],
    }), NAME);
    const both = [{ Key: 'WindowTargetIds', Values: [{ Ref: `${TARGET}.counted[0]` }, { Ref: `${TARGET}.counted[1]` }] }];
    expect(model.entities.slice(2).map(({ key, properties }) => [key, properties.WindowId])).toEqual([
      [`${TARGET}.this["a"]`, { Ref: `${WINDOW}.this["a"]` }],
      [`${TARGET}.this["b"]`, { Ref: `${WINDOW}.this["b"]` }],
      [`${TARGET}.chained["b"]`, { Ref: `${WINDOW}.this["b"]` }],
      [`${TARGET}.counted[0]`, { Ref: `${WINDOW}.this["b"]` }],
      [`${TARGET}.counted[1]`, { Ref: `${WINDOW}.this["b"]` }],
      [`${TASK}.this[0]`, { Ref: `${WINDOW}.this["b"]` }],
      [`${TASK}.this[1]`, { Ref: `${WINDOW}.this["b"]` }],
    ]);
    expect(model.entities.slice(7).map(({ properties }) => properties.Targets)).toEqual([both, both]);
    expect(saidOf(model)).toEqual([]);
    expect(sourceOf(proven(model))).toContain('.addRunCommandTask(');
  });

  test('through modules, their variables and outputs', () => {
    const keyed = 'module.windows["a"]';
    const model = read(plan([
      window(undefined, keyed), window(undefined, 'module.windows["b"]'), target('a'),
      target(undefined, 'module.targets'), task({}, {}, undefined, 'module.targets'), task(),
    ], {
      resources: [
        configured(TARGET, 'this', { window_id: from('module.windows', 'each.key') }, { for_each_expression: from('local.all') }),
        configured(TASK, 'this', {
          window_id: from(`${keyed}.window_id`, keyed, 'module.windows'), targets: TARGETS(from('module.targets.all["x"]', 'module.targets.all', 'module.targets')),
        }),
      ],
      module_calls: {
        windows: {
          source: './windows',
          for_each_expression: from('local.all'),
          module: {
            outputs: { window_id: { expression: OF_WINDOW }, name: { expression: from(`${WINDOW}.this.name`, `${WINDOW}.this`) } },
            resources: [configured(WINDOW, 'this', {})],
          },
        },
        targets: {
          source: './targets',
          expressions: { window: from(`${keyed}.window_id`, keyed, 'module.windows'), object: from(`${keyed}.window_id`, keyed, 'module.windows', 'local.x') },
          module: {
            outputs: { all: { expression: from(`${TARGET}.this.id`, `${TARGET}.this`, 'local.x') } },
            resources: [
              configured(TARGET, 'this', { window_id: from('var.window') }),
              configured(TASK, 'this', { window_id: from('var.object.id', 'var.object'), targets: TARGETS(OF_TARGET) }),
            ],
            variables: { window: {}, object: {} },
          },
        },
      },
    }), NAME);
    expect(model.entities.filter(({ kind }) => kind !== 'window').map(({ key, properties }) => [key, properties.WindowId])).toEqual([
      [`${TARGET}.this["a"]`, { Ref: `${keyed}.${WINDOW}.this` }],
      [`${TASK}.this`, { Ref: `${keyed}.${WINDOW}.this` }],
      [`module.targets.${TARGET}.this`, { Ref: `${keyed}.${WINDOW}.this` }],
      [`module.targets.${TASK}.this`, { Ref: `${keyed}.${WINDOW}.this` }],
    ]);
    expect(propertiesOf(model)[`${TASK}.this`].Targets).toEqual([{ Key: 'WindowTargetIds', Values: [{ Ref: `module.targets.${TARGET}.this` }] }]);
    expect(saidOf(model)).toEqual([]);
    proven(model);
  });
});

describe('what is known after apply', () => {
  const of = (key: string) => `${NAME}, ${key}: `;

  test('becomes a parameter', () => {
    const model = read(plan([
      planned(WINDOW, 'this', { ...WINDOW_VALUES, tags: { a: 'b' }, tags_all: { a: 'b' } }, { id: true, tags: { c: true }, tags_all: { c: true } }),
      task({
        targets: [{ key: 'InstanceIds', values: [null, 'i-0123456789abcdef0'] }],
        task_invocation_parameters: [{
          run_command_parameters: [{
            cloudwatch_config: [{ cloudwatch_output_enabled: true }],
            parameter: [{ name: 'b', values: ['x'] }, { name: 'a', values: [null] }],
            notification_config: [{ notification_events: ['All'], notification_type: 'Command' }],
          }],
        }],
      }, {
        service_role_arn: true,
        max_concurrency: true,
        targets: [{ values: [true, false] }],
        task_invocation_parameters: [{
          run_command_parameters: [{
            cloudwatch_config: [{ cloudwatch_log_group_name: true }],
            notification_config: [{ notification_arn: true, notification_events: [false] }],
            parameter: [{ values: [false] }, { values: [true] }],
            output_s3_bucket: true,
          }],
        }],
      }),
    ], {
      resources: [
        configured(WINDOW, 'this', { tags: from('aws_vpc.main.id', 'aws_vpc.main') }),
        configured(TASK, 'this', {
          service_role_arn: from('aws_iam_role.tasks.arn', 'aws_iam_role.tasks'),
          window_id: from('data.aws_ssm_maintenance_windows.all.ids', 'data.aws_ssm_maintenance_windows.all'),
          targets: [{ key: { constant_value: 'InstanceIds' }, values: from('aws_instance.web.id', 'aws_instance.web') }],
          task_invocation_parameters: [{
            run_command_parameters: [{
              cloudwatch_config: [{ cloudwatch_output_enabled: { constant_value: true } }],
              output_s3_bucket: from('var.bucket'),
              parameter: [
                { name: { constant_value: 'a' }, values: from('aws_instance.web.id', 'aws_instance.web') },
                { name: { constant_value: 'b' }, values: { constant_value: ['x'] } },
              ],
            }],
          }],
        }),
      ],
    }), NAME);
    expect(propertiesOf(model)[`${WINDOW}.this`].Tags).toEqual([{ Key: 'a', Value: 'b' }, { Key: 'c', Value: { Ref: 'MainId' } }]);
    expect(propertiesOf(model)[`${TASK}.this`]).toMatchObject({
      WindowId: { Ref: 'AllIds' },
      ServiceRoleArn: { Ref: 'TasksArn' },
      Targets: [{ Key: 'InstanceIds', Values: [{ Ref: 'WebId' }, 'i-0123456789abcdef0'] }],
      TaskInvocationParameters: {
        MaintenanceWindowRunCommandParameters: {
          CloudWatchOutputConfig: { CloudWatchOutputEnabled: true },
          NotificationConfig: { NotificationArn: { Ref: 'ThisTaskInvocationParametersRunCommandParametersNotificationConfigNotificationArn' }, NotificationEvents: ['All'] },
          OutputS3BucketName: { Ref: 'Bucket' },
          Parameters: { a: [{ Ref: 'WebId2' }], b: ['x'] },
        },
      },
    });
    // what the provider computes has no expression
    expect(propertiesOf(model)[`${TASK}.this`]).not.toHaveProperty('MaxConcurrency');
    expect(model.standIns.map(({ description }) => description)).toEqual([
      `tags_all.c of ${WINDOW}.this, from aws_vpc.main.id`,
      `service_role_arn of ${TASK}.this, from aws_iam_role.tasks.arn`,
      `targets.values[0] of ${TASK}.this, from aws_instance.web.id`,
      `task_invocation_parameters.run_command_parameters.parameter.values[0] of ${TASK}.this, from aws_instance.web.id`,
      `task_invocation_parameters.run_command_parameters.notification_config.notification_arn of ${TASK}.this`,
      `task_invocation_parameters.run_command_parameters.output_s3_bucket of ${TASK}.this, from var.bucket`,
      `window_id of ${TASK}.this, from data.aws_ssm_maintenance_windows.all.ids`,
    ]);
    expect(saidOf(model)[2]).toBe(`${of(`${TASK}.this`)}targets.values[0] (from aws_instance.web.id) is known after apply, so it became the parameter WebId`);
    expect(saidOf(model)[4]).toBe(`${of(`${TASK}.this`)}task_invocation_parameters.run_command_parameters.notification_config.notification_arn `
      + 'is known after apply, so it became the parameter ThisTaskInvocationParametersRunCommandParametersNotificationConfigNotificationArn');
    expect(model.notCarried).toEqual([]);
    proven(model);
  });

  test('is one parameter for all keys, unless it has one for each', () => {
    const role = (...references: string[]) => [configured(TASK, 'this', { service_role_arn: from(...references), window_id: from('var.window') })];
    const tasks = ['a', 'b'].map(index => task({ targets: [] }, { service_role_arn: true, window_id: true, targets: [] }, index));
    const arns = (...references: string[]) => (
      read(plan(tasks, { resources: role(...references) }), NAME).entities.map(({ properties }) => properties.ServiceRoleArn));
    expect(arns('aws_iam_role.r.arn', 'aws_iam_role.r')).toEqual([{ Ref: 'RArn' }, { Ref: 'RArn' }]);
    expect(arns('aws_iam_role.r', 'each.key')).toEqual([{ Ref: 'R' }, { Ref: 'R2' }]);
    expect(arns('each.value')).toEqual([{ Ref: 'ThisServiceRoleArn' }, { Ref: 'ThisServiceRoleArn2' }]);
  });

  test('may be a block, which is not carried, or the default tags', () => {
    const model = read(plan([
      planned(WINDOW, 'this', { ...WINDOW_VALUES, tags: { a: 'b' } }, { id: true, tags: { c: true }, tags_all: true }),
      task({ window_id: 'mw-foreign' }, { window_id: false, targets: true }),
    ], { resources: [configured(WINDOW, 'this', { tags: from('local.x') }), configured(TASK, 'this', { targets: from('local.targets') })] }), NAME);
    expect(model.entities[0].properties.Tags).toEqual([{ Key: 'a', Value: 'b' }, { Key: 'c', Value: { Ref: 'X' } }]);
    expect(model.notCarried).toEqual([
      {
        place: `${NAME}, ${WINDOW}.this`,
        what: 'the default tags of the provider',
        reason: 'tags_all is known after apply, so only the tags of the resource are imported',
      },
      {
        place: `${NAME}, ${TASK}.this`,
        what: 'targets',
        reason: 'must be known here, got targets (from local.targets), run terraform show -json of the plan',
      },
      {
        place: `${NAME}, ${TASK}.this`,
        what: 'MaxConcurrency and MaxErrors',
        reason: 'a placeholder that the service reports for a task without targets and refuses when it is set',
      },
    ]);
  });

  test.each<[string, JsonObject]>([
    ['a plan without its configuration', {}],
    ['a variable of nobody', { resources: [configured(TARGET, 'this', { window_id: from('var.constructor') })] }],
    ['a module of nobody', { resources: [configured(TARGET, 'this', { window_id: from('module.toString.valueOf', 'module.toString') })] }],
    ['a resource of a name like a member', { resources: [configured(TARGET, 'this', { window_id: from('constructor.name') })] }],
    ['another attribute', { resources: [configured(TARGET, 'this', { window_id: from(`${WINDOW}.this.arn`, `${WINDOW}.this`) })] }],
    ['two of them', { resources: [configured(TARGET, 'this', { window_id: from(`${WINDOW}.this`) })] }],
    ['a key that is missing', { resources: [configured(TARGET, 'this', { window_id: from(`${WINDOW}.this["c"].id`) })] }],
    ['what is no reference', { resources: [configured(TARGET, 'this', { window_id: { references: [1, null, '', '[', 'each'] } })] }],
    ['a target', { resources: [configured(TARGET, 'this', { window_id: OF_TARGET })] }],
    ['a circle', {
      resources: [configured(TARGET, 'this', { window_id: from('module.m.out', 'module.m') })],
      module_calls: { m: { expressions: { v: from('module.m.out', 'module.m', 'module.m.out') }, module: { outputs: { out: { expression: from('var.v', 'var.v') } } } } },
    }],
  ])('as %s', (_, configuration) => {
    const model = read(plan([window('a'), window('b'), target()], configuration), NAME);
    expect(model.entities[2].properties.WindowId).toEqual({ Ref: model.standIns[0].parameter });
    expect(model.standIns).toHaveLength(1);
    expect(model.remarks).toHaveLength(1);
    proven(model);
  });

  test('through more modules than anybody has', () => {
    const variables = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`v${index}`, from(`module.m.o${index + 1}`, 'module.m')]));
    const outputs = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`o${index}`, { expression: from(`var.v${index}`) }]));
    const model = read(plan([window(), target()], {
      resources: [configured(TARGET, 'this', { window_id: from('module.m.o0', 'module.m') })],
      module_calls: { m: { expressions: variables, module: { outputs } } },
    }), NAME);
    expect(model.entities[1].properties.WindowId).toEqual({ Ref: 'MO0' });
  });
});

test('resources that are deleted are left out', () => {
  const content = plan([window()], {});
  const change = { actions: ['delete'], before: WINDOW_VALUES, after: null, after_unknown: {} };
  const deleted = { address: `${WINDOW}.old`, mode: 'managed', type: WINDOW, name: 'old', change };
  const model = read({
    ...content,
    resource_changes: [...content.resource_changes as Json[], deleted],
    prior_state: { format_version: '1.0', values: { root_module: { resources: [instance(WINDOW, 'old', WINDOW_VALUES)] } } },
  }, NAME);
  expect(model.entities.map(({ key }) => key)).toEqual([`${WINDOW}.this`]);
});
