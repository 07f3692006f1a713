import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import { Duration, Fn, TimeZone, Token } from 'aws-cdk-lib';
import * as autoscaling from 'aws-cdk-lib/aws-autoscaling';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as fc from 'fast-check';
import * as library from '../../src';
import { testStack } from '../support/app';
import { errorOf } from '../support/errors';
import '../support/fast-check-seed';

/*
 * Calls of every public entry with values that it does not take: whatever is thrown is an error of the library that names what is wrong.
 * The scope and the ID of a construct are left as they are: CDK itself takes them.
 */

interface TypeReference {
  readonly primitive?: string;
  readonly fqn?: string;
  readonly collection?: { readonly kind: 'array' | 'map'; readonly elementtype: TypeReference };
}
interface Parameter { readonly name: string; readonly type: TypeReference; readonly optional?: boolean; readonly variadic?: boolean }
interface Method { readonly name: string; readonly static?: boolean; readonly parameters?: readonly Parameter[] }
interface AssemblyType {
  readonly kind: 'class' | 'interface' | 'enum';
  readonly fqn: string;
  readonly datatype?: boolean;
  readonly abstract?: boolean;
  readonly initializer?: { readonly parameters?: readonly Parameter[]; readonly protected?: boolean };
  readonly methods?: readonly Method[];
  readonly properties?: readonly (Parameter & { readonly static?: boolean })[];
  readonly interfaces?: readonly string[];
}

const TYPES = JSON.parse(readFileSync(join(__dirname, '../../.jsii'), 'utf-8')).types as Readonly<Record<string, AssemblyType>>;
const PREFIX = 'cdk-ssm-maintenance-windows.';
const CALLS = Number(process.env.FUZZ_CALLS ?? 6_000);

/** A fresh place for each call. */
interface Place { readonly stack: Stack; readonly window: library.MaintenanceWindow; count: number }

function placeOf(): Place {
  const stack = testStack();
  return {
    stack,
    count: 0,
    window: new library.MaintenanceWindow(stack, 'Window', { schedule: library.MaintenanceWindowSchedule.cron({ hour: '4' }), duration: Duration.hours(2) }),
  };
}

const idOf = (place: Place) => `X${place.count++}`;

