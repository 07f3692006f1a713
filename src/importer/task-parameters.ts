import { isObject, type Json, type JsonObject } from './json';
import type { Entity, Model, Remark } from './model';
import { BLOCKS, invocationBlock } from './task-types';

/**
 * Moves what AWS deprecated, `TaskParameters` and `LoggingInfo`, to where the constructs have it.
 *
 * Only Run Command tasks used both. What has another value in the new place already stays.
 */
export function withoutDeprecated(model: Model): Model {
  const remarks: Remark[] = [];
  const entities = model.entities.map(entity => {
    const moved = entity.kind === 'task' && entity.properties.TaskType === 'RUN_COMMAND' ? movedProperties(entity) : undefined;
    if (moved && moved.names.length > 0) {
      remarks.push({ place: entity.place, key: entity.key, message: `moved from the deprecated ${moved.names.join(' and ')}, which changes the template` });
    }
    return moved ? { ...entity, properties: moved.properties } : entity;
  });
  return { ...model, entities, remarks: [...model.remarks, ...remarks] };
}

function movedProperties({ properties }: Entity): { readonly properties: JsonObject; readonly names: string[] } {
  const { TaskParameters: parameters, LoggingInfo: logging, ...others } = properties;
  const block = invocationBlock(properties);
  const movedParameters = block.Parameters === undefined ? documentParameters(parameters) : undefined;
  const movedLogging = block.OutputS3BucketName === undefined && isObject(logging) && logging.S3Bucket !== undefined ? logging : undefined;
  const names = [...movedParameters ? ['TaskParameters'] : [], ...movedLogging ? ['LoggingInfo'] : []];
  if (names.length === 0) {
    return { properties, names };
  }
  const blocks = isObject(others.TaskInvocationParameters) ? others.TaskInvocationParameters : {};
  return {
    names,
    properties: {
      ...others,
      ...!movedParameters && parameters !== undefined && { TaskParameters: parameters },
      ...!movedLogging && logging !== undefined && { LoggingInfo: logging },
      TaskInvocationParameters: {
        ...blocks,
        [BLOCKS.RUN_COMMAND]: {
          ...block,
          ...movedParameters && { Parameters: movedParameters },
          ...movedLogging && { OutputS3BucketName: movedLogging.S3Bucket },
          ...movedLogging?.S3Prefix !== undefined && { OutputS3KeyPrefix: movedLogging.S3Prefix },
        },
      },
    },
  };
}

/** `TaskParameters` have an object with the values of each parameter. */
function documentParameters(parameters: Json | undefined): JsonObject | undefined {
  const entries = isObject(parameters) ? Object.entries(parameters) : [];
  const values = entries.map(([name, value]) => [name, isObject(value) && Array.isArray(value.Values) ? value.Values : undefined] as const);
  return values.length > 0 && values.every(([, value]) => value !== undefined) ? Object.fromEntries(values as Array<[string, Json[]]>) : undefined;
}
