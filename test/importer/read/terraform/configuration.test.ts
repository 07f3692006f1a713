import { propertiesOf, proven, read, ROLE, saidOf, TARGET, TASK, WINDOW } from './support';
import type { Json, JsonObject } from '../../../../src/importer/json';
import { sourceOf } from '../../run-program';

const NAME = 'cdk.tf.json';
const BASIC: JsonObject = { name: 'patching', schedule: 'cron(0 4 ? * SUN *)', duration: 3, cutoff: 1 };
const WINDOW_PROPERTIES = { Name: 'patching', Schedule: 'cron(0 4 ? * SUN *)', Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false };
const BY_TAG = [{ key: 'tag:Patch', values: ['yes'] }];
const AGENT: JsonObject = { task_type: 'RUN_COMMAND', task_arn: 'AWS-UpdateSSMAgent', max_concurrency: '1', max_errors: '0', service_role_arn: ROLE };

function readAll(resource: JsonObject, others: JsonObject = {}) {
  return read({ '//': { metadata: { backend: 'local' } }, ...others, resource }, NAME);
}

function lone(body: JsonObject, others: JsonObject = {}) {
  return readAll({ [WINDOW]: { this: { ...BASIC, ...body } } }, others);
}

describe('a configuration as CDKTF writes it', () => {
  const content: JsonObject = {
    '//': { metadata: { backend: 'local', stackName: 'patching', version: '0.21.0' }, outputs: {} },
    'provider': { aws: [{ region: 'eu-west-1', default_tags: [{ tags: { team: 'ops', env: 'none' } }] }] },
    'terraform': { backend: { local: { path: 'terraform.tfstate' } }, required_providers: { aws: { source: 'aws', version: '6.0.0' } } },
    'resource': {
      aws_iam_role: { tasks: { assume_role_policy: '{}' } },
      [WINDOW]: {
        weekly_F00: { '//': { metadata: { path: 'patching/Weekly', uniqueId: 'weekly_F00' } }, ...BASIC, 'tags': { env: 'prod' }, 'allow_unassociated_targets': true },
      },
      [TARGET]: {
        servers: {
          '//': { metadata: { path: 'patching/Servers', uniqueId: 'servers' } },
          'resource_type': 'INSTANCE',
          'targets': BY_TAG,
          'window_id': `\${${WINDOW}.weekly_F00.id}`,
        },
      },
      [TASK]: {
        run: {
          '//': { metadata: { path: 'patching/run', uniqueId: 'run' } },
          'depends_on': [`${TARGET}.servers`, 'aws_iam_role.tasks'],
          'lifecycle': { prevent_destroy: true },
          'task_type': 'RUN_COMMAND',
          'task_arn': 'AWS-RunShellScript',
          'service_role_arn': '${aws_iam_role.tasks.arn}',
          'max_concurrency': '50%',
          'max_errors': '1',
          'priority': 2,
          'targets': [{ key: 'WindowTargetIds', values: [`\${${TARGET}.servers.id}`] }],
          'window_id': `\${${WINDOW}.weekly_F00.id}`,
          'task_invocation_parameters': {
            run_command_parameters: {
              comment: `of \${${WINDOW}.weekly_F00.name} in \${data.aws_region.current.name}$\${x}`,
              output_s3_bucket: '${aws_s3_bucket.out.id}',
              parameter: [{ name: 'commands', values: [`echo \${${WINDOW}.weekly_F00.id}`] }],
            },
          },
        },
      },
    },
    'data': { aws_region: { current: {} } },
    'output': { id: { value: `\${${WINDOW}.weekly_F00.id}` }, other: { value: 'x' } },
  };
  const model = read(content, NAME);
  const [window, target, task] = [`${WINDOW}.weekly_F00`, `${TARGET}.servers`, `${TASK}.run`];

  test('is named by its paths', () => {
    expect(model.entities.map(({ key, name, place, physicalId }) => [key, name, place, physicalId])).toEqual([
      [window, 'Weekly', `${NAME}, ${window}`, undefined],
      [target, 'Servers', `${NAME}, ${target}`, undefined],
      [task, 'run', `${NAME}, ${task}`, undefined],
    ]);
    expect(model.entities.map(({ attributes }) => attributes)).toEqual([{}, {}, { DependsOn: [target] }]);
    expect(proven(model)).toMatchObject({ className: 'WeeklyStack', mistakes: new Map() });
  });

  test('has references', () => {
    expect(propertiesOf(model)).toEqual({
      [window]: { ...WINDOW_PROPERTIES, AllowUnassociatedTargets: true, Tags: [{ Key: 'env', Value: 'prod' }, { Key: 'team', Value: 'ops' }] },
      [target]: { ResourceType: 'INSTANCE', Targets: [{ Key: 'tag:Patch', Values: ['yes'] }], WindowId: { Ref: window } },
      [task]: {
        TaskType: 'RUN_COMMAND',
        TaskArn: 'AWS-RunShellScript',
        ServiceRoleArn: { Ref: 'TasksArn' },
        MaxConcurrency: '50%',
        MaxErrors: '1',
        Priority: 2,
        Targets: [{ Key: 'WindowTargetIds', Values: [{ Ref: target }] }],
        WindowId: { Ref: window },
        TaskInvocationParameters: {
          MaintenanceWindowRunCommandParameters: {
            Comment: { 'Fn::Join': ['', ['of patching in ', { Ref: 'CurrentName' }, '${x}']] },
            OutputS3BucketName: { Ref: 'OutId' },
            Parameters: { commands: [{ 'Fn::Join': ['', ['echo ', { Ref: window }]] }] },
          },
        },
      },
    });
  });

  test('says what it lacks', () => {
    expect(model.standIns).toEqual([
      { parameter: 'TasksArn', description: '${aws_iam_role.tasks.arn}' },
      { parameter: 'CurrentName', description: '${data.aws_region.current.name}' },
      { parameter: 'OutId', description: '${aws_s3_bucket.out.id}' },
    ]);
    expect(saidOf(model)).toEqual([
      `${NAME}: only windows, targets and tasks are imported, 1 other resource stays in Terraform: aws_iam_role.tasks`,
      `${NAME}, ${task}: \${aws_iam_role.tasks.arn} is known to Terraform only, so it became the parameter TasksArn`,
      `${NAME}, ${task}: \${data.aws_region.current.name} is known to Terraform only, so it became the parameter CurrentName`,
      `${NAME}, ${task}: \${aws_s3_bucket.out.id} is known to Terraform only, so it became the parameter OutId`,
      `${NAME}, ${task}: not carried: lifecycle: it rules what Terraform does, CloudFormation has policies of its own`,
      `${NAME}, ${task}: not carried: depends_on aws_iam_role.tasks: it is not imported`,
      `${NAME}, data.aws_region.current: not carried: the data source: run terraform show -json of the plan`,
      `${NAME}, output.id: not carried: the output: outputs are not imported, add a CfnOutput to the program`,
    ]);
  });
});

