import type { Findings } from './findings';
import { matches, textOfCharacters } from './findings';
import { formatValue } from './format-value';
import type { Value } from './value';
import { isList, mapOf } from './value';

/**
 * Tags of a window.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Tag.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AddTagsToResource.html
 */
const CHARACTERS = '\\p{L}\\p{Z}\\p{N}_.:/=+\\-@';
const KEY = textOfCharacters(CHARACTERS, { min: 1, max: 128 }, 'be 1 to 128 letters, digits, spaces and "_.:/=+-@"');
const VALUE = textOfCharacters(CHARACTERS, { min: 0, max: 256 }, 'be at most 256 letters, digits, spaces and "_.:/=+-@"');
const RESERVED = /^aws:/i;
const MAX_TAGS = 50;

/** Checks a list of `Key` and `Value`. */
export function checkTags(findings: Findings, property: string, tags: Value): void {
  if (!isList(tags)) {
    return;
  }
  const name = findings.name(property);
  if (tags.length > MAX_TAGS) {
    findings.error(property, `${name} must hold at most ${MAX_TAGS} tags, got ${tags.length}, remove some`);
  }
  const keys = tags.map((tag) => mapOf(tag).Key).filter((key) => typeof key === 'string');
  for (const key of new Set(keys.filter((one, index) => keys.indexOf(one) < index))) {
    findings.error(property, `${name} must hold each key once, got ${formatValue(key)} again, remove one of them`);
  }
  for (const { Key: key, Value: value } of tags.map(mapOf)) {
    findings.required(`${property}.Key`, key, 'give each tag a key');
    findings.required(`${property}.Value`, value, 'give each tag a value');
    if (!matches(key, KEY)) {
      findings.error(property, `a key of ${name} must ${KEY.rule}, got ${formatValue(key)}`);
    } else if (typeof key === 'string' && RESERVED.test(key)) {
      findings.error(property, `a key of ${name} must not begin with "aws:", which is kept for AWS, got ${formatValue(key)}, rename it`);
    }
    if (!matches(value, VALUE)) {
      const got = typeof key === 'string' ? `${formatValue(value)} for ${formatValue(key)}` : formatValue(value);
      findings.error(property, `a value of ${name} must ${VALUE.rule}, got ${got}`);
    }
  }
}
