import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { patchBaselineDiagnostics } from '../../src/rules/patch-baseline';
import { targetDiagnostics } from '../../src/rules/target';
import { taskDiagnostics } from '../../src/rules/task';
import type { Properties } from '../../src/rules/value';
import { windowDiagnostics } from '../../src/rules/window';
import { resourceViolations } from '../support/model';

/*
 * The API model and the registry schemas are walked, and each of their constraints is broken in a resource that is legal otherwise.
 */

type Json = { [name: string]: any };

const FIXTURES = join(__dirname, '..', 'fixtures', 'model');

function fixture(name: string): Json {
  return JSON.parse(readFileSync(join(FIXTURES, name), 'utf-8'));
}

const SHAPES: Json = { ...fixture('ssm-patch-baselines.model.json').shapes, ...fixture('ssm-maintenance-windows.model.json').shapes };

const WINDOW: Json = {
  Name: 'patching',
  Description: 'd',
  Schedule: 'cron(0 2 ? * TUE#2 *)',
  ScheduleTimezone: 'Europe/Paris',
  ScheduleOffset: 2,
  Duration: 3,
  Cutoff: 1,
  AllowUnassociatedTargets: false,
  StartDate: '2030-01-01T00:00:00Z',
  EndDate: '2031-01-01T00:00:00Z',
  Tags: [{ Key: 'team', Value: 'web' }],
};

const TARGET: Json = {
  WindowId: 'mw-0123456789abcdef0',
  Name: 'web-nodes',
  Description: 'd',
  OwnerInformation: 'o',
  ResourceType: 'INSTANCE',
  Targets: [{ Key: 'tag:Role', Values: ['web'] }],
};

const FILTERS: Json = { PatchFilters: [{ Key: 'PRODUCT', Values: ['AmazonLinux2023'] }] };

const BASELINE: Json = {
  Name: 'web-baseline',
  Description: 'd',
  OperatingSystem: 'AMAZON_LINUX_2023',
  ApprovalRules: { PatchRules: [{ PatchFilterGroup: FILTERS, ApproveAfterDays: 7, ComplianceLevel: 'HIGH', EnableNonSecurity: true }] },
  GlobalFilters: FILTERS,
  ApprovedPatches: ['kernel'],
  ApprovedPatchesComplianceLevel: 'HIGH',
  ApprovedPatchesEnableNonSecurity: true,
  RejectedPatches: ['docker'],
  RejectedPatchesAction: 'BLOCK',
  Sources: [{ Name: 'own', Products: ['AmazonLinux2023'], Configuration: '[main]' }],
  PatchGroups: ['web'],
  DefaultBaseline: false,
  AvailableSecurityUpdatesComplianceStatus: 'COMPLIANT',
  Tags: [{ Key: 'team', Value: 'web' }],
};

const ROLE = 'arn:aws:iam::123456789012:role/Tasks';

function task(TaskType: string, TaskArn: string, block: string, parameters: Json): Json {
  return {
    WindowId: 'mw-0123456789abcdef0',
    Name: 'patch',
    Description: 'd',
    Priority: 1,
    CutoffBehavior: 'CANCEL_TASK',
    ServiceRoleArn: ROLE,
    Targets: [{ Key: 'WindowTargetIds', Values: ['e32eecb2-646c-4f4b-8ed1-205fb9c0ffee'] }],
    MaxConcurrency: '1',
    MaxErrors: '0',
    LoggingInfo: { S3Bucket: 'bucket', S3Prefix: 'p', Region: 'eu-central-1' },
    TaskParameters: { name: { Values: ['v'] } },
    TaskType,
    TaskArn,
    TaskInvocationParameters: { [`MaintenanceWindow${block}Parameters`]: parameters },
  };
}

const TASKS: Json = {
  RunCommand: task('RUN_COMMAND', 'MyDocument', 'RunCommand', {
    CloudWatchOutputConfig: { CloudWatchLogGroupName: 'group', CloudWatchOutputEnabled: true },
    Comment: 'c',
    DocumentHash: 'a'.repeat(64),
    DocumentHashType: 'Sha256',
    DocumentVersion: '3',
    NotificationConfig: { NotificationArn: 'arn:aws:sns:eu-central-1:123456789012:t', NotificationEvents: ['All'], NotificationType: 'Command' },
    OutputS3BucketName: 'bucket',
    OutputS3KeyPrefix: 'p',
    Parameters: { commands: ['ls'] },
    ServiceRoleArn: ROLE,
    TimeoutSeconds: 60,
  }),
  Automation: task('AUTOMATION', 'MyRunbook', 'Automation', { DocumentVersion: '3', Parameters: { Name: ['v'] } }),
  Lambda: task('LAMBDA', 'arn:aws:lambda:eu-central-1:123456789012:function:f', 'Lambda', { ClientContext: 'e30=', Payload: 'e30=', Qualifier: 'live' }),
  StepFunctions: task('STEP_FUNCTIONS', 'arn:aws:states:eu-central-1:123456789012:stateMachine:m', 'StepFunctions', { Input: '{}', Name: 'n' }),
};

