import type { JsonObject } from '../json';
import type { Entity, Model } from '../model';
import { entitiesInOrder } from '../write/order';
import type { Program } from '../write/program';

const ID_PROPERTIES = { window: [], target: ['WindowTargetId'], task: ['WindowTaskId'] } as const;

/** What CreateChangeSet imports at once. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html */
const MAX_IMPORTED = 200;

/** What `cdk import --resource-mapping` takes. */
export interface ImportStep {
  /** The place of the stack. */
  readonly stack: number;
  readonly resources: { readonly [logicalId: string]: JsonObject };
}

/** The steps of an import, in their order: a window comes before its targets, these before the tasks. */
export function importSteps(models: readonly Model[], programs: readonly Program[]): { readonly steps: ImportStep[]; readonly unknown: string[] } {
  const isKnown = ({ kind, physicalId, physicalWindowId }: Entity) => physicalId !== undefined && (kind === 'window' || physicalWindowId !== undefined);
  return {
    steps: models.flatMap((model, stack) => {
      const entries = entitiesInOrder(model.entities).filter(isKnown).map((entity) => entryOf(entity, programs[stack]));
      return chunks(entries).map((chunk) => ({ stack, resources: Object.fromEntries(chunk) }));
    }),
    unknown: models.flatMap(({ entities }) => entities.filter((entity) => !isKnown(entity)).map(({ place }) => place)),
  };
}

/** What a resource is in the account: a window by its ID, targets and tasks by the window's and their own. */
function entryOf({ key, kind, physicalId, physicalWindowId }: Entity, program: Program): readonly [string, JsonObject] {
  return [program.logicalIds.get(key)!, {
    WindowId: kind === 'window' ? physicalId! : physicalWindowId!,
    ...Object.fromEntries(ID_PROPERTIES[kind].map((name) => [name, physicalId!])),
  }];
}

function chunks<T>(items: readonly T[]): T[][] {
  const count = Math.ceil(items.length / MAX_IMPORTED);
  return Array.from({ length: count }, (_, index) => items.slice(index * MAX_IMPORTED, (index + 1) * MAX_IMPORTED));
}
