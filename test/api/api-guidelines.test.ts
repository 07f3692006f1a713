import type { Assembly, Method, Property } from 'jsii-reflect';
import { compiledApi, membersOf, methodsOf, nameOf, propertiesOfStructs, usesOf } from './assembly';

const OURS = 'cdk-ssm-maintenance-windows';

let api: Assembly;

beforeAll(async () => {
  api = await compiledApi();
});

function signatureOf({ parameters, returns }: Method): string {
  const types = parameters.map(({ name, optional, variadic, type }) => `${variadic ? '...' : ''}${name}${optional ? '?' : ''}: ${type}`);
  return `(${types.join(', ')}): ${returns.type}`;
}

/** Whether it reads as a value in code, or as `- what happens`. */
function saysWhatHappens(value: string): boolean {
  return /^(- [^A-Z\s]|- [A-Z]\w+\.|- CloudWatch )/.test(value) || /^(true|false|-?\d+|'[^']*'|(\w+\.)?[A-Z]\w*\.\w+(\([^)]*\))?)$/.test(value);
}

function isConstruct(name: string): boolean {
  const type = api.classes.find((candidate) => candidate.name === name);
  return type?.getAncestors().some(({ fqn }) => fqn === 'constructs.Construct') ?? false;
}

describe('types', () => {
  test('are those of the library', () => {
    expect(api.types.length).toBeGreaterThan(50);
    expect(membersOf(api).length).toBeGreaterThan(200);
    expect(usesOf(api).length).toBeGreaterThan(membersOf(api).length);
  });

  test('are no unions or intersections, which other languages know only as objects', () => {
    expect(usesOf(api).filter(({ type }) => type.unionOfTypes || type.intersectionOfTypes)).toEqual([]);
  });

  test('are any only where anything is meant', () => {
    expect(usesOf(api).filter(({ type }) => type.isAny || type.primitive === 'json').map(({ place }) => place).sort()).toEqual([
      'MaintenanceWindow.isMaintenanceWindow(x)',
      'MaintenanceWindowTask.isMaintenanceWindowTask(x)',
      'TaskInput.fromObject(obj)',
    ]);
  });

  test('are generated classes only where a document of the app comes in', () => {
    const generated = usesOf(api).filter(({ type }) => type.fqn?.split('.').pop()!.startsWith('Cfn'));
    expect(generated.map(({ place }) => place).sort()).toEqual(['AutomationRunbook.fromDocument(document)', 'RunCommandDocument.fromDocument(document)']);
  });

  test('are interfaces wherever a class of aws-cdk-lib has one', () => {
    const props = new Set(propertiesOfStructs(api).map(nameOf));
    const concrete = usesOf(api).filter(({ place, type: { fqn } }) => {
      const [name, ...namespace] = (fqn ?? '').split('.').reverse();
      return props.has(place) && fqn?.startsWith('aws-cdk-lib.') && api.system.tryFindFqn([`I${name}`, ...namespace].reverse().join('.'));
    });
    expect(concrete).toEqual([]);
  });
});

describe('properties of structs', () => {
  test('say what happens without them, exactly if they are optional', () => {
    const wrong = propertiesOfStructs(api).filter(({ optional, docs }) => optional ? !saysWhatHappens(docs.docs.default ?? '') : docs.docs.default !== undefined);
    expect(wrong.map((property) => `${nameOf(property)}: ${property.docs.docs.default}`)).toEqual([]);
  });

  test('do not call what happens nothing', () => {
    const nothing = propertiesOfStructs(api).filter(({ docs }) => /\b(none|undefined|null|no value|n\/a)\b/i.test(docs.docs.default ?? ''));
    expect(nothing.map(nameOf)).toEqual([]);
  });

  test('are durations and not numbers of a unit', () => {
    const unit = /(second|minute|hour|day|week|month|milli|timeout|duration|interval|period)s?$/i;
    const numbers = usesOf(api).filter(({ place, type }) => type.primitive === 'number' && unit.test(place.replace(/\(\)$|\)$/, '')));
    expect(numbers.map(({ place }) => place)).toEqual([]);
  });

  test('are no ARNs: what has an ARN is given as a construct', () => {
    expect(propertiesOfStructs(api).filter(({ name, parentType }) => name.endsWith('Arn') && !parentType.name.endsWith('Attributes')).map(nameOf)).toEqual([]);
  });

  test('of a construct are in a struct of its name', () => {
    const constructs = api.classes.filter(({ name, initializer }) => isConstruct(name) && initializer);
    expect(constructs.map(({ name, initializer }) => [name, initializer!.parameters.map((parameter) => `${parameter.name}: ${parameter.type}`)])).toEqual(
      constructs.map(({ name }) => [name, ['scope: constructs.Construct', 'id: string', `props: ${OURS}.${name}Props`]]));
    expect(constructs.map(({ name }) => name)).toEqual(expect.arrayContaining(['MaintenanceWindow', 'MaintenanceWindowTarget', 'PatchWindow']));
  });

  test('with the parent are those without it and the parent', () => {
    const withParent = api.interfaces.filter(({ name }) => /(Task|Target)Props$/.test(name));
    expect(withParent.length).toBeGreaterThan(4);
    for (const type of withParent) {
      expect([type.name, type.interfaces.map(({ name }) => name), type.ownProperties.map(({ name }) => name)]).toEqual(
        [type.name, [type.name.replace(/Props$/, 'Options')], ['maintenanceWindow']]);
    }
  });
});