/** Values of types that have no members to build them of. */
const SAMPLES: Readonly<Record<string, (place: Place) => unknown>> = {
  'aws-cdk-lib.Duration': () => Duration.hours(2),
  'aws-cdk-lib.TimeZone': () => TimeZone.EUROPE_BERLIN,
  'constructs.Construct': ({ stack }) => stack,
  'constructs.IConstruct': ({ stack }) => stack,
  'aws-cdk-lib.aws_iam.IRole': (place) => iam.Role.fromRoleArn(place.stack, idOf(place), 'arn:aws:iam::123456789012:role/Tasks'),
  'aws-cdk-lib.aws_iam.IGrantable': (place) => iam.Role.fromRoleArn(place.stack, idOf(place), 'arn:aws:iam::123456789012:role/Tasks'),
  'aws-cdk-lib.aws_iam.PolicyStatement': () => new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: ['*'] }),
  'aws-cdk-lib.aws_s3.IBucket': (place) => s3.Bucket.fromBucketName(place.stack, idOf(place), 'bucket'),
  'aws-cdk-lib.aws_sns.ITopic': (place) => sns.Topic.fromTopicArn(place.stack, idOf(place), 'arn:aws:sns:eu-central-1:123456789012:Topic'),
  'aws-cdk-lib.aws_logs.ILogGroup': (place) => logs.LogGroup.fromLogGroupName(place.stack, idOf(place), '/ssm'),
  'aws-cdk-lib.aws_cloudwatch.IAlarm': (place) => cloudwatch.Alarm.fromAlarmArn(place.stack, idOf(place), 'arn:aws:cloudwatch:eu-central-1:123456789012:alarm:Errors'),
  'aws-cdk-lib.aws_ec2.IInstance': (place) => ({ instanceId: 'i-0123456789abcdef0', env: { account: place.stack.account, region: place.stack.region } }) as ec2.IInstance,
  'aws-cdk-lib.aws_lambda.IFunction': (place) => lambda.Function.fromFunctionArn(place.stack, idOf(place), 'arn:aws:lambda:eu-central-1:123456789012:function:report'),
  'aws-cdk-lib.aws_stepfunctions.IStateMachine': (place) =>
    sfn.StateMachine.fromStateMachineArn(place.stack, idOf(place), 'arn:aws:states:eu-central-1:123456789012:stateMachine:Drill'),
  'aws-cdk-lib.aws_ssm.CfnDocument': (place) => new ssm.CfnDocument(place.stack, idOf(place), { content: {}, documentType: 'Command' }),
  'aws-cdk-lib.interfaces.aws_ssm.IMaintenanceWindowRef': ({ window }) => window,
  'aws-cdk-lib.aws_ssm.IMaintenanceWindowRef': ({ window }) => window,
  'aws-cdk-lib.aws_events.OnEventOptions': () => ({}),
  'aws-cdk-lib.aws_cloudwatch.MetricOptions': () => ({}),
  [`${PREFIX}MaintenanceWindow`]: ({ window }) => window,
  [`${PREFIX}MaintenanceWindowTarget`]: (place) => place.window.addTarget(idOf(place), { selector: library.TargetSelector.tags({ Role: ['web'] }) }),
  [`${PREFIX}IMaintenanceWindowTarget`]: (place) => place.window.addTarget(idOf(place), { selector: library.TargetSelector.tags({ Role: ['web'] }) }),
  [`${PREFIX}MaintenanceWindowTask`]: (place) => place.window.addPatchTask(idOf(place), {
    operation: library.PatchOperation.SCAN, targets: library.TaskTargets.instanceIds('i-0123456789abcdef0'),
  }),
  [`${PREFIX}MaintenanceWindowSchedule`]: () => library.MaintenanceWindowSchedule.cron({ hour: '4' }),
  [`${PREFIX}TargetSelector`]: () => library.TargetSelector.tags({ Role: ['web'] }),
  [`${PREFIX}TaskTargets`]: () => library.TaskTargets.instanceIds('i-0123456789abcdef0'),
  [`${PREFIX}TaskInput`]: () => library.TaskInput.fromObject({ a: 1 }),
  [`${PREFIX}RateControl`]: () => library.RateControl.count(1),
  [`${PREFIX}RunCommandDocument`]: () => library.RunCommandDocument.AWS_UPDATE_SSM_AGENT,
  [`${PREFIX}AutomationRunbook`]: () => library.AutomationRunbook.fromDocumentName('Runbook'),
  [`${PREFIX}DocumentVersion`]: () => library.DocumentVersion.LATEST,
  [`${PREFIX}MaintenanceWindowCalendar`]: ({ stack }) => library.MaintenanceWindowCalendar.of(stack),
  [`${PREFIX}MaintenanceWindowEvents`]: ({ window }) => library.MaintenanceWindowEvents.fromMaintenanceWindow(window),
  [`${PREFIX}MaintenanceWindowGrants`]: ({ window }) => window.grants,
  [`${PREFIX}MaintenanceWindowExecutionAlarm`]: (place) => new library.MaintenanceWindowExecutionAlarm(place.stack, idOf(place), { maintenanceWindow: place.window }),
  [`${PREFIX}patching.PatchWindows`]: (place) => new library.patching.PatchWindows(place.stack, idOf(place), {
    selector: library.TargetSelector.tags({ Role: ['web'] }), installSchedule: library.MaintenanceWindowSchedule.cron({ hour: '4' }),
  }),
  [`${PREFIX}patching.PatchRings`]: (place) => new library.patching.PatchRings(place.stack, idOf(place), {
    hour: '2', rings: [{ name: 'dev', daysAfter: Duration.days(1) }, { name: 'web', daysAfter: Duration.days(8), approveAfter: Duration.days(14) }],
  }),
  [`${PREFIX}patching.PatchRunbook`]: (place) => new library.patching.PatchRunbook(place.stack, idOf(place)),
  [`${PREFIX}patching.PatchBackup`]: () => library.patching.PatchBackup.snapshot(),
  [`${PREFIX}patching.PatchHook`]: () => library.patching.PatchHook.shellScript('true'),
  [`${PREFIX}patching.PatchHealthCheck`]: () => library.patching.PatchHealthCheck.hook(library.patching.PatchHook.shellScript('true')),
  'aws-cdk-lib.interfaces.aws_elasticloadbalancingv2.ITargetGroupRef': (place) => new elbv2.CfnTargetGroup(place.stack, idOf(place)),
  'aws-cdk-lib.interfaces.aws_autoscaling.IAutoScalingGroupRef': (place) => new autoscaling.CfnAutoScalingGroup(place.stack, idOf(place), { minSize: '1', maxSize: '2' }),
  [`${PREFIX}IMaintenanceWindow`]: ({ window }) => window,
  [`${PREFIX}patching.PatchFilter`]: () => library.patching.PatchFilter.product('AmazonLinux2023'),
  [`${PREFIX}patching.PatchBaselineOverride`]: (place) => new library.patching.PatchBaselineOverride(place.stack, idOf(place), {
    baselines: [{ operatingSystem: library.patching.PatchOperatingSystem.UBUNTU, approvedPatches: ['bash'] }],
  }),
  [`${PREFIX}patching.PatchBaseline`]: (place) => new library.patching.PatchBaseline(place.stack, idOf(place), {
    operatingSystem: library.patching.PatchOperatingSystem.AMAZON_LINUX_2023,
  }),
};

