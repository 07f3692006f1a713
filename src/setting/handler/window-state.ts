import type { GetMaintenanceWindowResult, UpdateMaintenanceWindowRequest } from '@aws-sdk/client-ssm';
import type { Setting } from './decide';
import type { Registration } from './registration';
import { isText } from './registration';

/** The state that a window is to have; an enabled window needs no custom resource. */
export type WantedState = 'disabled';

/** A window as GetMaintenanceWindow returns it. */
export type CurrentWindow = Omit<GetMaintenanceWindowResult, '$metadata'>;

/** What an update sends besides the id: fields that are not sent are not modified. */
export type WindowChange = Omit<UpdateMaintenanceWindowRequest, 'WindowId'>;

/** That a window is disabled. */
export const WINDOW_STATE: Setting<WantedState, CurrentWindow, WindowChange> = {
  subject: 'window',
  words: {
    held: 'the window is disabled',
    present: 'the window is disabled',
    absent: 'the window is enabled',
    unwanted: 'the deployment does not disable this window',
  },
  holds: (_, current) => current !== undefined && isDisabled(current),
  isSet: isDisabled,
  change: () => ({ Enabled: false }),
  clearing: () => ({ Enabled: true }),
};

export const STATE_PROPERTIES = 'WindowId and Enabled';

/** The properties of the custom resource, or undefined when they are not ours. */
export function parseState({ WindowId: windowId, Enabled: enabled }: { readonly [key: string]: unknown }): Registration<WantedState> | undefined {
  // CloudFormation hands booleans over as text.
  return isText(windowId) && String(enabled) === 'false' ? { windowId, wanted: 'disabled' } : undefined;
}

/** Looks a window up in the inputs of the healing rule's targets (the counterpart of the construct's rendering). */
export function wantedState(inputTemplates: readonly string[], windowId: string): WantedState | undefined {
  const isWanted = inputTemplates.some((template) => (JSON.parse(template) as { disabled?: string }).disabled === windowId);
  return isText(windowId) && isWanted ? 'disabled' : undefined;
}

export function describeLostState(_: WantedState, found: CurrentWindow | undefined): string {
  return `the window did not stay disabled, the service reports that it ${found === undefined ? 'does not exist' : 'is enabled'}`;
}

function isDisabled({ Enabled: enabled }: CurrentWindow): boolean {
  return enabled === false;
}
