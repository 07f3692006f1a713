import type { Diagnostic } from '../../rules/diagnostic';
import { targetDiagnostics } from '../../rules/target';
import { taskDiagnostics } from '../../rules/task';
import { propertiesFromTemplate } from '../../rules/template-value';
import type { Properties } from '../../rules/value';
import { windowDiagnostics } from '../../rules/window';
import type { Entity, EntityKind } from '../model';

const RULES: Readonly<Record<EntityKind, (properties: Properties) => readonly Diagnostic[]>> = {
  window: windowDiagnostics,
  target: targetDiagnostics,
  task: taskDiagnostics,
};

/** What the service rejects in an entity, and so do the constructs. Values known only at deployment pass. */
export function mistakesOf({ kind, properties }: Entity): string[] {
  return RULES[kind](propertiesFromTemplate(properties)).filter(({ severity }) => severity === 'error').map(({ message }) => message);
}