const JUNK: readonly ((place: Place) => unknown)[] = [
  () => undefined, () => null, () => NaN, () => Infinity, () => -1, () => 0, () => 1.5, () => 1e21, () => '', () => ' ', () => 'x', () => '😀', () => 'a'.repeat(5_000),
  () => [], () => [undefined], () => [null], () => [[]], () => [1], () => ['x'], () => ({}), () => ({ a: 1 }), () => ({ a: undefined }), () => Object.create(null) as object,
  () => () => 1, () => Symbol('x'), () => true, () => new Date(NaN), () => new Date('2027-01-01T00:00:00Z'), () => 10n, () => /x/, () => new Map(), () => new Error('x'),
  () => Fn.importValue('x'), () => `a${Fn.importValue('x')}`, () => Token.asNumber(Fn.importValue('x')), () => Token.asList(Fn.importValue('x')), () => Token.asAny({ Ref: 'x' }),
  () => Duration.seconds(1), () => Duration.hours(Token.asNumber(Fn.importValue('x'))), () => TimeZone.of('Nowhere'), () => '2027-01-01', () => ({ toString: () => { throw new TypeError('no text'); } }),
  ...Object.values(SAMPLES),
];

type Draw = (bound: number) => number;

/** The members of a struct, those that it extends included. */
function membersOf(type: AssemblyType): Parameter[] {
  return [...type.properties ?? [], ...(type.interfaces ?? []).flatMap((name) => (name in TYPES ? membersOf(TYPES[name]) : []))];
}

