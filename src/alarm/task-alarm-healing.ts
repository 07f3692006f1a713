import * as events from 'aws-cdk-lib/aws-events';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { Aws, Fn, Lazy, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';

/** A task and the alarm that the deployment wants on it. */
interface HealedTask {
  readonly windowTaskId: string;
  readonly alarmName: string;
  readonly ignorePollAlarmFailure: boolean;
}

/** API reference of EventBridge, InputTransformer: the longest InputTemplate; the rest is for what surrounds the alarms. */
const TEMPLATE_CHARACTERS = 8192 - 200;
const TASK_ID_CHARACTERS = 36;
/** A name of 255 ASCII characters in Base64. */
const LONGEST_ALARM_CHARACTERS = 340;

/**
 * Invokes the function when a task of a window was updated, by whomever.
 *
 * Its targets hold what the deployment wants. The function reads that from the rule when it runs and ignores what an event carries, so
 * that a late event never brings an old request back. The rule depends on the alarms: it is updated after them and deleted before them.
 */
export class HealingRule extends Construct {
  public static idFor(window: IMaintenanceWindowRef): string {
    return `Healing${window.node.addr}`;
  }

  /** The names of all rules of a stack. They are known before the rules exist, so that the function's role need not wait for them. */
  public static namePattern(): string {
    return HealingRule.named('*');
  }

  private static named(suffix: string): string {
    // The last part of a stack's id is unique, so two deployments of one app do not collide.
    return `TaskAlarm-${Fn.select(2, Fn.split('/', Aws.STACK_ID))}-${suffix}`;
  }

  private readonly tasks: HealedTask[] = [];
  private readonly rule: events.CfnRule;

  public constructor(scope: Construct, window: IMaintenanceWindowRef, target: lambda.IFunction) {
    super(scope, HealingRule.idFor(window));
    const name = HealingRule.named(window.node.addr.slice(-16));
    this.rule = new events.CfnRule(this, 'Rule', {
      name,
      description: 'Restores the alarms of maintenance window tasks when they were wiped',
      eventPattern: {
        'source': ['aws.ssm'],
        'detail-type': ['Maintenance Window Task Registration Notification'],
        'detail': { 'window-id': [window.maintenanceWindowRef.windowId], 'status': ['UPDATED'] },
      },
      targets: Lazy.any({
        produce: () => this.templates(name).map((inputTemplate, index): events.CfnRule.TargetProperty => ({
          id: `Function${index}`,
          arn: target.functionArn,
          inputTransformer: {
            inputPathsMap: { windowId: '$.detail.window-id', windowTaskId: '$.detail.window-task-id' },
            inputTemplate,
          },
        })),
      }),
    });
  }

  public heal(task: HealedTask, customResource: IConstruct): void {
    this.tasks.push(task);
    this.rule.node.addDependency(customResource);
  }

  /** As many as the alarms need: a template is limited. */
  private templates(name: string): string[] {
    const chunks: string[][] = [[]];
    let length = 0;
    for (const { windowTaskId, alarmName, ignorePollAlarmFailure } of this.tasks) {
      const encoded = base64(alarmName);
      const characters = TASK_ID_CHARACTERS + (Token.isUnresolved(alarmName) ? LONGEST_ALARM_CHARACTERS : encoded.length) + 7;
      if (length + characters > TEMPLATE_CHARACTERS) {
        chunks.push([]);
        length = 0;
      }
      length += characters;
      chunks[chunks.length - 1].push(`"${windowTaskId}":"${ignorePollAlarmFailure ? 1 : 0}${encoded}"`);
    }
    return chunks.map((entries) => `{"rule":"${name}","windowId":"<windowId>","windowTaskId":"<windowTaskId>","alarms":{${entries.join(',')}}}`);
  }
}

/** An alarm's name may hold quotes and angle brackets, which mean something in the template. */
function base64(text: string): string {
  return Token.isUnresolved(text) ? Fn.base64(text) : Buffer.from(text).toString('base64');
}
