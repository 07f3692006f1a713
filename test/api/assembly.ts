import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { TypeSystem } from 'jsii-reflect';
import type { Assembly, ClassType, Initializer, Method, Property, TypeReference } from 'jsii-reflect';
import { filesBelow, ROOT } from '../package/project';

/** The API as jsii compiled it, with those of its dependencies. To compile it again here would take longer than all of these tests. */
export async function compiledApi(): Promise<Assembly> {
  const assembly = join(ROOT, '.jsii');
  const compiled = existsSync(assembly) ? statSync(assembly).mtimeMs : 0;
  // the handlers, the importer and the command line are no part of the API
  const newer = filesBelow('src').filter((file) => /^src\/(?!cli\/|forecast\/|importer\/|setting\/handler\/).*\.ts$/.test(file) && statSync(join(ROOT, file)).mtimeMs > compiled);
  if (newer.length > 0) { throw new Error(`${newer[0]} is newer than what is compiled, run \`npx projen compile\` first`); }
  return new TypeSystem().loadModule(ROOT, { validate: false, supportedFeatures: ['intersection-types', 'class-covariant-overrides'] });
}

export type Member = Property | Method | Initializer;

/** The members that the API itself declares, protected ones too, which users may call in a subclass; what is inherited from aws-cdk-lib is not ours. */
export function membersOf(api: Assembly): Member[] {
  return [
    ...api.allInterfaces.flatMap(({ ownProperties, ownMethods }) => [...ownProperties, ...ownMethods]),
    ...api.allClasses.flatMap(({ ownProperties, ownMethods, initializer }) => [...ownProperties, ...ownMethods, ...initializer ? [initializer] : []]),
  ];
}

/** The classes that are constructs. */
export function constructsOf(api: Assembly): ClassType[] {
  return api.allClasses.filter((type) => type.getAncestors().some(({ fqn }) => fqn === 'constructs.Construct'));
}

export function propertiesOfStructs(api: Assembly): Property[] {
  return api.allInterfaces.filter((type) => type.isDataType()).flatMap(({ ownProperties }) => ownProperties);
}

export function methodsOf(api: Assembly): Method[] {
  return membersOf(api).filter((member): member is Method => 'returns' in member);
}

export function nameOf(member: Member): string {
  return `${member.parentType.name}.${member.name}`;
}

/** A place in the API at which a type is used. */
export interface Use {
  readonly place: string;
  readonly type: TypeReference;
}

/** All uses of types, down to the elements of lists and maps. */
export function usesOf(api: Assembly): Use[] {
  return membersOf(api).flatMap((member): Use[] => {
    if ('type' in member) {
      return [{ place: nameOf(member), type: member.type }];
    }
    const parameters = member.parameters.map(({ name, type }) => ({ place: `${nameOf(member)}(${name})`, type }));
    return 'returns' in member ? [...parameters, { place: `${nameOf(member)}()`, type: member.returns.type }] : parameters;
  }).flatMap(({ place, type }) => partsOf(type).map((part) => ({ place, type: part })));
}

function partsOf(type: TypeReference): TypeReference[] {
  const inner = [type.arrayOfType, type.mapOfType, ...type.unionOfTypes ?? [], ...type.intersectionOfTypes ?? []];
  return [type, ...inner.filter((part) => part !== undefined).flatMap(partsOf)];
}