describe('windows', () => {
  test.each<[string, JsonObject, JsonObject]>([
    ['with what is required', {}, {}],
    ['with texts as numbers', { duration: '3', cutoff: '1' }, { Duration: '3', Cutoff: '1' }],
    [
      'with all arguments', {
        description: 'a',
        schedule_timezone: 'Europe/Berlin',
        schedule_offset: 1,
        schedule: 'cron(0 4 ? * TUE#2 *)',
        start_date: '2029-01-01T00:00:00Z',
        end_date: '2030-01-01T00:00:00+01:00',
      }, {
        Description: 'a',
        ScheduleTimezone: 'Europe/Berlin',
        ScheduleOffset: 1,
        Schedule: 'cron(0 4 ? * TUE#2 *)',
        StartDate: '2029-01-01T00:00:00Z',
        EndDate: '2030-01-01T00:00:00+01:00',
      },
    ],
    ['with tags', { tags: { b: 1, a: true } }, { Tags: [{ Key: 'a', Value: true }, { Key: 'b', Value: 1 }] }],
    ['with nothing', { description: null, start_date: '', tags: {} }, {}],
  ])('%s', (_, body, properties) => {
    const model = lone(body);
    expect(propertiesOf(model)).toEqual({ [`${WINDOW}.this`]: { ...WINDOW_PROPERTIES, ...properties } });
    expect(saidOf(model)).toEqual([]);
    proven(model);
  });

  test.each<Json>([false, 'false', '${var.on}'])('that are disabled by %j', (enabled) => {
    const model = lone({ enabled }, { variable: { on: { default: false } } });
    expect(model.entities[0].enabled).toBe(false);
    expect(saidOf(model).filter((line) => line.includes('nabled'))).toEqual([]);
    proven(model);
  });

  test('that may be disabled', () => {
    const model = lone({ enabled: '${var.on}' }, { variable: { on: {} } });
    expect([model.entities[0].enabled, model.standIns, ...saidOf(model)]).toEqual([
      undefined,
      [],
      `${NAME}, ${WINDOW}.this: not carried: enabled: \${var.on}: `
      + 'it is not known here; the window stays as it is until it is enabled or disabled by hand',
    ]);
  });

  test('with the tags of a provider of another name', () => {
    const model = lone({ provider: 'aws.other', tags: { a: '1' } }, {
      provider: [{ aws: [{ region: 'x', default_tags: { tags: { b: '2' } } }, { alias: 'other', default_tags: { tags: { c: '3' } } }] }],
    });
    expect(model.entities[0].properties.Tags).toEqual([{ Key: 'a', Value: '1' }, { Key: 'c', Value: '3' }]);
    expect(saidOf(model)).toEqual([`${NAME}, ${WINDOW}.this: not carried: provider: the stack says the account and the region`]);
  });

  test('with arguments of Terraform', () => {
    const model = lone({ provisioner: [{ 'local-exec': { command: 'ls' } }], connection: {}, timeouts: {}, dynamic: { tags: {} }, lifecycle: null, constructor: 'x' });
    expect(saidOf(model)).toEqual([
      `${NAME}, ${WINDOW}.this: not carried: provisioner: Terraform runs it on its machine, CloudFormation runs nothing`,
      `${NAME}, ${WINDOW}.this: not carried: connection: Terraform runs provisioners with it, CloudFormation runs nothing`,
      `${NAME}, ${WINDOW}.this: not carried: timeouts: CloudFormation has timeouts of its own`,
      `${NAME}, ${WINDOW}.this: not carried: dynamic: what a dynamic block makes is known to Terraform only, run terraform show -json of the plan`,
      `${NAME}, ${WINDOW}.this: not carried: constructor: has no place in CloudFormation`,
    ]);
  });
});

