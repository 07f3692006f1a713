import { isObject, type Json, type JsonObject } from '../json';

/** The hash that the CDK puts at the end of a logical ID. */
const HASH = /(?<=[A-Za-z])(?=[A-F0-9]*\d)[A-F0-9]{8}$/;

/** What a construct path ends with when the resource is the main one of its construct. */
const MAIN_RESOURCES = ['Resource', 'Default'];

/** What somebody called a resource: the last ID of its path in the app, or its logical ID without what the CDK added. */
export function resourceName(logicalId: string, resource: Json | undefined): string {
  const metadata = isObject(resource) && isObject(resource.Metadata) ? resource.Metadata : {};
  const path = metadata['aws:cdk:path'];
  const ids = typeof path === 'string' ? path.split('/').filter(id => !MAIN_RESOURCES.includes(id)) : [];
  return ids.length > 1 ? ids[ids.length - 1] : logicalId.replace(HASH, '');
}

/** Attributes of a resource without the metadata that the CDK writes itself. */
export function withoutCdkMetadata(attributes: JsonObject): JsonObject {
  const { Metadata: metadata, ...others } = attributes;
  if (!isObject(metadata)) {
    return attributes;
  }
  const own = Object.entries(metadata).filter(([name]) => !/^aws:(cdk|asset):/.test(name));
  return own.length > 0 ? { ...others, Metadata: Object.fromEntries(own) } : others;
}
