import { EventBridgeClient, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import {
  GetMaintenanceWindowCommand, GetMaintenanceWindowTaskCommand, SSMClient, UpdateMaintenanceWindowCommand, UpdateMaintenanceWindowTaskCommand,
} from '@aws-sdk/client-ssm';
import type { Subject } from './registration';
import type { CurrentTask, TaskChange } from './task-alarm';
import type { CurrentWindow, WindowChange } from './window-state';

/** The clock; the tests bring their own. */
export interface Clock {
  now(): number;
  sleep(milliseconds: number): Promise<void>;
}

/** How a window or a task is read and updated. */
export interface Api<Current, Change> {
  get(ssm: SSMClient, subject: Subject): Promise<Current>;
  update(ssm: SSMClient, subject: Subject, change: Change): Promise<unknown>;
}

export const TASKS: Api<CurrentTask, TaskChange> = {
  get: async (ssm, { windowId, windowTaskId }) => {
    const { $metadata, ...task } = await ssm.send(new GetMaintenanceWindowTaskCommand({ WindowId: windowId, WindowTaskId: windowTaskId }));
    return task;
  },
  update: (ssm, { windowId, windowTaskId }, change) =>
    ssm.send(new UpdateMaintenanceWindowTaskCommand({ WindowId: windowId, WindowTaskId: windowTaskId, ...change })),
};

export const WINDOWS: Api<CurrentWindow, WindowChange> = {
  get: async (ssm, { windowId }) => {
    const { $metadata, ...window } = await ssm.send(new GetMaintenanceWindowCommand({ WindowId: windowId }));
    return window;
  },
  update: (ssm, { windowId }, change) => ssm.send(new UpdateMaintenanceWindowCommand({ WindowId: windowId, ...change })),
};

/** A permission can take that long to reach all of IAM. */
export const ACCESS_DENIED_FOR_MS = 120_000;
const ACCESS_DENIED_PAUSE_MS = 5_000;

/** The calls of one invocation. */
export class Service<Current, Change> {
  private readonly ssm = new SSMClient({ retryMode: 'standard', maxAttempts: 10 });

  public constructor(private readonly api: Api<Current, Change>, private readonly clock: Clock, private readonly accessDeniedUntil: number) {}

  public async get(subject: Subject): Promise<Current | undefined> {
    return unlessGone('DoesNotExistException', () => this.permitted(() => this.api.get(this.ssm, subject)));
  }

  public async update(subject: Subject, change: Change): Promise<void> {
    await this.permitted(() => this.api.update(this.ssm, subject, change));
  }

  /** One attempt: what is restored late could meet a deployment that wants something else. */
  public async updateOnce(subject: Subject, change: Change): Promise<void> {
    await this.api.update(new SSMClient({ maxAttempts: 1 }), subject, change);
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

/** What the targets of a rule would send now: a rule that is gone wants nothing. */
export async function inputTemplates(rule: string): Promise<string[]> {
  const events = new EventBridgeClient({ retryMode: 'standard', maxAttempts: 10 });
  const templates: string[] = [];
  let next: string | undefined;
  do {
    const page = await unlessGone('ResourceNotFoundException', () => events.send(new ListTargetsByRuleCommand({ Rule: rule, NextToken: next })));
    if (page === undefined) {
      return [];
    }
    templates.push(...(page.Targets ?? []).flatMap(({ InputTransformer }) => InputTransformer?.InputTemplate ?? []));
    next = page.NextToken;
  } while (next !== undefined);
  return templates;
}

/** What a call returns, or nothing where the service says that what it is about is gone. */
async function unlessGone<T>(errorName: string, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  // eslint-disable-next-line no-restricted-syntax -- what is gone is an answer, not a failure
  } catch (error) {
    if (nameOf(error) === errorName) {
      return undefined;
    }
    throw error;
  }
}

export function nameOf(error: unknown): string {
  return (error as { name?: string }).name ?? 'Error';
}
