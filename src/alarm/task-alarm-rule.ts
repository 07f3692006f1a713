import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { Fn, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { HealingRule } from '../setting/healing-rule';
import type { SettingProvider } from '../setting/setting-provider';

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

/** Has the alarms of a window's tasks restored when a task was updated. */
export class TaskAlarmRule extends HealingRule {
  /** The rule of this stack for a window, unless healing is off. */
  public static of(provider: SettingProvider, window: IMaintenanceWindowRef): TaskAlarmRule | undefined {
    const id = `Healing${window.node.addr}`;
    return provider.healing ? provider.node.tryFindChild(id) as TaskAlarmRule | undefined ?? new TaskAlarmRule(provider, id, window) : undefined;
  }

  private readonly tasks: HealedTask[] = [];

  private constructor(provider: SettingProvider, id: string, window: IMaintenanceWindowRef) {
    super(provider, id, {
      description: 'Restores the alarms of maintenance window tasks when they were wiped',
      window,
      detailType: 'Maintenance Window Task Registration Notification',
      status: 'UPDATED',
      inputPaths: { windowId: '$.detail.window-id', windowTaskId: '$.detail.window-task-id' },
    });
  }

  public heal(task: HealedTask, customResource: IConstruct): void {
    this.tasks.push(task);
    this.follow(customResource);
  }

  /** As many as the alarms need: a template is limited. */
  protected inputTemplates(ruleName: string): string[] {
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
    return chunks.map((entries) => `{"rule":"${ruleName}","windowId":"<windowId>","windowTaskId":"<windowTaskId>","alarms":{${entries.join(',')}}}`);
  }
}

/** An alarm's name may hold quotes and angle brackets, which mean something in the template. */
function base64(text: string): string {
  return Token.isUnresolved(text) ? Fn.base64(text) : Buffer.from(text).toString('base64');
}
