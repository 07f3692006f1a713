import { Construct } from 'constructs';
import type { IConstruct } from 'constructs';
import { overlapAdvice } from './overlap-warnings';
import type { ComparedWindow } from './overlap-warnings';
import { perConstruct } from '../common/per-construct';
import { addWarning, atEndOfSynthesis } from '../common/warnings';
import type { Advice } from '../common/warnings';
import { membershipVersion } from '../common/window-registry';
import type { Span } from '../schedule/reference-span';

/** What tells the comparison about a window once the tree is complete. */
interface AppWindow {
  readonly construct: IConstruct;
  readonly compared: () => ComparedWindow;
}

interface AppWindows {
  /** In the order of their definition. */
  readonly windows: AppWindow[];
  /** Dates that somebody asked about. */
  readonly spans: Span[];
  /** Found once for all windows, and again when there are more of them. */
  found?: { readonly version: string; readonly advice: ReadonlyMap<IConstruct, Advice> };
}

/** The windows of each app: searching the tree for them at each window would take too long. */
const windowsOf = perConstruct('AppWindows', (): AppWindows => ({ windows: [], spans: [] }));

/** Warns at the end of synthesis when a window is open together with others defined before it, on the same targets. */
export function compareWithOtherWindows(construct: IConstruct, compared: () => ComparedWindow): void {
  windowsOf(construct.node.root).windows.push({ construct, compared });
  atEndOfSynthesis(construct, () => {
    const advice = adviceOf(construct.node.root).get(construct);
    advice && warnLater(construct, advice);
  });
}

/** Has the windows of an app compared at certain dates, too. */
export function compareWindowsBetween(scope: IConstruct, span: Span): void {
  windowsOf(scope.node.root).spans.push(span);
}

function adviceOf(root: IConstruct): ReadonlyMap<IConstruct, Advice> {
  const app = windowsOf(root);
  const version = [app.windows.length, app.spans.length, membershipVersion(root)].join();
  if (app.found?.version !== version) {
    const compared = app.windows.map((window) => window.compared())
      // one that works on nothing known shares nothing
      .filter(({ construct, selections }) => selections.length > 0 && !isAcknowledged(construct));
    const advice = overlapAdvice(compared, app.spans);
    app.found = { version, advice: new Map([...advice].map(([{ construct }, one]) => [construct, one])) };
  }
  return app.found.advice;
}

/** Whether somebody acknowledged overlaps at a window: what two windows have in common can be acknowledged at either. */
function isAcknowledged(window: IConstruct): boolean {
  const probe = new Construct(window as Construct, 'OverlapAcknowledgement');
  addWarning(probe, { id: 'openTogetherOnSameTargets', message: 'windows should not be open at the same time, got some that are' });
  window.node.tryRemoveChild(probe.node.id);
  return probe.node.metadata.length === 0;
}

/** Warns by the resource of a window: older CDKs forget an acknowledgement on the very construct that is warned of after it. */
export function warnLater(window: IConstruct, advice: Advice): void {
  addWarning(window.node.defaultChild ?? window, advice);
}