describe('expressions', () => {
  const others: JsonObject = {
    variable: { name: [{ default: 'named' }], open: { description: 'the time zone' }, none: {}, list: { default: ['a', 'b'] }, map: { default: { a: { b: 'c' } } } },
    locals: [{ text: 'x-${local.list[1]}', list: ['p', '${var.name}'], tags: { 'a': '${local.text}', '//': 'b' } }, { 'quoted-name': '${"a${1}\\n"}' }],
  };

  test.each<[Json, Json]>([
    ['${var.name}', 'named'],
    ['a ${var.name} b', 'a named b'],
    ['${local.text}', 'x-named'],
    ['${local.list[0]}${local.list.1}', 'pnamed'],
    ['${var.map["a"].b}${var.map.a["b"]}', 'cc'],
    ['${local.quoted-name}', 'a1\n'],
    ['$${var.name} %%{x}', '${var.name} %{x}'],
    ['${"\\u0041\\""}', 'A"'],
    ['${true} ${ 1.5 } ${-2}', 'true 1.5 -2'],
    [`\${${WINDOW}.this.name}`, 'patching'],
  ])('%j is %j', (description, expected) => {
    const model = lone({ description }, others);
    expect(model.entities[0].properties.Description).toEqual(expected);
    expect(model.standIns).toEqual([]);
    proven(model);
  });

  test.each<[string, string, string, string?]>([
    ['${var.open}', 'Open', 'the time zone', '${var.open}'],
    ['${var.none}', 'None', '${var.none}'],
    ['${upper(var.name)}', 'Description', '${upper(var.name)}'],
    ['${var.name == "a" ? 1 : 2}', 'Description', '${var.name == "a" ? 1 : 2}'],
    ['%{ if true }a%{ endif }', 'Description', '%{ if true }a%{ endif }'],
    ['${unfinished', 'Description', '${unfinished'],
    ['${"unfinished}', 'Description', '${"unfinished}'],
    ['${[for x in var.list : x]}', 'Description', '${[for x in var.list : x]}'],
    ['${var.list[7]}', 'List', '${var.list[7]}'],
    ['${var.map.constructor}', 'MapConstructor', '${var.map.constructor}'],
    ['${var.constructor}', 'Constructor', '${var.constructor}'],
    ['${local.__proto__}', 'Proto', '${local.__proto__}'],
    ['${constructor.prototype}', 'Prototype', '${constructor.prototype}'],
    ['${each.key}', 'Description', '${each.key}'],
    ['${count.index}', 'Description', '${count.index}'],
    ['${path.module}', 'Description', '${path.module}'],
    ['${terraform.workspace}', 'Description', '${terraform.workspace}'],
    ['${module.a.b_c}', 'ABC', '${module.a.b_c}'],
    ['${}', 'Description', '${}'],
    [`\${${'['.repeat(200)}}`, 'Description', `\${${'['.repeat(198)}…`, `\${${'['.repeat(198)}…`],
    [`\${${WINDOW}.this.future}`, 'ThisFuture', `\${${WINDOW}.this.future}`],
    [`\${${WINDOW}.this[*].tags["a"]}`, 'ThisTags', `\${${WINDOW}.this[*].tags["a"]}`],
  ])('%j becomes the parameter %s', (text, parameter, description, shown = description) => {
    const model = lone({ description: text }, others);
    expect(model.entities[0].properties.Description).toEqual({ Ref: parameter });
    expect(model.standIns).toEqual([{ parameter, description }]);
    expect(saidOf(model).filter(said => !said.includes('the default of'))).toEqual([
      `${NAME}, ${WINDOW}.this: ${shown} is known to Terraform only, so it became the parameter ${parameter}`,
    ]);
    proven(model);
  });

  test('take the default of a variable, which is said once', () => {
    expect(saidOf(lone({ description: '${var.name}', name: '${var.name}' }, others))).toEqual([
      `${NAME}, var.name: the default of the variable is taken; if it is given another value, give the plan`,
    ]);
  });

  test('make maps and lists', () => {
    const model = readAll({
      [WINDOW]: { this: { ...BASIC, tags: '${local.tags}' } },
      [TARGET]: { this: { window_id: `\${${WINDOW}.this.id}`, resource_type: 'INSTANCE', targets: { key: 'tag:a', values: '${tolist(["x", var.name,])}' } } },
      [TASK]: {
        this: {
          ...AGENT,
          window_id: `\${${WINDOW}.this.id}`,
          targets: [{ key: 'InstanceIds', values: ['${aws_instance.a.id}', '${aws_instance.a.id}'] }],
          name: 'a-${aws_instance.a.id}',
        },
      },
    }, others);
    const [window, target, task] = model.entities;
    expect(window.properties.Tags).toEqual([{ Key: '//', Value: 'b' }, { Key: 'a', Value: 'x-named' }]);
    expect(target.properties.Targets).toEqual([{ Key: 'tag:a', Values: ['x', 'named'] }]);
    expect(task.properties).toMatchObject({ Targets: [{ Key: 'InstanceIds', Values: [{ Ref: 'AId' }, { Ref: 'AId' }] }], Name: { 'Fn::Join': ['', ['a-', { Ref: 'AId' }]] } });
    proven(model);
  });

  test('in place of numbers, booleans and types are proven', () => {
    const open = (...names: string[]) => Object.fromEntries(names.map(name => [name, `\${var.${name}}`]));
    const model = readAll({
      [WINDOW]: {
        this: open('name', 'schedule', 'duration', 'cutoff', 'allow_unassociated_targets', 'schedule_offset', 'schedule_timezone', 'start_date', 'end_date'),
      },
      [TARGET]: { this: { ...open('resource_type', 'name'), window_id: `\${${WINDOW}.this.id}`, targets: [{ key: '${var.key}', values: ['${var.value}'] }] } },
      [TASK]: {
        this: { ...open('task_type', 'task_arn', 'priority', 'max_concurrency', 'max_errors'), window_id: `\${${WINDOW}.this.id}`, targets: BY_TAG },
        run: {
          ...AGENT,
          window_id: `\${${WINDOW}.this.id}`,
          targets: [{ key: 'WindowTargetIds', values: [`\${${TARGET}.this.id}`] }],
          task_invocation_parameters: {
            run_command_parameters: {
              ...open('timeout_seconds', 'comment'),
              cloudwatch_config: open('cloudwatch_output_enabled'),
              notification_config: open('notification_arn', 'notification_events'),
            },
          },
        },
      },
    });
    expect(model.standIns).toHaveLength(22);
    expect(saidOf(model)).toHaveLength(22);
    proven(model);
  });

  test('in place of blocks and maps are not carried, in place of lists are one text', () => {
    const model = readAll({
      [WINDOW]: { this: { ...BASIC, tags: '${merge(local.a, local.b)}' } },
      [TASK]: {
        this: {
          ...AGENT,
          window_id: '${var.none}',
          targets: [{ key: 'InstanceIds', values: '${data.aws_instances.all.ids}' }, '${var.none}'],
          task_invocation_parameters: { run_command_parameters: '${var.none}', lambda_parameters: { payload: '${var.none}' } },
        },
      },
    }, others);
    expect(model.entities[1].properties).toMatchObject({
      WindowId: { Ref: 'None' },
      Targets: [{ Key: 'InstanceIds', Values: [{ Ref: 'AllIds' }] }],
      TaskInvocationParameters: { MaintenanceWindowLambdaParameters: { Payload: { 'Fn::Base64': { Ref: 'None' } } } },
    });
    expect(model.notCarried).toEqual([
      { place: `${NAME}, ${WINDOW}.this`, what: 'tags_all', reason: 'must be known here, got ${merge(local.a, local.b)}, run terraform show -json of the plan' },
      { place: `${NAME}, ${TASK}.this`, what: 'targets[1]', reason: 'must be known here, got ${var.none}, run terraform show -json of the plan' },
      { place: `${NAME}, ${TASK}.this`, what: 'task_invocation_parameters.run_command_parameters', reason: 'must be known here, got ${var.none}, run terraform show -json of the plan' },
    ]);
    proven(model);
  });

  test.each<[string, JsonObject, string]>([
    ['a local value', { locals: { a: '${local.b}', b: ['${local.a}'] } }, `${NAME}, ${WINDOW}.this: must not refer to itself, got more than 100 values one inside the other, fix it`],
    ['many local values', { locals: Object.fromEntries(Array.from({ length: 30 }, (_, index) => [index === 0 ? 'a' : `l${index}`, `\${local.l${index + 1}}`.repeat(2)])) },
      `${NAME}, ${WINDOW}.this: must not make more than 100000 values, got more, split the configuration`],
  ])('in a circle fail: %s', (_, definitions, message) => {
    expect(() => lone({ description: '${local.a}' }, definitions)).toThrow(new Error(message));
  });

  test.each<[string, JsonObject]>([
    ['an attribute', { description: `\${${WINDOW}.this.description}` }],
    ['the keys', { for_each: `\${${WINDOW}.this}` }],
    ['the number', { count: `\${${WINDOW}.this[0].count}` }],
  ])('of a resource itself fail: %s', (_, body) => {
    expect(() => lone(body)).toThrow(new Error(`${NAME}, ${WINDOW}.this: must not refer to itself, got more than 100 values one inside the other, fix it`));
  });
});

