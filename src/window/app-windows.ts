import type { IConstruct } from 'constructs';
import { overlapAdvice } from './overlap-warnings';
import type { ComparedWindow } from './overlap-warnings';
import { perConstruct } from '../common/per-construct';
import { addWarning, atEndOfSynthesis } from '../common/warnings';
import type { Advice } from '../common/warnings';

/** What tells the comparison about a window once the tree is complete. */
type Compared = () => ComparedWindow;

/** The windows of each app, in the order of their definition: searching the tree for them at each window would take too long. */
const windowsOf = perConstruct('AppWindows', (): Compared[] => []);

/** Warns at the end of synthesis when a window is open together with one defined before it, on the same targets. */
export function compareWithOtherWindows(window: IConstruct, compared: Compared): void {
  const windows = windowsOf(window.node.root);
  const earlier = windows.length;
  windows.push(compared);
  atEndOfSynthesis(window, () => {
    const own = compared();
    // one that works on nothing known shares nothing
    const others = own.selections.length > 0 ? windows.slice(0, earlier) : [];
    others.flatMap((other) => overlapAdvice(own, other())).forEach((advice) => warnLater(window, advice));
  });
}

/** Warns by the resource of a window: older CDKs forget an acknowledgement on the very construct that is warned of after it. */
export function warnLater(window: IConstruct, advice: Advice): void {
  addWarning(window.node.defaultChild ?? window, advice);
}
