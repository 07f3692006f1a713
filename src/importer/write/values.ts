import { array, call, map, core, literal, member, variable, type Code, type Variable } from './code';
import { expressionOf, type Expression } from '../expression';
import { isObject, type Json } from '../json';

const PSEUDO: ReadonlyMap<string, string> = new Map([
  ['AWS::AccountId', 'ACCOUNT_ID'],
  ['AWS::NoValue', 'NO_VALUE'],
  ['AWS::NotificationARNs', 'NOTIFICATION_ARNS'],
  ['AWS::Partition', 'PARTITION'],
  ['AWS::Region', 'REGION'],
  ['AWS::StackId', 'STACK_ID'],
  ['AWS::StackName', 'STACK_NAME'],
  ['AWS::URLSuffix', 'URL_SUFFIX'],
]);

/** What a name of the template is in the program. */
interface Names {
  /** The constant of a parameter, and the type of the parameter. */
  parameter(name: string): { readonly variable: Variable; readonly type: string } | undefined;
  /** The id of a window, target or task. */
  entityId(name: string): Code | undefined;
  mapping(name: string): Variable | undefined;
  condition(name: string): Variable | undefined;
}

/** Turns values of the source into code, tokens included. */
export class Values {
  constructor(private readonly names: Names) {}

  public string(value: Json): Code {
    const expression = expressionOf(value);
    switch (expression.kind) {
      case 'literal': return literal(String(expression.value ?? ''));
      case 'ref': return this.reference(expression.name, 'valueAsString');
      case 'attribute': return call(member(this.attribute(expression), 'toString'));
      case 'concat': return this.concatenation(expression.parts);
      case 'function': return this.stringFunction(expression.name, expression.argument) ?? call(core('Token.asString'), this.any(value));
      default: return call(core('Token.asString'), this.any(value));
    }
  }

  public number(value: Json): Code {
    const expression = expressionOf(value);
    if (expression.kind === 'literal') {
      const number = Number(expression.value);
      return Number.isFinite(number) ? literal(number) : call(core('Token.asNumber'), this.any(expression.value));
    }
    const parameter = expression.kind === 'ref' ? this.names.parameter(expression.name) : undefined;
    return parameter?.type === 'Number' ? member(variable(parameter.variable), 'valueAsNumber') : call(core('Token.asNumber'), this.any(value));
  }

  /** Items for a list or for the arguments of a call. */
  public items(value: Json): Code[] {
    if (Array.isArray(value)) {
      return value.map(item => this.string(item));
    }
    return typeof value === 'string' || typeof value === 'number' ? [this.string(value)] : [{ kind: 'spread', value: this.tokenList(value) }];
  }

  public list(value: Json): Code {
    const items = this.items(value);
    return items.length === 1 && items[0].kind === 'spread' ? items[0].value : array(items);
  }

  /** The value as it stands in the template: for overrides and untyped properties. */
  public any(value: Json): Code {
    const expression = expressionOf(value);
    switch (expression.kind) {
      case 'literal': return literal(expression.value);
      case 'list': return array(expression.items.map(item => this.any(item)));
      case 'map': return this.map(expression.entries);
      case 'ref': return this.reference(expression.name, isListType(this.names.parameter(expression.name)?.type) ? 'valueAsList' : 'valueAsString');
      case 'attribute': return this.attribute(expression);
      case 'concat': return this.concatenation(expression.parts);
      case 'condition': return this.map([['Condition', expression.name]]);
      case 'function': return this.anyFunction(expression.name, expression.argument);
    }
  }

  /** A condition of the template. */
  public condition(value: Json): Code {
    const expression = expressionOf(value);
    if (expression.kind === 'condition') {
      const condition = this.names.condition(expression.name);
      return condition ? variable(condition) : this.any(value);
    }
    if (expression.kind === 'function' && Array.isArray(expression.argument)) {
      const { name, argument } = expression;
      switch (name) {
        case 'Fn::And': return call(core('Fn.conditionAnd'), ...argument.map(item => this.condition(item)));
        case 'Fn::Or': return call(core('Fn.conditionOr'), ...argument.map(item => this.condition(item)));
        case 'Fn::Not': return call(core('Fn.conditionNot'), ...argument.map(item => this.condition(item)));
        case 'Fn::Equals': return call(core('Fn.conditionEquals'), ...argument.map(item => this.any(item)));
      }
    }
    return this.any(value);
  }

  private map(entries: Array<[string, Json]>): Code {
    return map(entries.map(([name, value]) => [name, this.any(value)]));
  }

