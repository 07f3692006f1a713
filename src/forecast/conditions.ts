import { UNKNOWN, type Known } from './intrinsic-functions';
import { canonical, isObject, type Json } from '../importer/json';

/** Whether a condition holds; undefined where only deployment tells. */
export type Truth = boolean | undefined;

/** What the functions of conditions ask for. */
export interface ConditionScope {
  resolve(value: Json): Known;
  /** Whether the condition of a name holds. */
  holds(name: string): Truth;
  /** Whether an operand holds. */
  truth(expression: Json): Truth;
}

/**
 * Whether an expression of the section `Conditions` holds. What does not depend on an unknown part is known in spite of it.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
export function truthOf(expression: Json, scope: ConditionScope): Truth {
  if (!isObject(expression)) {
    return undefined;
  }
  const [name, ...others] = Object.keys(expression);
  const argument = others.length > 0 ? undefined : expression[name];
  switch (name) {
    case 'Condition': return typeof argument === 'string' ? scope.holds(argument) : undefined;
    case 'Fn::Equals': return Array.isArray(argument) && argument.length === 2 ? areEqual(argument, scope) : undefined;
    case 'Fn::Not': return Array.isArray(argument) && argument.length === 1 ? negated(scope.truth(argument[0])) : undefined;
    case 'Fn::And': return Array.isArray(argument) ? combined(argument, false, scope) : undefined;
    case 'Fn::Or': return Array.isArray(argument) ? combined(argument, true, scope) : undefined;
    default: return undefined;
  }
}

function areEqual(operands: readonly Json[], { resolve }: ConditionScope): Truth {
  const [one, other] = operands.map((operand) => resolve(operand));
  return one === UNKNOWN || other === UNKNOWN ? undefined : textOf(one) === textOf(other);
}

/** Parameters are texts, whatever type they have. */
function textOf(value: Json): string {
  return typeof value === 'object' ? canonical(value) : String(value);
}

function negated(truth: Truth): Truth {
  return truth === undefined ? undefined : !truth;
}

/** One operand with the deciding truth decides, whatever the others are. */
function combined(operands: readonly Json[], deciding: boolean, scope: ConditionScope): Truth {
  const truths = operands.map((operand) => scope.truth(operand));
  return truths.includes(deciding) ? deciding : truths.includes(undefined) || truths.length === 0 ? undefined : !deciding;
}
