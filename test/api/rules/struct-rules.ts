import type { InterfaceType } from 'jsii-reflect';
import { constructsOf, nameOf, propertiesOfStructs } from '../assembly';
import type { Rules } from './rule';

const NOTHING = /\b(none|undefined|null|no value|n\/a)\b/i;

/** Whether it reads as a value in code, or as `- what happens`; the words for nothing have a rule of their own. */
function saysWhatHappens(value: string): boolean {
  return NOTHING.test(value)
    || /^(- [^A-Z\s]|- [A-Z]\w+\.|- CloudWatch )/.test(value)
    || /^(true|false|-?\d+|'[^']*'|(\w+\.)?[A-Z]\w*\.\w+(\([^)]*\))?)$/.test(value);
}

function withParent(type: InterfaceType): boolean {
  return type.interfaces.length === 1
    && type.interfaces[0].name === type.name.replace(/Props$/, 'Options')
    && type.ownProperties.map(({ name }) => name).join() === 'maintenanceWindow';
}

export const STRUCT_RULES: Rules = {
  'properties of structs say what happens without them, exactly if they are optional': {
    find: (api) => propertiesOfStructs(api)
      .filter(({ optional, docs }) => optional ? !saysWhatHappens(docs.docs.default ?? '') : docs.docs.default !== undefined)
      .map((property) => `${nameOf(property)}: ${property.docs.docs.default}`),
  },

  'properties of structs do not call what happens nothing': {
    find: (api) => propertiesOfStructs(api)
      .filter(({ docs }) => NOTHING.test(docs.docs.default ?? ''))
      .map((property) => `${nameOf(property)}: ${property.docs.docs.default}`),
  },

  'properties of structs are no ARNs: what has an ARN is given as a construct': {
    find: (api) => propertiesOfStructs(api).filter(({ name, parentType }) => /Arns?$/.test(name) && !parentType.name.endsWith('Attributes')).map(nameOf),
  },

  'properties of a construct are in a struct of its name': {
    find: (api) => constructsOf(api).flatMap(({ name, fqn, initializer }) => {
      const parameters = initializer?.parameters.map((parameter) => `${parameter.name}: ${parameter.type}`).join(', ');
      const good = `scope: constructs.Construct, id: string, props: ${fqn}Props`;
      return parameters === undefined || parameters === good ? [] : [`${name}(${parameters})`];
    }),
  },

  'properties of a target or task with its parent are those without it and the parent': {
    find: (api) => api.allInterfaces.filter((type) => /(Task|Target)Props$/.test(type.name) && !withParent(type)).map(({ name }) => name),
  },
};
