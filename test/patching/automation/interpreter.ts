import type { AutomationDocument, Step } from './document';
import { runScript } from './scripts';
import type { World } from './world';

/*
 * Runs a document of the type Automation against a world that keeps its state.
 *
 * By the user guide: a step is tried `maxAttempts` times; what fails goes where `onFailure` says, unless it is the end; a critical step that failed
 * makes the execution fail; a cancelled execution goes where `onCancel` says and has two minutes.
 */

/** What happens to a step: it fails with or without having done its work, takes too long, or the execution is cancelled at it. */
export type Fault = 'fails' | 'fails after its work' | 'times out' | 'is cancelled' | 'is cancelled after its work';

export interface Execution {
  readonly status: 'Success' | 'Failed' | 'Cancelled';
  /** The names of the steps that ran, in their order. */
  readonly ran: string[];
  /** What each step that failed says. */
  readonly messages: string[];
}

const CANCELLED_SECONDS = 120;
const POLL_SECONDS = 10;

export function run(document: AutomationDocument, world: World, parameters: Record<string, string>, faults: Record<string, Fault> = {}): Execution {
  return new Interpreter(document, world, parameters, faults).run();
}

class Cancelled extends Error {}

class Interpreter {
  private readonly ran: string[] = [];
  private readonly messages: string[] = [];
  private readonly outputs: Record<string, unknown>;
  private cancelledAt?: number;
  private failed = false;

  public constructor(
    private readonly document: AutomationDocument,
    private readonly world: World,
    parameters: Record<string, string>,
    private readonly faults: Record<string, Fault>,
  ) {
    const defaults = Object.entries(document.parameters).map(([name, { default: value }]) => [name, value] as const);
    this.outputs = { ...Object.fromEntries(defaults), ...parameters, 'automation:EXECUTION_ID': 'execution' };
  }

  public run(): Execution {
    let step: Step | undefined = this.document.mainSteps[0];
    while (step) {
      if (this.cancelledAt !== undefined && this.world.now - this.cancelledAt > CANCELLED_SECONDS) {
        break;
      }
      step = this.step(step);
    }
    return { status: this.cancelledAt !== undefined ? 'Cancelled' : this.failed ? 'Failed' : 'Success', ran: this.ran, messages: this.messages };
  }

  /** Runs a step and returns the next one. */
  private step(step: Step): Step | undefined {
    this.ran.push(step.name);
    try {
      const jump = this.attempts(step);
      return jump ? this.find(jump) : step.isEnd ? undefined : this.following(step);
      // eslint-disable-next-line no-restricted-syntax -- a step that fails is what is interpreted
    } catch (error) {
      if (error instanceof Cancelled) {
        this.cancelledAt = this.world.now;
        return this.target(step, step.onCancel ?? 'Abort');
      }
      this.messages.push((error as Error).message);
      const onFailure = step.onFailure ?? 'Abort';
      this.failed ||= step.isCritical ?? onFailure !== 'Continue';
      // whatever happens to it, the end is the end
      return step.isEnd ? undefined : this.target(step, onFailure);
    }
  }

  private target(step: Step, where: string): Step | undefined {
    return where === 'Continue' ? this.following(step) : where === 'Abort' ? undefined : this.find(where.replace('step:', ''));
  }

  private find(name: string): Step {
    return this.document.mainSteps.find((step) => step.name === name)!;
  }

  private following(step: Step): Step | undefined {
    return step.nextStep ? this.find(step.nextStep) : this.document.mainSteps[this.document.mainSteps.indexOf(step) + 1];
  }

  private attempts(step: Step): string | undefined {
    for (let left = step.maxAttempts ?? 1; ; left -= 1) {
      try {
        return this.attempt(step);
        // eslint-disable-next-line no-restricted-syntax -- an attempt that fails is tried again
      } catch (error) {
        if (error instanceof Cancelled || left === 1) { throw error; }
      }
    }
  }

  private attempt(step: Step): string | undefined {
    // a cancelled execution is not cancelled again
    const fault = this.cancelledAt === undefined ? this.faults[step.name] : undefined;
    if (fault === 'is cancelled') { throw new Cancelled(); }
    if (fault === 'fails') { throw new Error(`${step.name} failed`); }
    if (fault === 'times out') {
      this.world.advance(step.timeoutSeconds ?? 3_600);
      throw new Error(`${step.name} timed out`);
    }
    const start = this.world.now;
    const jump = this.work(step, this.resolve(step.inputs) as Step['inputs']);
    if (fault === 'is cancelled after its work') { throw new Cancelled(); }
    if (fault === 'fails after its work') { throw new Error(`${step.name} failed after its work`); }
    if (step.timeoutSeconds !== undefined && this.world.now - start > step.timeoutSeconds) { throw new Error(`${step.name} timed out`); }
    return jump;
  }

