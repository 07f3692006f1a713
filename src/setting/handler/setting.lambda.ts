import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceUpdateEvent, Context } from 'aws-lambda';
import type { Clock } from './calls';
import { ACCESS_DENIED_FOR_MS, inputTemplates, nameOf, Service } from './calls';
import { respond } from './cfn-response';
import type { SettingRequest } from './decide';
import { decide } from './decide';
import type { Kind } from './kind';
import { ALARM_KIND, STATE_KIND } from './kind';
import type { Registration, Subject } from './registration';
import { physicalResourceId, subjectText } from './registration';

/** What a healing rule sends when a task of its window was updated, or when its window was enabled. */
interface HealingEvent extends Subject {
  /** The rule, to read from its targets what is wanted at this moment. */
  readonly rule: string;
}

/** Either a request of CloudFormation or an event of a healing rule. */
export type SettingEvent = CloudFormationCustomResourceEvent | HealingEvent;

const STATE_TYPE = 'Custom::SSMMaintenanceWindowState';

/** What was set may be read back late. */
const READ_BACKS = 5;
const READ_BACK_PAUSE_MS = 1_000;
/** Longer than a healing update that began before ours can still be on its way. */
const SETTLE_MS = 5_000;
/** Time to answer before Lambda stops the function. */
const ANSWER_WITHIN_MS = 10_000;

const REAL_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** The entry point with a clock of its own. */
export function createHandler(clock: Clock = REAL_CLOCK): (event: SettingEvent, context: Pick<Context, 'getRemainingTimeInMillis'>) => Promise<void> {
  return (event, context) => {
    if ('RequestType' in event) {
      const withinMs = context.getRemainingTimeInMillis() - ANSWER_WITHIN_MS;
      return event.ResourceType === STATE_TYPE ? answer(STATE_KIND, event, clock, withinMs) : answer(ALARM_KIND, event, clock, withinMs);
    }
    return event.windowTaskId === undefined ? heal(STATE_KIND, event, clock) : heal(ALARM_KIND, event, clock);
  };
}

/** Lambda's entry point. */
export const handler = createHandler();

/** Runs a request of CloudFormation and tells it how that went: whatever happens, the stack must not wait for its timeout. */
async function answer<Wanted, Current, Change>(
  kind: Kind<Wanted, Current, Change>, event: CloudFormationCustomResourceEvent, clock: Clock, withinMs: number,
): Promise<void> {
  const registration = kind.parse(event.ResourceProperties);
  const physicalId = event.RequestType !== 'Create' ? event.PhysicalResourceId : undefined;
  const common = { StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId };
  const outOfTime = clock.sleep(withinMs).then(() => {
    throw new Error('the function ran out of time, deploy again');
  });
  let reason: string | undefined;
  try {
    await Promise.race([deploy(kind, event, registration, clock), outOfTime]);
  // eslint-disable-next-line no-restricted-syntax -- every failure is told to CloudFormation
  } catch (error) {
    reason = `${registration === undefined ? '' : `${subjectText(registration)}: `}${messageOf(error)}`;
  }
  log({ request: event.RequestType, windowId: registration?.windowId, windowTaskId: registration?.windowTaskId, outcome: reason ?? 'done' });
  await respond(event.ResponseURL, {
    Status: reason === undefined ? 'SUCCESS' : 'FAILED',
    Reason: reason,
    // A failed update keeps the id that CloudFormation knows, a delete may never return another.
    PhysicalResourceId: (event.RequestType === 'Delete' || reason !== undefined ? physicalId : undefined)
      ?? (registration === undefined ? event.RequestId : physicalResourceId(registration)),
    ...common,
  }, { sleep: clock.sleep });
}

