import { map, call, own, type Code } from './code';
import { type Json, type JsonObject } from '../json';
import type { RenderedProps, Rendering } from './rendering';

/** Options of `addTarget`. */
export function targetProps(properties: JsonObject, { values }: Rendering): RenderedProps {
  const optionalText = (value: Json | undefined) => value === undefined ? undefined : values.string(value);
  return {
    props: {
      selector: selector(properties, values),
      targetName: optionalText(properties.Name),
      description: optionalText(properties.Description),
      ownerInformation: optionalText(properties.OwnerInformation),
    },
    overrides: [],
  };
}

function selector({ ResourceType: type, Targets: targets }: JsonObject, values: Rendering['values']): Code {
  const entries = (targets as JsonObject[]).map(({ Key: key, Values: items }) => ({ key, items }));
  const only = entries.length === 1 ? entries[0] : undefined;
  if (type === 'INSTANCE' && only?.key === 'InstanceIds') {
    return call(own('TargetSelector.instanceIds'), ...values.items(only.items));
  }
  if (type === 'INSTANCE' && only?.key === 'tag-key') {
    return call(own('TargetSelector.tagKeys'), ...values.items(only.items));
  }
  if (type === 'INSTANCE' && entries.every(({ key }) => typeof key === 'string' && key.startsWith('tag:'))) {
    return call(own('TargetSelector.tags'), map(entries.map(({ key, items }) => [(key as string).slice('tag:'.length), values.list(items)])));
  }
  const name = entries.find(({ key }) => key === 'resource-groups:Name')?.items;
  const types = entries.find(({ key }) => key === 'resource-groups:ResourceTypeFilters')?.items;
  if (type === 'RESOURCE_GROUP' && Array.isArray(name) && name.length === 1 && entries.length === (types === undefined ? 1 : 2)) {
    return call(own('TargetSelector.resourceGroup'), values.string(name[0]), ...types === undefined ? [] : values.items(types));
  }
  return call(own('TargetSelector.of'), own(type === 'RESOURCE_GROUP' ? 'TargetResourceType.RESOURCE_GROUP' : 'TargetResourceType.INSTANCE'),
    map(entries.map(({ key, items }) => [typeof key === 'string' ? key : values.string(key), values.list(items)])));
}
