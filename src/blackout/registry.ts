import type { IConstruct } from 'constructs';
import type { BlackoutDates } from './dates';
import { perConstruct } from '../common/per-construct';

interface Scope {
  /** Those of the scope itself, in the order in which they were added. */
  readonly blackouts: BlackoutDates[];
}

const scopeOf = perConstruct('Blackouts', (): Scope => ({ blackouts: [] }));

/** A window that black-outs turn off and on. */
interface ClosableWindow extends IConstruct {
  /** Defines the schedules anew: those of one black-out depend on the others. */
  _renewSchedules(): void;
}

const windowsOf = perConstruct('ClosableWindows', (): { readonly all: Set<ClosableWindow> } => ({ all: new Set() }));

/** Keeps the black-outs of a construct itself. */
export function keepBlackouts(construct: IConstruct, blackouts: readonly BlackoutDates[]): void {
  scopeOf(construct).blackouts.push(...blackouts);
}

/** Gives black-outs to all windows below a construct. */
export function registerBlackouts(scope: IConstruct, blackouts: readonly BlackoutDates[]): void {
  keepBlackouts(scope, blackouts);
  closableWindowsIn(scope).forEach((window) => window._renewSchedules());
}

/** The black-outs of a construct and of all scopes around it. */
export function blackoutsOf(construct: IConstruct): BlackoutDates[] {
  return construct.node.scopes.flatMap((scope) => scopeOf(scope).blackouts);
}

/** Has a window turned off and on for its own black-outs and for those of the scopes around it, also for those that are added later. */
export function registerClosableWindow(window: ClosableWindow, own: readonly BlackoutDates[]): void {
  windowsOf(window.node.root).all.add(window);
  keepBlackouts(window, own);
  window._renewSchedules();
}

export function closableWindowsIn(scope: IConstruct): ClosableWindow[] {
  return [...windowsOf(scope.node.root).all].filter((window) => window.node.scopes.includes(scope));
}
