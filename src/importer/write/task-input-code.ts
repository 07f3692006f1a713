import { array, call, map, literal, own, type Code } from './code';
import { expressionOf } from '../expression';
import { isObject, valueOf, type Json } from '../json';
import { decodeBase64, faithfulObject } from '../payload';
import type { Values } from './values';

const PSEUDO_PARAMETERS: { readonly [placeholder: string]: string } = {
  '{{WINDOW_ID}}': 'windowId',
  '{{WINDOW_TASK_ID}}': 'windowTaskId',
  '{{WINDOW_TARGET_ID}}': 'windowTargetId',
  '{{WINDOW_EXECUTION_ID}}': 'windowExecutionId',
  '{{TASK_EXECUTION_ID}}': 'taskExecutionId',
  '{{INVOCATION_ID}}': 'invocationId',
  '{{TARGET_TYPE}}': 'targetType',
  '{{TARGET_ID}}': 'targetId',
  '{{RESOURCE_ID}}': 'resourceId',
};

/** A text, by the name of the pseudo parameter if it is one. */
export function textOrPseudoParameter(value: Json, values: Values): Code {
  const name = typeof value === 'string' ? valueOf(PSEUDO_PARAMETERS, value) : undefined;
  return name === undefined ? values.string(value) : own(`PseudoParameter.${name}`);
}

/** The payload of a function, which is Base64; undefined if it holds no text or is known only at deployment. */
export function payloadInput(payload: Json, values: Values): Code | undefined {
  const expression = expressionOf(payload);
  if (expression.kind === 'function' && expression.name === 'Fn::Base64') {
    return textInput(expression.argument, values);
  }
  const decoded = typeof payload === 'string' ? decodeBase64(payload) : undefined;
  return decoded === undefined ? undefined : textInput(decoded, values);
}

export function textInput(value: Json, values: Values): Code {
  const object = typeof value === 'string' ? faithfulObject(value) : undefined;
  return object ? call(own('TaskInput.fromObject'), jsonCode(object as Json)) : call(own('TaskInput.fromText'), values.string(value));
}

function jsonCode(value: Json): Code {
  if (Array.isArray(value)) {
    return array(value.map(jsonCode));
  }
  if (isObject(value)) {
    return map(Object.entries(value).map(([name, item]) => [name, jsonCode(item)]));
  }
  const pseudo = typeof value === 'string' ? valueOf(PSEUDO_PARAMETERS, value) : undefined;
  return pseudo === undefined ? literal(value) : own(`PseudoParameter.${pseudo}`);
}