async function deploy<Wanted, Current, Change>(
  kind: Kind<Wanted, Current, Change>, event: CloudFormationCustomResourceEvent, registration: Registration<Wanted> | undefined, clock: Clock,
): Promise<void> {
  if (registration === undefined) {
    if (event.RequestType === 'Delete') {
      // Its creation was refused for the same reason.
      return;
    }
    throw new Error(`${kind.required} must be given, the template was changed by hand`);
  }
  const service = new Service(kind.api, clock, clock.now() + ACCESS_DENIED_FOR_MS);
  if (event.RequestType === 'Delete') {
    await apply(kind, service, registration, { kind: 'clear' });
    return;
  }
  const request: SettingRequest<Wanted> = { kind: 'set', wanted: registration.wanted };
  let updated = await apply(kind, service, registration, request);
  if (changes(kind, event, registration)) {
    // A healing that looked between its own update and ours may write the previous setting once more.
    await clock.sleep(SETTLE_MS);
    updated = await apply(kind, service, registration, request) || updated;
  }
  if (updated) {
    await verify(kind, service, registration, clock);
  }
}

/** Whether another setting is wanted on the same window or task than before. */
function changes<Wanted, Current, Change>(
  kind: Kind<Wanted, Current, Change>, event: CloudFormationCustomResourceEvent, registration: Registration<Wanted>,
): boolean {
  const before = event.RequestType === 'Update' ? kind.parse((event as CloudFormationCustomResourceUpdateEvent).OldResourceProperties) : undefined;
  return before !== undefined && physicalResourceId(before) === physicalResourceId(registration) && kind.isOther(before.wanted, registration.wanted);
}

async function verify<Wanted, Current, Change>(
  { setting, describeLost }: Kind<Wanted, Current, Change>, service: Service<Current, Change>, registration: Registration<Wanted>, clock: Clock,
): Promise<void> {
  let found = await service.get(registration);
  for (let attempt = 1; !setting.holds(registration.wanted, found); attempt++) {
    if (attempt === READ_BACKS) {
      throw new Error(`${describeLost(registration.wanted, found)}: check that nothing else updates the ${setting.subject}, and deploy again`);
    }
    await clock.sleep(READ_BACK_PAUSE_MS);
    found = await service.get(registration);
  }
}

/** Whether something was updated. */
async function apply<Wanted, Current, Change>(
  { setting }: Kind<Wanted, Current, Change>, service: Service<Current, Change>, subject: Subject, request: SettingRequest<Wanted>,
): Promise<boolean> {
  const action = decide(setting, request, await service.get(subject));
  if (action.kind === 'fail') {
    throw new Error(action.reason);
  }
  if (action.kind === 'update') {
    await service.update(subject, action.change);
  }
  return action.kind === 'update';
}

/** Restores a lost setting. A failure is thrown: Lambda invokes the function again. */
async function heal<Wanted, Current, Change>(kind: Kind<Wanted, Current, Change>, event: HealingEvent, clock: Clock): Promise<void> {
  const { windowId, windowTaskId } = event;
  const wantedNow = async () => kind.wantedBy(await inputTemplates(event.rule), event);
  const wanted = await wantedNow();
  const service = new Service(kind.api, clock, clock.now());
  const action = decide(kind.setting, { kind: 'heal', wanted }, wanted === undefined ? undefined : await service.get(event));
  let outcome = action.kind === 'nothing' ? `nothing to do, ${action.because}` : 'restored';
  if (action.kind === 'update') {
    // Reading may have taken long, and a deployment deletes the rule before it takes the setting away.
    const still = await wantedNow();
    if (still === undefined || kind.isOther(wanted!, still)) {
      outcome = 'nothing to do, the deployment wants something else by now';
    } else {
      await service.updateOnce(event, action.change);
    }
  }
  log({ request: 'Heal', windowId, windowTaskId, outcome });
}

/** The service repeats refused values, and a task's parameters can hold secrets. */
function messageOf(error: unknown): string {
  const message = ((error as { message?: string }).message ?? String(error)).replace(/Value '[\s\S]*?' at '/g, "Value at '");
  return nameOf(error) === 'Error' ? message : `${nameOf(error)}: ${message}`;
}

/** Ids and outcome only: the request holds the task's parameters. */
function log(entry: { readonly [key: string]: string | undefined }): void {
  // eslint-disable-next-line no-console -- goes to the function's log group
  console.log(JSON.stringify(entry));
}