const RULES: Json = { window: windowDiagnostics, target: targetDiagnostics, task: taskDiagnostics, baseline: patchBaselineDiagnostics };
const TYPES: Json = {
  window: 'AWS::SSM::MaintenanceWindow',
  target: 'AWS::SSM::MaintenanceWindowTarget',
  task: 'AWS::SSM::MaintenanceWindowTask',
  baseline: 'AWS::SSM::PatchBaseline',
};

function errorsOf(kind: string, properties: Json): string[] {
  return RULES[kind](properties as Properties).filter(({ severity }: { severity: string }) => severity === 'error').map(({ message }: { message: string }) => message);
}

/** A step into a value: the name of a property, any name of a map, or the first item of a list. */
type Step = string | { readonly of: 'key' | 'value' | 'item' };

interface Constraint {
  readonly kind: 'window' | 'target' | 'task' | 'baseline';
  readonly path: readonly Step[];
  readonly name: string;
  readonly type: string;
  readonly bound: unknown;
  readonly pattern?: string;
}

const BOUNDS = ['min', 'max', 'pattern', 'enum'];

/** Names that CloudFormation gives to members of requests. */
function nameInTemplate(path: readonly Step[], name: string): string {
  if (path[0] === 'LoggingInfo') {
    return { S3BucketName: 'S3Bucket', S3KeyPrefix: 'S3Prefix', S3Region: 'Region' }[name]!;
  }
  return path[0] === 'TaskInvocationParameters' && path.length === 1 ? `MaintenanceWindow${name}Parameters` : name;
}

function modelConstraints(kind: Constraint['kind'], shapeName: string, path: readonly Step[] = []): Constraint[] {
  const shape = SHAPES[shapeName];
  const own = BOUNDS.filter((name) => shape[name] !== undefined)
    .map((name): Constraint => ({ kind, path, name, type: shape.type, bound: shape[name], pattern: shape.pattern }));
  const below = Object.entries<Json>(shape.members ?? {})
    .filter(([name]) => path.length > 0 || !['ClientToken', 'AlarmConfiguration'].includes(name))
    .flatMap(([name, member]) => modelConstraints(kind, member.shape, [...path, nameInTemplate(path, name)]));
  const items = (['member', 'key', 'value'] as const).filter((name) => shape[name])
    .flatMap((name) => modelConstraints(kind, shape[name].shape, [...path, { of: name === 'member' ? 'item' : name }]));
  return [...own, ...below, ...items];
}

const KEYWORDS: Json = {
  minLength: 'min', minimum: 'min', minItems: 'min', maxLength: 'max', maximum: 'max', maxItems: 'max', pattern: 'pattern', enum: 'enum', required: 'required',
};

function schemaConstraints(kind: Constraint['kind'], schema: Json, root: Json, path: readonly Step[] = []): Constraint[] {
  if (schema.$ref) {
    return schemaConstraints(kind, root.definitions[schema.$ref.split('/').pop()], root, path);
  }
  const own = Object.keys(KEYWORDS).filter((keyword) => schema[keyword] !== undefined).flatMap((keyword): Constraint[] => keyword === 'required'
    ? schema.required.map((name: string) => ({ kind, path: [...path, name], name: 'required', type: 'structure', bound: undefined }))
    : [{ kind, path, name: KEYWORDS[keyword], type: schema.type, bound: schema[keyword], pattern: schema.pattern }]);
  const readOnly: string[] = (root.readOnlyProperties ?? []).map((name: string) => name.replace('/properties/', ''));
  return [
    ...own,
    ...Object.entries<Json>(schema.properties ?? {}).filter(([name]) => path.length > 0 || !readOnly.includes(name))
      .flatMap(([name, property]) => schemaConstraints(kind, property, root, [...path, name])),
    ...schema.items ? schemaConstraints(kind, schema.items, root, [...path, { of: 'item' }]) : [],
  ];
}

const CONSTRAINTS: Constraint[] = [
  ...modelConstraints('window', 'CreateMaintenanceWindowRequest'),
  ...modelConstraints('target', 'RegisterTargetWithMaintenanceWindowRequest'),
  ...modelConstraints('task', 'RegisterTaskWithMaintenanceWindowRequest'),
  ...(['window', 'target', 'task'] as const).flatMap((kind) => {
    const schema = fixture(`aws-ssm-maintenancewindow${kind === 'window' ? '' : kind}.json`);
    return schemaConstraints(kind, schema, schema);
  }),
  ...modelConstraints('baseline', 'CreatePatchBaselineRequest'),
  ...modelConstraints('baseline', 'PatchGroup', ['PatchGroups', { of: 'item' }]),
  ...schemaConstraints('baseline', fixture('aws-ssm-patchbaseline.json'), fixture('aws-ssm-patchbaseline.json')),
];

