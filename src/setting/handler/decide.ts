/** What is asked for: the setting of a deployment, no setting, or a lost one back. */
export type SettingRequest<Wanted> =
  | { readonly kind: 'set'; readonly wanted: Wanted }
  | { readonly kind: 'clear' }
  | { readonly kind: 'heal'; readonly wanted: Wanted | undefined };

/** What is to be done. */
type Action<Change> =
  | { readonly kind: 'nothing'; readonly because: string }
  | { readonly kind: 'update'; readonly change: Change }
  | { readonly kind: 'fail'; readonly reason: string };

/** What a kind of setting says of the window or the task that it is on. */
export interface Setting<Wanted, Current, Change> {
  /** What the setting is on. */
  readonly subject: 'window' | 'task';
  /** How it is told that there is nothing to do. */
  readonly words: { readonly held: string; readonly present: string; readonly absent: string; readonly unwanted: string };
  /** Whether the setting is the wanted one. */
  holds(wanted: Wanted, current: Current | undefined): boolean;
  /** Whether there is a setting, whichever. */
  isSet(current: Current): boolean;
  change(wanted: Wanted): Change;
  /** The change that takes the setting away. */
  clearing(current: Current): Change;
}

/** Decides from the request and from what there is; nothing there means that the window or the task does not exist. */
export function decide<Wanted, Current, Change>(
  setting: Setting<Wanted, Current, Change>, request: SettingRequest<Wanted>, current: Current | undefined,
): Action<Change> {
  const { subject, words } = setting;
  switch (request.kind) {
    case 'set':
      if (current === undefined) {
        return { kind: 'fail', reason: `the ${subject} does not exist, it was deleted outside the stack: remove it from the stack, deploy, and add it again` };
      }
      return setting.holds(request.wanted, current) ? nothing(words.held) : { kind: 'update', change: setting.change(request.wanted) };
    case 'clear':
      if (current === undefined) {
        return nothing(`the ${subject} does not exist`);
      }
      return setting.isSet(current) ? { kind: 'update', change: setting.clearing(current) } : nothing(words.absent);
    case 'heal':
      if (request.wanted === undefined) {
        return nothing(words.unwanted);
      }
      if (current === undefined) {
        return nothing(`the ${subject} does not exist`);
      }
      // A different setting is left alone: a late event of a change from A to B would write A back.
      return setting.isSet(current) ? nothing(words.present) : { kind: 'update', change: setting.change(request.wanted) };
  }
}

function nothing(because: string): Action<never> {
  return { kind: 'nothing', because };
}