describe('attributes', () => {
  const resources = ['MaintenanceWindow', 'MaintenanceWindowTarget', 'MaintenanceWindowTask'];

  test.each(resources)('of %s begin with its name, and are marked', (resource) => {
    const { ownProperties } = api.interfaces.find(({ name }) => name === `I${resource}`)!;
    const attribute = (property: Property) => property.docs.customTag('attribute') !== undefined;
    const prefix = resource[0].toLowerCase() + resource.slice(1);
    expect(ownProperties.filter(attribute).map(({ name }) => name)).toEqual(
      ownProperties.filter(({ name }) => /(Id|Arn|Name)$/.test(name)).map(({ name }) => name));
    expect(ownProperties.filter(attribute).filter(({ name }) => !name.startsWith(prefix))).toEqual([]);
    expect(ownProperties.filter(attribute).map(({ name }) => name)).toContain(`${prefix}Id`);
  });
});

describe('methods', () => {
  test('that define rules take what all such methods of CDK take', () => {
    const rules = methodsOf(api).filter(({ name }) => /^on[A-Z]/.test(name));
    expect(rules.length).toBeGreaterThan(10);
    const signature = '(id: string, options?: aws-cdk-lib.aws_events.OnEventOptions): aws-cdk-lib.aws_events.Rule';
    expect(rules.filter((rule) => signatureOf(rule) !== signature).map(nameOf)).toEqual([]);
  });

  test('that add a construct take its options and return it', () => {
    const adding = methodsOf(api).filter(({ name }) => /^add[A-Z]/.test(name));
    expect(adding.length).toBeGreaterThan(10);
    expect(adding.map((method) => `${nameOf(method)}${signatureOf(method)}`)).toEqual(adding.map((method) => {
      const what = method.name.replace(/^add/, '');
      const [options, result] = what === 'Target' ? ['MaintenanceWindowTargetOptions', 'MaintenanceWindowTarget'] : [`${what}Options`, 'MaintenanceWindowTask'];
      return `${nameOf(method)}(id: string, options: ${OURS}.${options}): ${OURS}.${result}`;
    }));
  });

  test('that import return the interface of what they import', () => {
    const importing = methodsOf(api).filter(({ name, parentType }) => /^from[A-Z]/.test(name) && isConstruct(parentType.name));
    expect(importing.map(nameOf).sort()).toEqual([
      'MaintenanceWindow.fromMaintenanceWindowArn',
      'MaintenanceWindow.fromMaintenanceWindowId',
      'MaintenanceWindowTarget.fromMaintenanceWindowTargetAttributes',
      'MaintenanceWindowTask.fromMaintenanceWindowTaskAttributes',
    ]);
    for (const method of importing) {
      expect(signatureOf(method)).toMatch(/^\(scope: constructs\.Construct, id: string, /);
      expect(String(method.returns.type)).toBe(`${OURS}.I${method.parentType.name}`);
    }
  });

  test('that are static make an instance, ask for one, or have no other home', () => {
    const others = methodsOf(api).filter(({ name, static: isStatic, parentType, returns }) =>
      isStatic && returns.type.fqn !== parentType.fqn && !/^from[A-Z]/.test(name) && !(/^is[A-Z]/.test(name) && returns.type.primitive === 'boolean'));
    expect(others.map(nameOf).sort()).toEqual([
      'MaintenanceWindowAlarms.configure',
      'MaintenanceWindowCalendar.assertOrder',
      'PseudoParameter.of',
    ]);
  });

  test('have parameters with names', () => {
    const unnamed = membersOf(api).flatMap((member) => 'parameters' in member ? member.parameters.filter(({ name }) => /^_/.test(name)).map(() => nameOf(member)) : []);
    expect(unnamed).toEqual([]);
  });
});

describe('names', () => {
  test('of constants are in capitals, those of what is computed are not', () => {
    const statics = membersOf(api).filter((member): member is Property => 'type' in member && member.static);
    expect(statics.length).toBeGreaterThan(10);
    expect(statics.filter(({ name, const: isConstant }) => !(isConstant ? /^[A-Z][A-Z0-9_]*$/ : /^[a-z][A-Za-z0-9]*$/).test(name)).map(nameOf)).toEqual([]);
  });

  test('of enum members are in capitals', () => {
    const members = api.enums.flatMap((type) => type.members.map(({ name }) => name));
    expect(members.length).toBeGreaterThan(10);
    expect(members.filter((name) => !/^[A-Z][A-Z0-9_]*$/.test(name))).toEqual([]);
  });
});

describe('documentation', () => {
  test('of each type, member and enum member is a sentence', () => {
    const items = [
      ...api.types.map(({ name, docs }) => ({ place: name, summary: docs.summary })),
      ...membersOf(api)
        // a constructor is documented by its class
        .filter((member) => member.name !== '<initializer>')
        .map((member) => ({ place: nameOf(member), summary: member.docs.summary })),
      ...api.enums.flatMap(({ name, members }) => members.map((member) => ({ place: `${name}.${member.name}`, summary: member.docs.summary }))),
    ];
    expect(items.length).toBeGreaterThan(300);
    const wrong = items.filter(({ summary }) => !/^[`A-Z].*\.$/s.test(summary));
    expect(wrong.map(({ place, summary }) => `${place}: ${summary}`)).toEqual([]);
  });

  test('does not announce that something goes away: nothing is old yet', () => {
    expect([...api.types, ...membersOf(api)].filter(({ docs }) => docs.deprecated)).toEqual([]);
  });
});