describe('several resources of a block', () => {
  test('for each key of a map', () => {
    const model = readAll({
      [WINDOW]: {
        this: {
          '//': { metadata: { path: 'app/Win' } },
          ...BASIC,
          'for_each': { prod: { schedule: 'rate(7 days)', __proto__: 1 }, dev: { schedule: 'rate(1 day)' } },
          'name': 'w-${each.key}',
          'schedule': '${each.value.schedule}',
          'description': '${lower(each.key)}',
        },
      },
      [TARGET]: {
        this: { for_each: `\${${WINDOW}.this}`, window_id: '${each.value.id}', name: 'of-${each.key}', resource_type: 'INSTANCE', targets: BY_TAG },
        keyed: { for_each: '${toset(["prod"])}', window_id: `\${${WINDOW}.this[each.key].id}`, name: '${each.value}-keyed', resource_type: 'INSTANCE', targets: BY_TAG },
      },
      [TASK]: { this: { ...AGENT, window_id: `\${${WINDOW}.this["prod"].id}`, targets: { key: 'WindowTargetIds', values: [`\${${TARGET}.this["prod"].id}`] } } },
    });
    expect(model.entities.map(({ key, name }) => [key, name])).toEqual([
      [`${WINDOW}.this["dev"]`, 'Win dev'],
      [`${WINDOW}.this["prod"]`, 'Win prod'],
      [`${TARGET}.this["dev"]`, 'this dev'],
      [`${TARGET}.this["prod"]`, 'this prod'],
      [`${TARGET}.keyed["prod"]`, 'keyed prod'],
      [`${TASK}.this`, 'this'],
    ]);
    expect(model.entities.map(({ properties }) => [properties.Name, properties.Schedule ?? properties.WindowId, properties.Description])).toEqual([
      ['w-dev', 'rate(1 day)', { Ref: 'Description' }],
      ['w-prod', 'rate(7 days)', { Ref: 'Description2' }],
      ['of-dev', { Ref: `${WINDOW}.this["dev"]` }, undefined],
      ['of-prod', { Ref: `${WINDOW}.this["prod"]` }, undefined],
      ['prod-keyed', { Ref: `${WINDOW}.this["prod"]` }, undefined],
      [undefined, { Ref: `${WINDOW}.this["prod"]` }, undefined],
    ]);
    proven(model);
  });

  test('by number', () => {
    const model = readAll({
      [WINDOW]: { this: { ...BASIC, count: 2, name: 'win${count.index}' }, none: { ...BASIC, count: 0 } },
      [TARGET]: { this: { count: '${var.count}', window_id: `\${${WINDOW}.this[1].id}`, resource_type: 'INSTANCE', targets: BY_TAG } },
      [TASK]: {
        this: {
          ...AGENT,
          window_id: `\${${WINDOW}.this.1.id}`,
          targets: { key: 'WindowTargetIds', values: `\${${TARGET}.this[*].id}` },
          depends_on: [`${WINDOW}.this`, `\${${TARGET}.this[0]}`],
        },
      },
    }, { variable: { count: { default: '2' } } });
    expect(model.entities.map(({ key }) => key)).toEqual([
      `${WINDOW}.this[0]`, `${WINDOW}.this[1]`, `${TARGET}.this[0]`, `${TARGET}.this[1]`, `${TASK}.this`,
    ]);
    expect(model.entities[4].properties.Targets).toEqual([{ Key: 'WindowTargetIds', Values: [{ Ref: `${TARGET}.this[0]` }, { Ref: `${TARGET}.this[1]` }] }]);
    expect(model.entities[4].attributes).toEqual({ DependsOn: [`${WINDOW}.this[0]`, `${WINDOW}.this[1]`, `${TARGET}.this[0]`, `${TARGET}.this[1]`] });
    expect(sourceOf(proven(model))).toContain('this1.addRunCommandTask(');
  });

  test.each<[JsonObject, string]>([
    [{ for_each: '${var.open}' }, 'for_each'],
    [{ for_each: '${toset(keys(var.a))}' }, 'for_each'],
    [{ for_each: 'text' }, 'for_each'],
    [{ for_each: ['${var.open}'] }, 'for_each'],
    [{ count: '${var.on ? 1 : 0}' }, 'count'],
    [{ count: -1 }, 'count'],
  ])('whose number is not known: %j', (body, name) => {
    const model = readAll({ [WINDOW]: { this: { ...BASIC, ...body }, other: BASIC } });
    expect(model.entities.map(({ key }) => key)).toEqual([`${WINDOW}.other`]);
    expect(saidOf(model)).toEqual([
      `${NAME}, ${WINDOW}.this: not carried: the resources of ${name}: their number is known to Terraform only, run terraform show -json of the plan`,
    ]);
  });

  test('at most a thousand', () => {
    expect(() => lone({ count: 1001 })).toThrow(new Error(`${NAME}, ${WINDOW}.this: count must make at most 1000 resources, got 1001, split the block`));
  });
});

describe('what is no configuration of windows', () => {
  const NONE = `${NAME}: holds no maintenance window, target or task, give what "terraform show -json" prints of the state or a plan that has them`;

  test.each<[string, JsonObject, string]>([
    ['a module', { module: { patching: { source: './patching' } } }, `${NONE}; ${NAME}, module.patching: run terraform show -json of the plan`],
    ['nothing', { terraform: {} }, NONE],
    ['a block that is a text', { resource: { [WINDOW]: 'x' } }, `${NAME}, resource.${WINDOW}: must be an object or a list of objects, got another kind of value, fix it`],
    ['resources of a name like a member', { resource: { constructor: { toString: {} }, ['__proto__']: { a: {} } } }, NONE],
  ])('%s', (_, content, message) => {
    expect(() => read(content, NAME)).toThrow(new Error(message));
  });

  test('a template with a section of that name', () => {
    expect(() => read({ resource: {}, Resources: {} }, NAME)).toThrow(`${NAME}, Resources: holds no maintenance window, target or task`);
  });
});
