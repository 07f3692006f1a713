import { truthOf, type ConditionScope, type Truth } from './conditions';
import { joined, listOf, mapped, selected, split, substituted, UNKNOWN, type Known } from './intrinsic-functions';
import { canonical, isObject, valueOf as ownValue, type Json, type JsonObject } from '../importer/json';

/** The value that a template gives, as far as it does: parameters count with their defaults, conditions and mappings with what is known of them. */
export function valueOf(template: JsonObject, value: Json | undefined): Known {
  return new Scope(template).resolve(value ?? null);
}

/** What to give so that a value is known, in words, if that can be given. */
export function remedyOf(template: JsonObject, value: Json | undefined): string | undefined {
  const scope = new Scope(template);
  scope.resolve(value ?? null);
  return scope.reason?.includes(', give ') ? scope.reason : undefined;
}

/** Whether a condition of a template holds, or why the template does not tell. */
type Decision = { readonly holds: boolean } | { readonly undecided: string };

export function decisionOf(template: JsonObject, condition: string): Decision {
  const scope = new Scope(template);
  const holds = scope.holds(condition);
  return holds === undefined ? { undecided: scope.reason ?? 'is known only at deployment' } : { holds };
}

/** The same template with some of its parameters given, or left to deployment where the value is unknown. */
export function withParameters(template: JsonObject, given: Iterable<readonly [name: string, value: Known]>): JsonObject {
  const declared = isObject(template.Parameters) ? template.Parameters : {};
  const parameters = [...given].map(([name, value]) => {
    const declaration = ownValue(declared, name);
    return [name, value === UNKNOWN ? {} : { ...(isObject(declaration) && declaration), Default: value }] as const;
  });
  return { ...template, Parameters: Object.fromEntries([...Object.entries(declared), ...parameters]) };
}

/** Values and conditions in one another, so that no template is too deep to look at. */
const MAX_LEVELS = 200;

/** One look at a template; it remembers why it cannot tell. */
class Scope implements ConditionScope {
  /** The first thing that is not known, in words. */
  public reason?: string;
  private depth = 0;
  private readonly visited = new Map<string, Truth | 'asked'>();

  constructor(private readonly template: JsonObject) {}

  public readonly resolve = (value: Json): Known => {
    const composed = typeof value === 'object' && value !== null ? this.oneDeeper(() => this.composed(value)) : value;
    // a text that is made of parts may be a dynamic reference too
    if (typeof composed === 'string' && composed.includes('{{resolve:')) {
      return this.unknown('depends on a dynamic reference');
    }
    return composed === undefined ? UNKNOWN : composed;
  };

  public holds(name: string): Truth {
    const known = this.visited.get(name);
    if (known === 'asked') {
      this.unknown(`depends on ${name}, which depends on itself`);
      return undefined;
    }
    if (this.visited.has(name)) {
      return known;
    }
    const declared = isObject(this.template.Conditions) ? ownValue(this.template.Conditions, name) : undefined;
    if (declared === undefined) {
      this.unknown('is not declared by the template');
    }
    this.visited.set(name, 'asked');
    const truth = declared === undefined ? undefined : this.truth(declared);
    this.visited.set(name, truth);
    return truth;
  }

  public truth(expression: Json): Truth {
    return this.oneDeeper(() => truthOf(expression, this));
  }

  private composed(value: Json[] | JsonObject): Known {
    if (Array.isArray(value)) {
      return listOf(value, this.resolve);
    }
    const [name, ...others] = Object.keys(value);
    return others.length > 0 || name === undefined ? UNKNOWN : this.call(name, value[name]);
  }

  private oneDeeper<T>(look: () => T): T | undefined {
    if (this.depth >= MAX_LEVELS) {
      this.unknown(`depends on more than ${MAX_LEVELS} values in one another`);
      return undefined;
    }
    this.depth++;
    const found = look();
    this.depth--;
    return found;
  }

  private call(name: string, argument: Json): Known {
    switch (name) {
      case 'Ref': return this.parameter(argument);
      case 'Fn::If': return this.chosen(argument);
      case 'Fn::FindInMap': return mapped(this.template.Mappings, argument, this.resolve);
      case 'Fn::Join': return joined(argument, this.resolve);
      case 'Fn::Select': return selected(argument, this.resolve);
      case 'Fn::Split': return split(argument, this.resolve);
      case 'Fn::Sub': return substituted(argument, this.resolve);
      default: return this.unknown(`depends on ${name}`);
    }
  }

  /** A choice between equal values is known, whatever its condition says. */
  private chosen(argument: Json): Known {
    const [condition, ...branches] = Array.isArray(argument) ? argument : [];
    if (typeof condition !== 'string' || branches.length !== 2) {
      return UNKNOWN;
    }
    const truth = this.holds(condition);
    if (truth !== undefined) {
      return this.resolve(branches[truth ? 0 : 1]);
    }
    const [one, other] = branches.map(this.resolve);
    return one !== UNKNOWN && other !== UNKNOWN && canonical(one) === canonical(other) ? one : UNKNOWN;
  }

  private parameter(name: Json): Known {
    if (name === 'AWS::NoValue') {
      return null;
    }
    const { Parameters: parameters } = this.template;
    const declared = isObject(parameters) && typeof name === 'string' ? ownValue(parameters, name) : undefined;
    const value = isObject(declared) && declared.Default !== undefined ? valueOfParameter(declared, declared.Default) : UNKNOWN;
    return value === UNKNOWN ? this.unknown(missing(name, declared)) : value;
  }

  private unknown(reason: string): typeof UNKNOWN {
    this.reason ??= reason;
    return UNKNOWN;
  }
}

function valueOfParameter({ Type: type }: JsonObject, value: Json): Known {
  // the default of a parameter of Parameter Store is a name, not its value
  if (String(type).startsWith('AWS::SSM::Parameter::')) {
    return UNKNOWN;
  }
  const isList = /^(CommaDelimitedList|List<.*>)$/.test(String(type));
  const known = new Scope({}).resolve(value);
  return isList && typeof known === 'string' ? known.split(',').map((item) => item.trim()) : known;
}

function missing(name: Json, declared: Json | undefined): string {
  const ofPlace = name === 'AWS::Region' || name === 'AWS::Partition' || name === 'AWS::URLSuffix';
  if (ofPlace && declared === undefined) {
    return `depends on ${name}, give --region`;
  }
  const isParameter = isObject(declared) && declared.Type !== undefined && !String(declared.Type).startsWith('AWS::SSM::Parameter::');
  return `depends on ${String(name)}${isParameter ? `, give --parameter ${String(name)}=VALUE` : ''}`;
}
