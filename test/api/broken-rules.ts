import { ANY, JSON_VALUE, NUMBER, STRING, attribute, construct, enumeration, importing, listOf, method, named, oneOf, parameter, plainClass, property, resource, struct, withDefault } from './small-api';
import type { DescribedType } from './small-api';

/** A type that breaks one rule, once. */
export interface BrokenRule {
  readonly rule: string;
  readonly what: string;
  readonly types: readonly DescribedType[];
  /** What is found, and nothing else by any rule. */
  readonly finding: string;
}

const ID = parameter('id', STRING);
const EVENT_RULE = named('aws-cdk-lib.aws_events.Rule');
const EVENT_OPTIONS = named('aws-cdk-lib.aws_events.OnEventOptions');

/** A struct with one property, which breaks the rule. */
function ofProperty(rule: string, what: string, broken: ReturnType<typeof property>, finding: string): BrokenRule {
  return { rule, what, types: [struct('Broken', [broken])], finding };
}

/** A class with one method, which breaks the rule. */
function ofMethod(rule: string, what: string, broken: ReturnType<typeof method>, finding: string): BrokenRule {
  return { rule, what, types: [plainClass('Broken', { methods: [broken] })], finding };
}

const UNION = 'types are no unions or intersections, which other languages know only as objects';
const ANYTHING = 'types are any only where anything is meant';
const GENERATED = 'types are generated classes only where a document of the app comes in';
const INTERFACE = 'types of props are interfaces wherever a class of aws-cdk-lib has one';
const DURATION = 'types are durations and not numbers of a unit';

const OF_TYPES: readonly BrokenRule[] = [
  ofProperty(UNION, 'a union', property('size', oneOf(STRING, NUMBER)), 'Broken.size: number | string'),
  ofProperty(UNION, 'a list of unions', property('sizes', listOf(oneOf(STRING, NUMBER))), 'Broken.sizes: number | string'),
  ofProperty(UNION, 'an intersection', property('role', { intersection: { types: [named('IMaintenanceWindow'), named('constructs.IConstruct')] } }),
    'Broken.role: constructs.IConstruct & small-api.IMaintenanceWindow'),
  ofMethod(UNION, 'a union as result', method('size', [], oneOf(STRING, NUMBER)), 'Broken.size(): number | string'),
  ofMethod(UNION, 'a union of a protected method', method('resize', [parameter('size', oneOf(STRING, NUMBER))], undefined, { protected: true }),
    'Broken.resize(size): number | string'),
  ofProperty(ANYTHING, 'any', property('input', ANY), 'Broken.input'),
  ofProperty(ANYTHING, 'JSON', property('input', JSON_VALUE), 'Broken.input'),
  ofMethod(ANYTHING, 'any as parameter', method('use', [parameter('input', ANY)]), 'Broken.use(input)'),
  ofProperty(GENERATED, 'a generated class', property('document', named('aws-cdk-lib.aws_ssm.CfnDocument')), 'Broken.document'),
  ofProperty(INTERFACE, 'a class that has an interface', property('role', named('aws-cdk-lib.aws_iam.Role')), 'Broken.role: aws-cdk-lib.aws_iam.Role'),
  ofProperty(DURATION, 'a unit at the end', property('timeoutSeconds', NUMBER), 'Broken.timeoutSeconds: number'),
  ofProperty(DURATION, 'a unit at the beginning', property('daysAfter', NUMBER), 'Broken.daysAfter: number'),
  ofProperty(DURATION, 'a unit in the middle', property('maxMinutesOpen', NUMBER), 'Broken.maxMinutesOpen: number'),
  ofProperty(DURATION, 'an amount of time', property('timeout', NUMBER), 'Broken.timeout: number'),
  ofProperty(DURATION, 'a list of amounts', property('retryIntervals', listOf(NUMBER)), 'Broken.retryIntervals: number'),
  ofMethod(DURATION, 'a unit as parameter', method('wait', [parameter('millis', NUMBER)]), 'Broken.wait(millis): number'),
  ofMethod(DURATION, 'a unit as result', method('toHours', [], NUMBER), 'Broken.toHours(): number'),
  {
    rule: DURATION,
    what: 'a unit in capitals',
    finding: 'Broken.MAX_DAYS: number',
    types: [plainClass('Broken', { properties: [property('MAX_DAYS', NUMBER, { static: true, const: true })] })],
  },
];

