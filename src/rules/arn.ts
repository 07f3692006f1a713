import { PartialText } from './partial-text';
import type { Value } from './value';

const COLONS_BEFORE_RESOURCE = 5;

/** What an ARN says, as far as it is known. */
interface ArnParts {
  readonly partition?: string;
  readonly service?: string;
  readonly region?: string;
  readonly account?: string;
  /** With all that follows the account. */
  readonly resource?: string;
}

/**
 * Splits an ARN, or what is certain of one that has values known only at deployment. Undefined for what is no ARN, or may be none.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
 */
export function arnParts(value: Value): ArnParts | undefined {
  const parts = typeof value === 'string' ? value.split(':') : value instanceof PartialText ? value.colonSeparated() : [];
  if (parts[0] !== 'arn') {
    return undefined;
  }
  const [, partition, service, region, account, ...resource] = parts;
  return { partition, service, region, account, resource: resource.includes(undefined) ? resource[0] : resource.length > 0 ? resource.join(':') : undefined };
}

/** Whether a text of which only parts are known can be an ARN of a service, whose resource begins in one of these ways, such as `role/`. */
export function ofArn(service: string, ...beginnings: string[]): (text: PartialText) => boolean {
  return (text) => {
    const resource = text.afterColons(COLONS_BEFORE_RESOURCE);
    return areCompatible(text.prefix, 'arn:')
      && (arnParts(text)?.service ?? service) === service
      && beginnings.some((beginning) => areCompatible(resource, beginning));
  };
}

/** Whether both can be the beginning of one text. */
function areCompatible(one: string, other: string): boolean {
  return one.startsWith(other) || other.startsWith(one);
}