/** Constraints that the rule book leaves to others, each with the reason. */
const LEFT_OUT: readonly [path: string, reason: string][] = [
  ['window Tags max', 'the operation that adds tags takes 50, the model of this one 1,000'],
  ['target Targets min', 'the model takes none, but a target that selects nothing is refused'],
  ['target Targets.item.Values min', 'the model takes none, but a key without values is refused'],
  ['task Targets min', 'a task without targets is legal'],
  ['task Targets.item.Values min', 'the model takes none, but a task on no target is refused'],
  ['baseline Tags max', 'the operation that adds tags takes 50, the model of this one 1,000'],
];

function placeOf({ kind, path, name }: Constraint): string {
  return `${kind} ${[path.map((step) => typeof step === 'string' ? step : step.of).join('.'), name].filter(Boolean).join(' ')}`;
}

function baseOf({ kind, path }: Constraint): Json {
  const block = /MaintenanceWindow(\w+)Parameters/.exec(String(path[1]))?.[1];
  return kind === 'window' ? WINDOW : kind === 'target' ? TARGET : kind === 'baseline' ? BASELINE : TASKS[block ?? 'Automation'];
}

/** The resource with another value at a path. */
function changed(value: any, [step, ...rest]: readonly Step[], change: (value: any) => any): any {
  if (step === undefined) {
    return change(value);
  }
  if (typeof step === 'string') {
    const inner = changed(value?.[step], rest, change);
    return { ...value, [step]: inner };
  }
  if (step.of === 'item') {
    return [changed(value[0], rest, change), ...value.slice(1)];
  }
  const [[key, item]] = Object.entries(value);
  return step.of === 'key' ? { [change(key)]: item } : { [key]: changed(item, rest, change) };
}

/** Values that break a constraint, made of one that meets it. */
function brokenValues({ name, type, bound, pattern }: Constraint, value: any): unknown[] {
  const filled = (count: number) => {
    switch (type) {
      case 'string': return 'x'.repeat(count);
      case 'blob': return Buffer.alloc(count, 'a').toString('base64');
      case 'list': case 'array': return Array.from({ length: count }, () => value[0]);
      case 'map': return Object.fromEntries(Array.from({ length: count }, (_, index) => [`name${index}`, Object.values(value)[0]]));
      default: return count;
    }
  };
  switch (name) {
    case 'min': return bound === 0 && type !== 'integer' ? [] : [filled((bound as number) - 1)];
    case 'max': return [filled((bound as number) + 1)];
    case 'enum': return ['OTHER', (bound as string[])[0].toLowerCase()];
    case 'required': return [undefined];
    default: return ['a%b', 'ä ö#', '{}'].filter((text) => !new RegExp(`^(?:${pattern})$`, 'u').test(text));
  }
}

test('finds the base resources legal, as the model does', () => {
  const tasks = Object.values<Json>(TASKS).map((resource): [string, Json] => ['task', resource]);
  for (const [kind, resource] of [['window', WINDOW], ['target', TARGET], ['baseline', BASELINE], ...tasks] as [string, Json][]) {
    expect(errorsOf(kind, resource)).toEqual([]);
    expect(resourceViolations(TYPES[kind], resource)).toEqual([]);
  }
});

test('finds constraints of each kind in the models', () => {
  expect(CONSTRAINTS.length).toBeGreaterThan(120);
  expect([...new Set(CONSTRAINTS.map(({ name }) => name))].sort()).toEqual(['enum', 'max', 'min', 'pattern', 'required']);
});

const CASES = CONSTRAINTS.map((constraint) => ({ place: placeOf(constraint), constraint }))
  .filter(({ place }) => !LEFT_OUT.some(([left]) => left === place));

test.each(CASES)('rejects what breaks $place', ({ constraint }) => {
  const values: unknown[] = [];
  changed(baseOf(constraint), constraint.path, (value) => {
    values.push(...brokenValues(constraint, value));
    return value;
  });

  for (const broken of values) {
    const resource = changed(baseOf(constraint), constraint.path, () => broken);
    expect(errorsOf(constraint.kind, resource)).not.toEqual([]);
  }
  expect(values.length > 0 || constraint.bound === 0).toBe(true);
});

test.each(LEFT_OUT)('names a constraint that exists: %s (%s)', (place) => {
  expect(CONSTRAINTS.map(placeOf)).toContain(place);
});