const DEFAULT = 'properties of structs say what happens without them, exactly if they are optional';
const NOTHING = 'properties of structs do not call what happens nothing';
const ARN = 'properties of structs are no ARNs: what has an ARN is given as a construct';
const PROPS = 'properties of a construct are in a struct of its name';
const PARENT = 'properties of a target or task with its parent are those without it and the parent';

const OF_STRUCTS: readonly BrokenRule[] = [
  ofProperty(DEFAULT, 'an optional property without a default', withDefault('size'), 'Broken.size: undefined'),
  ofProperty(DEFAULT, 'a default that is a sentence', withDefault('size', 'The size of the window'), 'Broken.size: The size of the window'),
  ofProperty(DEFAULT, 'a required property with a default', withDefault('size', '3', false), 'Broken.size: 3'),
  ...['none', '- none', 'undefined', '- no value', 'None', '- N/A'].map((text) =>
    ofProperty(NOTHING, `the default \`${text}\``, withDefault('size', text), `Broken.size: ${text}`)),
  ofProperty(ARN, 'an ARN', property('roleArn', STRING), 'Broken.roleArn'),
  ofProperty(ARN, 'a list of ARNs', property('topicArns', listOf(STRING)), 'Broken.topicArns'),
  {
    rule: PROPS,
    what: 'a construct with the props of another',
    finding: 'Broken(scope: constructs.Construct, id: string, props: small-api.MaintenanceWindowProps)',
    types: [construct('Broken', {}, parameter('props', named('MaintenanceWindowProps')))],
  },
  {
    rule: PROPS,
    what: 'a construct without props',
    finding: 'Broken(scope: constructs.Construct, id: string)',
    types: [construct('Broken', { initializer: { parameters: [parameter('scope', named('constructs.Construct')), ID] } })],
  },
  {
    rule: PARENT,
    what: 'a property that options lack',
    finding: 'MaintenanceWindowTaskProps',
    types: [
      struct('MaintenanceWindowTaskProps', [property('maintenanceWindow', named('IMaintenanceWindow')), property('size', NUMBER)], ['MaintenanceWindowTaskOptions']),
    ],
  },
  {
    rule: PARENT,
    what: 'props without the options',
    finding: 'MaintenanceWindowTaskProps',
    types: [struct('MaintenanceWindowTaskProps', [property('maintenanceWindow', named('IMaintenanceWindow'))])],
  },
];

const MARKED = 'attributes of resources are marked';
const EVENTS = 'methods that define rules take what all such methods of CDK take';
const ADDING = 'methods that add a construct take its options and return it';
const IMPORTING = 'methods that import say what they import and return its interface';
const CONSTANT = 'names of constants are in capitals, those of what is computed are not';

