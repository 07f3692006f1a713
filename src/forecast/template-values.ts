import { isObject, type Json, type JsonObject } from '../importer/json';
import { substitutionParts } from '../rules/substitution';

/** A value that a template leaves to deployment. */
export const UNKNOWN = Symbol('unknown');

export type Known = Json | typeof UNKNOWN;

/** The value that a template gives, as far as it does: parameters count with their defaults, mappings with literal keys. */
export function valueOf(template: JsonObject, value: Json | undefined): Known {
  if (typeof value === 'string' && value.includes('{{resolve:')) {
    return UNKNOWN;
  }
  if (!isObject(value)) {
    return Array.isArray(value) ? listOf(template, value) : value ?? null;
  }
  const [name, ...others] = Object.keys(value);
  if (others.length > 0) {
    return UNKNOWN;
  }
  switch (name) {
    case 'Ref': return parameter(template, value.Ref);
    case 'Fn::FindInMap': return mapped(template, value[name]);
    case 'Fn::Join': return joined(template, value[name]);
    case 'Fn::Sub': return substituted(template, value[name]);
    default: return UNKNOWN;
  }
}

function listOf(template: JsonObject, items: readonly Json[]): Known {
  const values = items.map((item) => valueOf(template, item));
  return values.every((item): item is Json => item !== UNKNOWN) ? values : UNKNOWN;
}

/** The same template with some of its parameters given, or left to deployment where the value is unknown. */
export function withParameters(template: JsonObject, given: Readonly<Record<string, Known>>): JsonObject {
  const declared = isObject(template.Parameters) ? template.Parameters : {};
  const parameters = Object.entries(given).map(([name, value]) => {
    const { Default: _default, ...rest } = isObject(declared[name]) ? declared[name] : {};
    return [name, value === UNKNOWN ? rest : { ...rest, Default: value }];
  });
  return { ...template, Parameters: { ...declared, ...Object.fromEntries(parameters) } };
}

function parameter(template: JsonObject, name: Json): Known {
  if (name === 'AWS::NoValue') {
    return null;
  }
  const declared = isObject(template.Parameters) && typeof name === 'string' ? template.Parameters[name] : undefined;
  // the default of a parameter of Parameter Store is a name, not its value
  const fromStore = isObject(declared) && String(declared.Type).startsWith('AWS::SSM::Parameter::');
  return isObject(declared) && declared.Default !== undefined && !fromStore ? valueOf({}, declared.Default) : UNKNOWN;
}

function mapped(template: JsonObject, argument: Json): Known {
  const keys = Array.isArray(argument) ? listOf(template, argument.slice(0, 3)) : UNKNOWN;
  if (keys === UNKNOWN || !Array.isArray(keys)) {
    return UNKNOWN;
  }
  const entry = (level: Known, key: Json): Known => (isObject(level) ? level[String(key)] ?? UNKNOWN : UNKNOWN);
  return keys.reduce<Known>(entry, template.Mappings ?? {});
}

function joined(template: JsonObject, argument: Json): Known {
  const [separator, parts] = Array.isArray(argument) ? argument : [];
  const values = Array.isArray(parts) ? listOf(template, parts) : UNKNOWN;
  return Array.isArray(values) ? values.map(String).join(String(separator)) : UNKNOWN;
}

function substituted(template: JsonObject, argument: Json): Known {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  if (typeof text !== 'string' || !isObject(variables)) {
    return UNKNOWN;
  }
  const parts = substitutionParts(text).map((part) => ('literal' in part ? part.literal
    : valueOf(template, Object.hasOwn(variables, part.reference) ? variables[part.reference] : { Ref: part.reference })));
  return parts.includes(UNKNOWN) ? UNKNOWN : parts.map(String).join('');
}
