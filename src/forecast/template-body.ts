import { refusal } from './errors';
import { UNKNOWN } from './intrinsic-functions';
import { parsed } from './template-files';
import { valueOf } from './template-values';
import { isObject, type Json, type JsonObject } from '../importer/json';
import { RESOURCE_TYPES } from '../importer/model';

/** Stands in a text for what deployment puts there: a value that holds it is read as unknown. */
const STAND_IN = '{{resolve:deployment}}';

/** The template that is written into a resource, as text or as it is. */
export function templateBody(parent: JsonObject, { Properties: properties }: JsonObject, name: string): JsonObject | undefined {
  const body = isObject(properties) ? properties.TemplateBody : undefined;
  if (body === undefined || (isObject(body) && isObject(body.Resources))) {
    return body;
  }
  const text = valueOf(parent, body);
  if (text === UNKNOWN) {
    return JSON.stringify(body).includes(RESOURCE_TYPES.window) ? partlyKnown(parent, body, name) : undefined;
  }
  const content = typeof text === 'string' ? parsed(name, text) : undefined;
  if (!isObject(content)) {
    throw refusal(name, undefined, 'must be a CloudFormation template');
  }
  return content;
}

/** A template of which deployment makes some values; if its text is none without them, it stands for a window that is not known. */
function partlyKnown(parent: JsonObject, body: Json, name: string): JsonObject {
  const [separator, parts] = isObject(body) && Array.isArray(body['Fn::Join']) ? body['Fn::Join'] : [];
  const texts = separator === '' && Array.isArray(parts) ? parts.map((part) => valueOf(parent, part)) : [];
  const content = parsedIfValid(name, texts.map((text) => (text === UNKNOWN ? STAND_IN : String(text))).join(''));
  return isObject(content) && isObject(content.Resources) ? content : { Resources: { 'Fn::TemplateBody': { Type: RESOURCE_TYPES.window } } };
}

function parsedIfValid(name: string, text: string): Json | undefined {
  try {
    return parsed(name, text);
    // eslint-disable-next-line no-restricted-syntax -- what deployment puts in may make it a template
  } catch {
    return undefined;
  }
}