const OF_MEMBERS: readonly BrokenRule[] = [
  { rule: MARKED, what: 'an id that is not marked', finding: 'IBroken.brokenId', types: [resource('IBroken', [property('brokenId', STRING)])] },
  { rule: MARKED, what: 'a mark on something else', finding: 'IBroken.brokenUrl', types: [resource('IBroken', [attribute('brokenId'), attribute('brokenUrl')])] },
  {
    rule: 'attributes of resources begin with the name of the resource',
    what: 'the id of something else',
    finding: 'IBroken.otherId',
    types: [resource('IBroken', [attribute('brokenId'), attribute('otherId')])],
  },
  {
    rule: 'attributes of resources have the id among them',
    what: 'a resource with only an ARN',
    finding: 'IBroken',
    types: [resource('IBroken', [attribute('brokenArn')])],
  },
  ofMethod(EVENTS, 'a rule without an id', method('onFailed', [parameter('options', EVENT_OPTIONS, { optional: true })], EVENT_RULE),
    'Broken.onFailed(options?: aws-cdk-lib.aws_events.OnEventOptions): aws-cdk-lib.aws_events.Rule'),
  ofMethod(EVENTS, 'a rule with options that must be given', method('onFailed', [ID, parameter('options', EVENT_OPTIONS)], EVENT_RULE),
    'Broken.onFailed(id: string, options: aws-cdk-lib.aws_events.OnEventOptions): aws-cdk-lib.aws_events.Rule'),
  ofMethod(EVENTS, 'a rule that is not returned', method('onFailed', [ID, parameter('options', EVENT_OPTIONS, { optional: true })]),
    'Broken.onFailed(id: string, options?: aws-cdk-lib.aws_events.OnEventOptions): void'),
  ofMethod(ADDING, 'a task that is not returned', method('addPatchTask', [ID, parameter('options', named('PatchTaskOptions'))]),
    'Broken.addPatchTask(id: string, options: small-api.PatchTaskOptions): void'),
  ofMethod(ADDING, 'a target with the options of a task', method('addTarget', [ID, parameter('options', named('PatchTaskOptions'))], named('MaintenanceWindowTask')),
    'Broken.addTarget(id: string, options: small-api.PatchTaskOptions): small-api.MaintenanceWindowTask'),
  ...([
    ['a class', importing('fromMaintenanceWindowTaskId', 'MaintenanceWindowTask'),
      'fromMaintenanceWindowTaskId(scope: constructs.Construct, id: string, text: string): small-api.MaintenanceWindowTask'],
    ['without a scope', importing('fromMaintenanceWindowTaskId', 'IMaintenanceWindowTask', []), 'fromMaintenanceWindowTaskId(text: string): small-api.IMaintenanceWindowTask'],
    ['without its name', importing('fromId', 'IMaintenanceWindowTask'), 'fromId(scope: constructs.Construct, id: string, text: string): small-api.IMaintenanceWindowTask'],
  ] as const).map(([what, broken, finding]): BrokenRule => ({
    rule: IMPORTING,
    what: `an import ${what}`,
    finding: `MaintenanceWindowTask.${finding}`,
    types: [construct('MaintenanceWindowTask', { methods: [broken] }), resource('IMaintenanceWindowTask', [attribute('maintenanceWindowTaskId')])],
  })),
  ofMethod('methods that are static make an instance, ask for one, or have no other home', 'a static helper', method('format', [], STRING, { static: true }), 'Broken.format'),
  ofMethod('methods have parameters with names', 'a parameter that is not used', method('use', [parameter('_text', STRING)]), 'Broken.use(_text)'),
  {
    rule: CONSTANT,
    what: 'a constant that looks computed',
    finding: 'Broken.first',
    types: [plainClass('Broken', { properties: [property('first', NUMBER, { static: true, const: true })] })],
  },
  {
    rule: CONSTANT,
    what: 'something computed that looks constant',
    finding: 'Broken.FIRST',
    types: [plainClass('Broken', { properties: [property('FIRST', NUMBER, { static: true })] })],
  },
  { rule: 'names of enum members are in capitals', what: 'an enum member in camel case', finding: 'Broken.verySmall', types: [enumeration('Broken', ['verySmall'])] },
];

const SENTENCE = 'the documentation of each type, member and enum member is a sentence';
const OLD = 'the documentation does not announce that something goes away: nothing is old yet';

const OF_DOCUMENTATION: readonly BrokenRule[] = [
  ofProperty(SENTENCE, 'a property without documentation', property('size', NUMBER, { docs: {} }), 'Broken.size: '),
  ofProperty(SENTENCE, 'a property without a period', property('size', NUMBER, { docs: { summary: 'The size' } }), 'Broken.size: The size'),
  ofMethod(SENTENCE, 'a protected method in lower case', method('use', [], undefined, { protected: true, docs: { summary: 'uses it.' } }), 'Broken.use: uses it.'),
  { rule: SENTENCE, what: 'a type without documentation', finding: 'Broken: ', types: [plainClass('Broken', { docs: {} })] },
  {
    rule: SENTENCE,
    what: 'an enum member without documentation',
    finding: 'Broken.SMALL: ',
    types: [{ ...enumeration('Broken', []), members: [{ name: 'SMALL' }] }],
  },
  ofMethod(OLD, 'a method that goes away', method('use', [], undefined, { docs: { summary: 'Uses it.', deprecated: 'use another' } }), 'Broken.use'),
  { rule: OLD, what: 'a type that goes away', finding: 'Broken', types: [plainClass('Broken', { docs: { summary: 'Something.', deprecated: 'use another' } })] },
];

/** Each rule broken in the ways that people break it. */
export const BROKEN_RULES: readonly BrokenRule[] = [...OF_TYPES, ...OF_STRUCTS, ...OF_MEMBERS, ...OF_DOCUMENTATION];
