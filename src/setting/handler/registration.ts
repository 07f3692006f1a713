/** A window, or a task of it. */
export interface Subject {
  readonly windowId: string;
  readonly windowTaskId?: string;
}

/** What the properties of a custom resource say: what is set, and on what. */
export interface Registration<Wanted> extends Subject {
  readonly wanted: Wanted;
}

/** Stable as long as the window or task is the same: another id makes CloudFormation delete the old one. */
export function physicalResourceId({ windowId, windowTaskId }: Subject): string {
  return `${windowId}/${windowTaskId ?? 'state'}`;
}

/** A window or task for people to read. */
export function subjectText({ windowId, windowTaskId }: Subject): string {
  return windowTaskId === undefined ? `maintenance window ${windowId}` : `task ${windowTaskId} of maintenance window ${windowId}`;
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
