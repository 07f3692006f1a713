import type { JsonObject } from '../json';
import type { Model } from '../model';
import type { Program } from '../write/program';

const ID_PROPERTIES = { window: [], target: ['WindowTargetId'], task: ['WindowTaskId'] } as const;

/** What `cdk import --resource-mapping` takes, and the entities whose ids are not known. */
interface ImportMap {
  readonly resources: { readonly [logicalId: string]: JsonObject };
  readonly unknown: string[];
}

/** Maps the resources of the program to what they are in the account: a window by its id, targets and tasks by the window's and their own. */
export function importMapOf(model: Model, program: Program): ImportMap {
  const known = model.entities.filter(({ kind, physicalId, physicalWindowId }) => physicalId !== undefined && (kind === 'window' || physicalWindowId !== undefined));
  return {
    resources: Object.fromEntries(known.map(({ key, kind, physicalId, physicalWindowId }) => [program.logicalIds.get(key)!, {
      WindowId: kind === 'window' ? physicalId! : physicalWindowId!,
      ...Object.fromEntries(ID_PROPERTIES[kind].map(name => [name, physicalId!])),
    }])),
    unknown: model.entities.filter(entity => !known.includes(entity)).map(({ place }) => place),
  };
}
