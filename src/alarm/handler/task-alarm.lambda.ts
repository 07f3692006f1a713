import { EventBridgeClient, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { GetMaintenanceWindowTaskCommand, SSMClient, UpdateMaintenanceWindowTaskCommand } from '@aws-sdk/client-ssm';
import type { CloudFormationCustomResourceEvent, CloudFormationCustomResourceUpdateEvent, Context } from 'aws-lambda';
import { respond } from './cfn-response';
import type { CurrentTask, Registration, TaskChange, AlarmRequest } from './task-alarm-logic';
import { changesAlarm, decide, describeAlarm, holds, parseRegistration, physicalResourceId, wantedAlarm } from './task-alarm-logic';

/** What the healing rule sends when a task of its window was updated. */
interface TaskUpdatedEvent {
  /** The rule, to read from its targets what is wanted at this moment. */
  readonly rule: string;
  readonly windowId: string;
  readonly windowTaskId: string;
}

/** Either a request of CloudFormation or an event of the healing rule. */
export type TaskAlarmEvent = CloudFormationCustomResourceEvent | TaskUpdatedEvent;

/** The clock; the tests bring their own. */
interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

interface Task {
  readonly windowId: string;
  readonly windowTaskId: string;
}

/** A permission can take that long to reach all of IAM. */
const ACCESS_DENIED_FOR_MS = 120_000;
const ACCESS_DENIED_PAUSE_MS = 5_000;
/** GetMaintenanceWindowTask may lag behind the update. */
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

/** The SDK calls of one invocation. */
class TaskService {
  private readonly ssm = new SSMClient({ retryMode: 'standard', maxAttempts: 10 });

  public constructor(private readonly clock: Clock, private readonly accessDeniedUntil: number) {}

  public async get({ windowId, windowTaskId }: Task): Promise<CurrentTask | undefined> {
    try {
      const { $metadata, ...task } = await this.permitted(() =>
        this.ssm.send(new GetMaintenanceWindowTaskCommand({ WindowId: windowId, WindowTaskId: windowTaskId })));
      return task;
    // eslint-disable-next-line no-restricted-syntax -- a task that is gone is an answer, not a failure
    } catch (error) {
      if (nameOf(error) === 'DoesNotExistException') {
        return undefined;
      }
      throw error;
    }
  }

  public async update({ windowId, windowTaskId }: Task, change: TaskChange): Promise<void> {
    await this.permitted(() =>
      this.ssm.send(new UpdateMaintenanceWindowTaskCommand({ WindowId: windowId, WindowTaskId: windowTaskId, ...change })));
  }

  /** One attempt: a restored alarm that arrives late could meet a deployment that set another one. */
  public async updateOnce({ windowId, windowTaskId }: Task, change: TaskChange): Promise<void> {
    await new SSMClient({ maxAttempts: 1 })
      .send(new UpdateMaintenanceWindowTaskCommand({ WindowId: windowId, WindowTaskId: windowTaskId, ...change }));
  }

  private async permitted<T>(call: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await call();
      // eslint-disable-next-line no-restricted-syntax -- a new role is not known everywhere at once
      } catch (error) {
        if (nameOf(error) !== 'AccessDeniedException' || this.clock.now() >= this.accessDeniedUntil) {
          throw error;
        }
      }
      await this.clock.sleep(ACCESS_DENIED_PAUSE_MS);
    }
  }
}

/** The entry point with a clock of its own. */
export function createHandler(clock: Clock = REAL_CLOCK): (event: TaskAlarmEvent, context: Pick<Context, 'getRemainingTimeInMillis'>) => Promise<void> {
  return (event, context) => 'RequestType' in event
    ? answer(event, clock, context.getRemainingTimeInMillis() - ANSWER_WITHIN_MS)
    : heal(event, clock);
}

/** Lambda's entry point. */
export const handler = createHandler();

/** Runs a request of CloudFormation and tells it how that went: whatever happens, the stack must not wait for its timeout. */
async function answer(event: CloudFormationCustomResourceEvent, clock: Clock, withinMs: number): Promise<void> {
  const registration = parseRegistration(event.ResourceProperties);
  const physicalId = event.RequestType !== 'Create' ? event.PhysicalResourceId : undefined;
  const common = { StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId };
  const outOfTime = clock.sleep(withinMs).then(() => {
    throw new Error('the function ran out of time, deploy again');
  });
  let reason: string | undefined;
  try {
    await Promise.race([deploy(event, registration, clock), outOfTime]);
  // eslint-disable-next-line no-restricted-syntax -- every failure is told to CloudFormation
  } catch (error) {
    reason = `${subject(registration)}${messageOf(error)}`;
  }
  log({ request: event.RequestType, ...idsOf(registration), outcome: reason ?? 'done' });
  await respond(event.ResponseURL, {
    Status: reason === undefined ? 'SUCCESS' : 'FAILED',
    Reason: reason,
    // A failed update keeps the id that CloudFormation knows, a delete may never return another.
    PhysicalResourceId: (event.RequestType === 'Delete' || reason !== undefined ? physicalId : undefined)
      ?? (registration === undefined ? event.RequestId : physicalResourceId(registration)),
    ...common,
  }, { sleep: clock.sleep });
}