  private reference(name: string, form: 'valueAsString' | 'valueAsList'): Code {
    const pseudo = PSEUDO.get(name);
    if (pseudo !== undefined) {
      return core(`Aws.${pseudo}`);
    }
    const parameter = this.names.parameter(name);
    if (parameter) {
      const isWrongForm = form === 'valueAsString' && isListType(parameter.type);
      return isWrongForm ? call(core('Token.asString'), member(variable(parameter.variable), 'valueAsList')) : member(variable(parameter.variable), form);
    }
    return this.names.entityId(name) ?? call(core('Fn.ref'), literal(name));
  }

  private attribute({ resource, attribute }: Expression & { kind: 'attribute' }): Code {
    return call(core('Fn.getAtt'), literal(resource), literal(attribute));
  }

  private concatenation(parts: Json[]): Code {
    // texts are joined before they are written, and a hole in a literal means something else in every language
    const joined: Json[] = [];
    for (const part of parts.map(item => typeof item === 'number' ? String(item) : item)) {
      const last = joined.length - 1;
      if (typeof part === 'string' && typeof joined[last] === 'string') {
        joined[last] += part;
      } else if (part !== '') {
        joined.push(part);
      }
    }
    return joined.every(part => typeof part === 'string') ? literal(joined.join(''))
      : call(core('Fn.join'), literal(''), array(joined.map(part => this.string(part))));
  }

  private stringFunction(name: string, argument: Json): Code | undefined {
    const args = Array.isArray(argument) ? argument : [];
    switch (name) {
      case 'Fn::ImportValue': return call(core('Fn.importValue'), this.string(argument));
      case 'Fn::Base64': return call(core('Fn.base64'), this.string(argument));
      case 'Fn::If': return args.length === 3 && typeof args[0] === 'string' ? call(member(this.anyFunction(name, argument), 'toString')) : undefined;
      case 'Fn::FindInMap': return args.length === 3 ? this.findInMap(args) : undefined;
      case 'Fn::Select': {
        const isIndex = args.length === 2 && !isObject(args[0]);
        return isIndex ? call(core('Fn.select'), this.number(args[0]), this.list(args[1])) : undefined;
      }
      case 'Fn::Join': return args.length === 2 && typeof args[0] === 'string' ? call(core('Fn.join'), literal(args[0]), this.list(args[1])) : undefined;
      default: return undefined;
    }
  }

  private anyFunction(name: string, argument: Json): Code {
    if (name === 'Fn::If' && Array.isArray(argument) && argument.length === 3 && typeof argument[0] === 'string') {
      const condition = this.names.condition(argument[0]);
      const logicalId = condition ? member(variable(condition), 'logicalId') : literal(argument[0]);
      return call(core('Fn.conditionIf'), logicalId, this.any(argument[1]), this.any(argument[2]));
    }
    return this.listFunction(name, argument) ?? this.stringFunction(name, argument) ?? this.map([[name, argument]]);
  }

  private listFunction(name: string, argument: Json): Code | undefined {
    const args = Array.isArray(argument) ? argument : [];
    switch (name) {
      case 'Fn::Split': return args.length === 2 && typeof args[0] === 'string' ? call(core('Fn.split'), literal(args[0]), this.string(args[1])) : undefined;
      case 'Fn::GetAZs': return call(core('Fn.getAzs'), this.string(argument));
      default: return undefined;
    }
  }

  private tokenList(value: Json): Code {
    const expression = expressionOf(value);
    if (expression.kind === 'ref' && isListType(this.names.parameter(expression.name)?.type)) {
      return this.reference(expression.name, 'valueAsList');
    }
    const list = expression.kind === 'function' ? this.listFunction(expression.name, expression.argument) : undefined;
    return list ?? call(core('Token.asList'), this.any(value));
  }

  private findInMap([table, first, second]: Json[]): Code {
    const mapping = typeof table === 'string' ? this.names.mapping(table) : undefined;
    const keys = [this.string(first), this.string(second)];
    return mapping ? call(member(variable(mapping), 'findInMap'), ...keys) : call(core('Fn.findInMap'), this.string(table), ...keys);
  }
}

function isListType(type: string | undefined): boolean {
  return type !== undefined && (type.startsWith('List<') || type === 'CommaDelimitedList' || type.startsWith('AWS::SSM::Parameter::Value<List<')
    || type === 'AWS::SSM::Parameter::Value<CommaDelimitedList>');
}