  /** Does the work of a step; a branch returns the step to go to. */
  private work(step: Step, inputs: Step['inputs']): string | undefined {
    switch (step.action) {
      case 'aws:branch': return this.branch(inputs);
      case 'aws:sleep': return void this.world.advance(secondsOf(inputs.Duration));
      case 'aws:executeAwsApi': return this.keep(step, this.call(inputs));
      case 'aws:executeScript': return this.keep(step, { Payload: runScript(this.world, inputs.Handler, inputs.InputPayload) });
      case 'aws:assertAwsResourceProperty': return this.assert(inputs);
      case 'aws:waitForAwsResourceProperty': return this.until(step, () => this.assert(inputs));
      case 'aws:changeInstanceState': return this.changeState(step, inputs);
      case 'aws:runCommand': return this.world.runCommand(inputs.DocumentName, inputs.InstanceIds, inputs.Parameters);
      case 'aws:executeAutomation': return this.world.runAutomation(inputs.DocumentName, inputs.RuntimeParameters);
      default: throw new Error(`the interpreter does not know ${step.action}`);
    }
  }

  private branch({ Choices, Default }: Step['inputs']): string | undefined {
    return Choices.find((choice: any) => choice.Variable === choice.StringEquals)?.NextStep ?? Default;
  }

  private call({ Service, Api, ...inputs }: Step['inputs']): unknown {
    this.world.advance(1);
    return this.world.call(Service, Api, inputs);
  }

  private assert({ PropertySelector, DesiredValues, ...call }: Step['inputs']): undefined {
    const found = select(this.call(call), PropertySelector);
    if (!found.every((value) => DesiredValues.includes(value))) { throw new Error(`got ${JSON.stringify(found)} for ${PropertySelector}`); }
  }

  private changeState(step: Step, { InstanceIds, DesiredState }: Step['inputs']): undefined {
    this.world.call('ec2', DesiredState === 'running' ? 'StartInstances' : 'StopInstances', { InstanceIds });
    const ec2 = { Service: 'ec2', Api: 'DescribeInstances', InstanceIds, PropertySelector: '$.Reservations[0].Instances[0].State.Name' };
    return this.until(step, () => this.assert({ ...ec2, DesiredValues: [DesiredState] }));
  }

  private until(step: Step, done: () => void): undefined {
    for (const end = this.world.now + (step.timeoutSeconds ?? 3_600); ; this.world.advance(POLL_SECONDS)) {
      try {
        return done() as undefined;
        // eslint-disable-next-line no-restricted-syntax -- what is not there yet is waited for
      } catch (error) {
        if (this.world.now >= end) { throw error; }
      }
    }
  }

  private keep(step: Step, response: unknown): undefined {
    for (const { Name, Selector, Type } of step.outputs ?? []) {
      const found = select(response, Selector);
      this.outputs[`${step.name}.${Name}`] = Type.endsWith('List') ? found : found[0];
    }
  }

  private resolve(value: unknown): unknown {
    if (typeof value === 'string') {
      const whole = /^\{\{\s*([^{}]*?)\s*\}\}$/.exec(value);
      return whole ? this.variable(whole[1]) : value.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (_, name) => String(this.variable(name)));
    }
    if (Array.isArray(value)) { return value.map((item) => this.resolve(item)); }
    return typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.resolve(item)]))
      : value;
  }

  private variable(name: string): unknown {
    if (!(name in this.outputs)) { throw new Error(`nothing has set ${name} yet`); }
    return this.outputs[name];
  }
}

/** The JSON paths that the runbook uses. What a path does not find fails the step. */
export function select(response: any, path: string): unknown[] {
  const parts = path.match(/\.\.?[A-Za-z]+|\[\d+\]/g) ?? [];
  if (`$${parts.join('')}` !== path) { throw new Error(`the interpreter does not know the path ${path}`); }
  const found = parts.reduce<unknown[]>((values, part) => values.flatMap((value: any) => {
    const name = part.replace(/^\.+|[[\]]/g, '');
    return part.startsWith('..') ? everywhere(value, name) : value?.[name] === undefined ? [] : [value[name]];
  }), [response]);
  if (found.length === 0) { throw new Error(`${path} is not in the response`); }
  return found;
}

function everywhere(value: unknown, name: string): unknown[] {
  if (typeof value !== 'object' || value === null) { return []; }
  return Object.entries(value).flatMap(([key, item]) => (key === name ? [item] : everywhere(item, name)));
}

function secondsOf(duration: string): number {
  return Number(/^PT(\d+)S$/.exec(duration)![1]);
}
