import { Assembly, TypeSystem } from 'jsii-reflect';

/*
 * A small API as jsii writes it down, with the few types of other libraries that it needs. It keeps all rules until a test puts
 * types into it that do not.
 */

const NAME = 'small-api';

/** A type, a member, a parameter or the use of a type, as an assembly of jsii has it. */
interface Described {
  readonly [key: string]: unknown;
}

export interface DescribedType extends Described {
  readonly fqn: string;
}

export const STRING = { primitive: 'string' };
export const NUMBER = { primitive: 'number' };
export const ANY = { primitive: 'any' };
export const JSON_VALUE = { primitive: 'json' };

/** A type of the small API, or with its library one of another. */
export function named(name: string): Described {
  return { fqn: name.includes('.') ? name : `${NAME}.${name}` };
}

export function listOf(elementtype: Described): Described {
  return { collection: { kind: 'array', elementtype } };
}

export function oneOf(...types: Described[]): Described {
  return { union: { types } };
}

export function property(name: string, type: Described, more: Described = {}): Described {
  return { name, type, immutable: true, docs: { summary: 'One thing of it.' }, ...more };
}

/** A property with the text of its `@default`. */
export function withDefault(name: string, text?: string, isOptional: boolean = true): Described {
  return property(name, STRING, { optional: isOptional, docs: { summary: 'One thing of it.', default: text } });
}

export function attribute(name: string): Described {
  return property(name, STRING, { docs: { summary: 'What it is known by.', custom: { attribute: 'true' } } });
}

export function parameter(name: string, type: Described, more: Described = {}): Described {
  return { name, type, ...more };
}

export function method(name: string, parameters: Described[], returns?: Described, more: Described = {}): Described {
  return { name, parameters, returns: returns && { type: returns }, docs: { summary: 'Does something.' }, ...more };
}

const SCOPE_AND_ID = [parameter('scope', named('constructs.Construct')), parameter('id', STRING)];

/** A static method that imports. */
export function importing(name: string, returns: string, parameters: Described[] = SCOPE_AND_ID): Described {
  return method(name, [...parameters, parameter('text', STRING)], named(returns), { static: true });
}

function typeOf(kind: string, name: string, more: Described): DescribedType {
  return { kind, assembly: NAME, fqn: `${NAME}.${name}`, name, docs: { summary: 'Something of the API.' }, ...more };
}

export function struct(name: string, properties: Described[], parents: string[] = []): DescribedType {
  return typeOf('interface', name, { datatype: true, properties, interfaces: parents.map((parent) => `${NAME}.${parent}`) });
}

/** The interface of something that is deployed. */
export function resource(name: string, properties: Described[]): DescribedType {
  return typeOf('interface', name, { properties, interfaces: ['aws-cdk-lib.IResource'] });
}

export function plainClass(name: string, members: Described): DescribedType {
  return typeOf('class', name, members);
}

/** A construct; its constructor takes the props of its name unless another parameter is given. */
export function construct(name: string, members: Described = {}, props: Described = parameter('props', named(`${name}Props`))): DescribedType {
  return typeOf('class', name, { base: 'aws-cdk-lib.Resource', initializer: { parameters: [...SCOPE_AND_ID, props] }, ...members });
}

export function enumeration(name: string, members: string[]): DescribedType {
  return typeOf('enum', name, { members: members.map((member) => ({ name: member, docs: { summary: 'One of them.' } })) });
}

const OTHERS: readonly [string, string, Described?][] = [
  ['interface', 'constructs.IConstruct'],
  ['class', 'constructs.Construct', { interfaces: ['constructs.IConstruct'] }],
  ['interface', 'aws-cdk-lib.IResource', { interfaces: ['constructs.IConstruct'] }],
  ['class', 'aws-cdk-lib.Resource', { base: 'constructs.Construct', interfaces: ['aws-cdk-lib.IResource'] }],
  ['class', 'aws-cdk-lib.Duration'],
  ['class', 'aws-cdk-lib.aws_events.Rule'],
  ['interface', 'aws-cdk-lib.aws_events.OnEventOptions', { datatype: true }],
  ['class', 'aws-cdk-lib.aws_iam.Role'],
  ['interface', 'aws-cdk-lib.aws_iam.IRole'],
  ['class', 'aws-cdk-lib.aws_ssm.CfnDocument'],
];

const OWN: readonly DescribedType[] = [
  resource('IMaintenanceWindow', [attribute('maintenanceWindowId'), property('consoleUrl', STRING)]),
  construct('MaintenanceWindow', {
    interfaces: [`${NAME}.IMaintenanceWindow`],
    properties: [property('maintenanceWindowId', STRING), property('FIRST', NUMBER, { static: true, const: true })],
    methods: [
      importing('fromMaintenanceWindowId', 'IMaintenanceWindow'),
      method('isMaintenanceWindow', [parameter('text', STRING)], { primitive: 'boolean' }, { static: true }),
      method('onFailed',
        [parameter('id', STRING), parameter('options', named('aws-cdk-lib.aws_events.OnEventOptions'), { optional: true })], named('aws-cdk-lib.aws_events.Rule')),
      method('addPatchTask', [parameter('id', STRING), parameter('options', named('PatchTaskOptions'))], named('MaintenanceWindowTask')),
    ],
  }),
  struct('MaintenanceWindowProps', [
    property('openFor', named('aws-cdk-lib.Duration')), property('role', named('aws-cdk-lib.aws_iam.IRole')),
    // words that hold the name of a unit
    property('secondaryCount', NUMBER), property('todaysCount', NUMBER), property('periodicalCount', NUMBER), property('countOfMinutiae', NUMBER),
    withDefault('place', '- a place is made'), withDefault('size', '3'), withDefault('kind', 'Kind.SMALL'), withDefault('name', undefined, false),
  ]),
  construct('MaintenanceWindowTask'),
  struct('MaintenanceWindowTaskOptions', [withDefault('comment', '- the task has no comment')]),
  struct('MaintenanceWindowTaskProps', [property('maintenanceWindow', named('IMaintenanceWindow'))], ['MaintenanceWindowTaskOptions']),
  struct('PatchTaskOptions', []),
  struct('TaskAttributes', [property('roleArn', STRING)]),
  enumeration('Kind', ['SMALL', 'VERY_LARGE2']),
];

function assemblyOf(system: TypeSystem, name: string, types: readonly DescribedType[]): Assembly {
  const described = { name, version: '0.0.0', types: Object.fromEntries(types.map((type) => [type.fqn, type])) };
  return system.addAssembly(new Assembly(system, described as unknown as Assembly['spec']));
}

/** The small API with these types too, in place of its own where they have the same name. */
export function smallApi(types: readonly DescribedType[] = []): Assembly {
  const system = new TypeSystem();
  for (const library of ['constructs', 'aws-cdk-lib']) {
    assemblyOf(system, library, OTHERS.filter(([, fqn]) => fqn.startsWith(`${library}.`)).map(([kind, fqn, more]) =>
      ({ kind, fqn, assembly: library, name: fqn.split('.').pop(), ...more })));
  }
  return assemblyOf(system, NAME, [...OWN.filter(({ fqn }) => !types.some((type) => type.fqn === fqn)), ...types]);
}