/** A value of a type, of which some parts are not of theirs. */
function valueOf(type: TypeReference, place: Place, draw: Draw, junk: number): unknown {
  if (draw(100) < junk) {
    return JUNK[draw(JUNK.length)](place);
  }
  if (type.collection) {
    const items = Array.from({ length: 1 + draw(2) }, () => valueOf(type.collection!.elementtype, place, draw, junk));
    return type.collection.kind === 'array' ? items : Object.fromEntries(items.map((item, index) => [`key${index}`, item]));
  }
  if (type.fqn !== undefined && type.fqn in SAMPLES) {
    return SAMPLES[type.fqn](place);
  }
  const known = type.fqn === undefined ? undefined : TYPES[type.fqn];
  if (known?.kind === 'enum') {
    const values = Object.values(classOf(type.fqn!));
    return values[draw(values.length)];
  }
  if (known?.datatype) {
    const members = membersOf(known).filter(({ optional }) => !optional || draw(3) === 0);
    return Object.fromEntries(members.map((member) => [member.name, valueOf(member.type, place, draw, junk)]));
  }
  switch (type.primitive) {
    case 'string': return ['4', 'web', 'i-0123456789abcdef0', 'mw-0123456789abcdef0'][draw(4)];
    case 'number': return draw(20);
    case 'boolean': return draw(2) === 0;
    case 'date': return new Date(Date.UTC(2027, draw(12), 1));
    default: return { key: 'value' };
  }
}

interface Entry {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly call: (place: Place, args: unknown[]) => unknown;
}

/** The class of a name such as `patching.PatchWindows`. */
function classOf(fqn: string): Record<string, (...args: unknown[]) => unknown> {
  return fqn.slice(PREFIX.length).split('.').reduce<any>((within, name) => within[name], library);
}

function entriesOf(type: AssemblyType): Entry[] {
  const entries: Entry[] = [];
  const { initializer } = type;
  if (initializer?.parameters && !initializer.protected && !type.abstract) {
    entries.push({
      name: `new ${type.fqn}`,
      parameters: initializer.parameters,
      call: (_place, args) => Reflect.construct(classOf(type.fqn) as unknown as new (...values: unknown[]) => unknown, args),
    });
  }
  for (const { name, static: isStatic, parameters = [] } of type.methods ?? []) {
    // what is asked of any value takes any value
    if (parameters.length > 0 && !/^is[A-Z]/.test(name)) {
      entries.push({
        name: `${type.fqn}.${name}`,
        parameters,
        call: (place, args) => (isStatic ? classOf(type.fqn) : SAMPLES[type.fqn](place) as ReturnType<typeof classOf>)[name](...args),
      });
    }
  }
  return entries;
}

const ENTRIES = Object.values(TYPES).filter(({ kind }) => kind === 'class').flatMap(entriesOf);

function argumentsOf(entry: Entry, place: Place, draw: Draw): unknown[] {
  return entry.parameters.flatMap((parameter) => {
    if (parameter.name === 'scope' && parameter.type.fqn?.startsWith('constructs.') && entry.parameters.length > 1) { return [place.stack]; }
    if (parameter.name === 'id') { return [idOf(place)]; }
    const values = Array.from({ length: parameter.variadic ? draw(3) : 1 }, () => valueOf(parameter.type, place, draw, 20));
    return values;
  });
}

test('every public entry is called', () => {
  expect(ENTRIES.length).toBeGreaterThan(60);
});

test('whatever a public entry is called with, it throws nothing but errors that name what is wrong', () => {
  const foreign = new Map<string, string>();
  fc.assert(fc.property(fc.integer({ min: 0, max: ENTRIES.length - 1 }), fc.infiniteStream(fc.nat()), (index, numbers) => {
    const entry = ENTRIES[index];
    const place = placeOf();
    const draw: Draw = (bound) => numbers.next().value as number % bound;
    const args = argumentsOf(entry, place, draw);
    const error = errorOf(() => entry.call(place, args));
    if (error && (error.name !== 'ValidationError' || !/'[\w.[\]-]+'|the schedule|a key of|must|cannot/.test(error.message))) {
      const thrownAt = /\(?(\/[^)\n]*src\/[^)\n]*)/.exec(error.stack ?? '')?.[1];
      foreign.set(`${entry.name}: ${error.name}: ${error.message.split('\n')[0].slice(0, 120)}`, thrownAt ?? 'a place outside the library');
    }
  }), { numRuns: CALLS });
  expect([...foreign].map((each) => each.join(' at ')).sort()).toEqual([]);
});
