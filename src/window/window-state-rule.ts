import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import type { IConstruct } from 'constructs';
import { HealingRule } from '../setting/healing-rule';
import type { SettingProvider } from '../setting/setting-provider';

/** Has a window disabled again when somebody enabled it. */
export class WindowStateRule extends HealingRule {
  public constructor(provider: SettingProvider, private readonly window: IMaintenanceWindowRef, customResource: IConstruct) {
    super(provider, `State${window.node.addr}Healing`, {
      description: 'Disables a maintenance window again when it was enabled',
      window,
      detailType: 'Maintenance Window State-change Notification',
      status: 'ENABLED',
      inputPaths: { windowId: '$.detail.window-id' },
    });
    this.follow(customResource);
  }

  protected inputTemplates(ruleName: string): string[] {
    return [`{"rule":"${ruleName}","windowId":"<windowId>","disabled":"${this.window.maintenanceWindowRef.windowId}"}`];
  }
}
