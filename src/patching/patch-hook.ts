import type * as iam from 'aws-cdk-lib/aws-iam';
import { Duration } from 'aws-cdk-lib/core';
import type { Stack } from 'aws-cdk-lib/core';
import { NODE } from './runbook-step';
import type { RunbookStep } from './runbook-step';
import { checkEach, checkGiven, checkLists, checkOptional } from '../common/given';
import { sortedRecord } from '../common/json';
import { checkCount, wholeNumberOf } from '../common/validation';
import type { AutomationRunbook } from '../document/document';
import { RunCommandDocument } from '../document/document';
import { HOOK_SECONDS } from '../rules/patch-runbook';
import { grantStartAutomation } from '../task/automation-task';
import { grantSendToAnyNode } from '../task/run-command-task';

const DEFAULT_TIMEOUT = Duration.hours(1);

/** Options of a hook. */
export interface PatchHookOptions {
  /**
   * The time limit for the hook on a node: 30 seconds to 10 hours, in whole seconds.
   *
   * @default Duration.hours(1)
   */
  readonly timeout?: Duration;
}

/** Options of a hook that runs a document. */
export interface PatchHookDocumentOptions extends PatchHookOptions {
  /**
   * Parameters of the document, each with its values. `PatchHook.INSTANCE_ID` stands for the ID of the node.
   *
   * @default - the document's own defaults
   */
  readonly parameters?: { [name: string]: string[] };
}

/** What a hook is called in its runbook. */
interface HookName {
  readonly name: string;
  readonly description: string;
}

/**
 * A hook: a script, a document or a runbook that a patch runbook runs before or after it patches a node. A hook that fails fails the runbook.
 *
 * @example
 * patching.PatchHook.shellScript('systemctl stop web');
 * patching.PatchHook.runbook(AutomationRunbook.fromDocumentName('TellTheTeam'), {
 *   parameters: { InstanceId: [patching.PatchHook.INSTANCE_ID] },
 * });
 */
export class PatchHook {
  /** Stands for the ID of the node in the parameters of a document. */
  public static readonly INSTANCE_ID: string = NODE;

  /** Runs the lines of a shell script on the node. */
  public static shellScript(...commands: string[]): PatchHook {
    return script(RunCommandDocument.AWS_RUN_SHELL_SCRIPT, commands);
  }

  /** Runs the lines of a PowerShell script on the node. */
  public static powerShellScript(...commands: string[]): PatchHook {
    return script(RunCommandDocument.AWS_RUN_POWER_SHELL_SCRIPT, commands);
  }

  /** Runs a document of the type Command on the node. */
  public static command(document: RunCommandDocument, options: PatchHookDocumentOptions = {}): PatchHook {
    checkGiven(undefined, 'document', document, 'a RunCommandDocument');
    return new PatchHook(options, (seconds, parameters) => ({
      action: 'aws:runCommand',
      inputs: { DocumentName: document.nameOrArn, InstanceIds: [NODE], Parameters: parameters },
      timeoutSeconds: seconds,
    }), (stack, role, parameters) => grantSendToAnyNode(stack, role, document, parameters));
  }

  /**
   * Runs another runbook.
   *
   * Its steps act with the role of the patch runbook, unless a parameter gives it one of its own: grant that role what they need.
   */
  public static runbook(runbook: AutomationRunbook, options: PatchHookDocumentOptions = {}): PatchHook {
    checkGiven(undefined, 'runbook', runbook, 'an AutomationRunbook');
    return new PatchHook(options, (seconds, parameters) => ({
      action: 'aws:executeAutomation',
      inputs: { DocumentName: runbook.nameOrArn, RuntimeParameters: parameters },
      timeoutSeconds: seconds,
    }), (stack, role) => grantStartAutomation(stack, role, runbook));
  }

  private readonly seconds: number;
  private readonly parameters: Record<string, string[]>;

  private constructor(
    options: PatchHookDocumentOptions,
    private readonly step: (seconds: number, parameters: Record<string, string[]> | undefined) => Omit<RunbookStep, 'name' | 'description'>,
    private readonly grant: (stack: Stack, role: iam.IRole, parameters: Record<string, string[]>) => void,
  ) {
    checkGiven(undefined, 'options', options, 'an object');
    checkOptional(undefined, 'timeout', options.timeout, 'a Duration');
    checkLists(undefined, 'parameters', options.parameters ?? {});
    this.seconds = wholeNumberOf(undefined, 'timeout', options.timeout ?? DEFAULT_TIMEOUT, 'seconds', HOOK_SECONDS);
    this.parameters = sortedRecord(options.parameters ?? {}, (values) => values);
  }

  /** @internal */
  public _render({ name, description }: HookName): RunbookStep {
    const given = Object.keys(this.parameters).length > 0 ? this.parameters : undefined;
    return { name, description, ...this.step(this.seconds, given) };
  }

  /** @internal */
  public _grantTo(stack: Stack, role: iam.IRole): void {
    this.grant(stack, role, this.parameters);
  }
}

function script(document: RunCommandDocument, commands: string[]): PatchHook {
  checkEach(undefined, 'commands', commands, 'a string');
  checkCount(undefined, 'commands', commands, 'lines', { min: 1 });
  return PatchHook.command(document, { parameters: { commands } });
}