async function deploy(event: CloudFormationCustomResourceEvent, registration: Registration | undefined, clock: Clock): Promise<void> {
  if (registration === undefined) {
    if (event.RequestType === 'Delete') {
      // Its creation was refused for the same reason.
      return;
    }
    throw new Error('WindowId, WindowTaskId and AlarmName must be given, the template was changed by hand');
  }
  const service = new TaskService(clock, clock.now() + ACCESS_DENIED_FOR_MS);
  if (event.RequestType === 'Delete') {
    await apply(service, registration, { kind: 'clear' });
    return;
  }
  const request: AlarmRequest = { kind: 'set', alarm: registration.alarm };
  let updated = await apply(service, registration, request);
  if (changesAlarm(previous(event), registration)) {
    // A healing that saw the task between its own update and ours may write the previous alarm once more.
    await clock.sleep(SETTLE_MS);
    updated = await apply(service, registration, request) || updated;
  }
  if (updated) {
    await verify(service, registration, clock);
  }
}

async function verify(service: TaskService, registration: Registration, clock: Clock): Promise<void> {
  const readBack = async () => (await service.get(registration))?.AlarmConfiguration;
  let found = await readBack();
  for (let attempt = 1; !holds(registration.alarm, found); attempt++) {
    if (attempt === READ_BACKS) {
      throw new Error(`the alarm ${JSON.stringify(registration.alarm.alarmName)} did not stay, the service reports ${describeAlarm(found)}: `
        + 'check that nothing else updates the task, and deploy again');
    }
    await clock.sleep(READ_BACK_PAUSE_MS);
    found = await readBack();
  }
}

/** Whether something was updated. */
async function apply(service: TaskService, registration: Registration, request: AlarmRequest): Promise<boolean> {
  const action = decide(request, await service.get(registration));
  if (action.kind === 'fail') {
    throw new Error(action.reason);
  }
  if (action.kind === 'update') {
    await service.update(registration, action.change);
  }
  return action.kind === 'update';
}

/** Restores a wiped alarm. A failure is thrown: Lambda invokes the function again. */
async function heal(event: TaskUpdatedEvent, clock: Clock): Promise<void> {
  const templates = await inputTemplates(event.rule);
  const alarm = wantedAlarm(templates, event.windowTaskId);
  const service = new TaskService(clock, clock.now());
  const action = decide({ kind: 'heal', alarm }, alarm === undefined ? undefined : await service.get(event));
  if (action.kind === 'update') {
    await service.updateOnce(event, action.change);
  }
  log({
    request: 'Heal',
    windowId: event.windowId,
    windowTaskId: event.windowTaskId,
    outcome: action.kind === 'nothing' ? `nothing to do, ${action.because}` : 'restored',
  });
}

/** What the rule's targets would send now: a rule that is gone wants nothing. */
async function inputTemplates(rule: string): Promise<string[]> {
  const events = new EventBridgeClient({ retryMode: 'standard', maxAttempts: 10 });
  const templates: string[] = [];
  let next: string | undefined;
  do {
    try {
      const page = await events.send(new ListTargetsByRuleCommand({ Rule: rule, NextToken: next }));
      templates.push(...(page.Targets ?? []).flatMap(({ InputTransformer }) => InputTransformer?.InputTemplate ?? []));
      next = page.NextToken;
    // eslint-disable-next-line no-restricted-syntax -- a rule that is gone is an answer, not a failure
    } catch (error) {
      if (nameOf(error) === 'ResourceNotFoundException') {
        return [];
      }
      throw error;
    }
  } while (next !== undefined);
  return templates;
}

function previous(event: CloudFormationCustomResourceEvent): Registration | undefined {
  return event.RequestType === 'Update' ? parseRegistration((event as CloudFormationCustomResourceUpdateEvent).OldResourceProperties) : undefined;
}

function idsOf(registration: Registration | undefined): Partial<Task> {
  return { windowId: registration?.windowId, windowTaskId: registration?.windowTaskId };
}

function subject(registration: Registration | undefined): string {
  return registration === undefined ? '' : `task ${registration.windowTaskId} of maintenance window ${registration.windowId}: `;
}

function nameOf(error: unknown): string {
  return (error as { name?: string }).name ?? 'Error';
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
