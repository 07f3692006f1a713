import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import { AutomationRunbook, CutoffBehavior, PseudoParameter, RateControl, TargetSelector, TaskTargets } from 'cdk-ssm-maintenance-windows';
import type { Construct } from 'constructs';
import { acknowledgeAutomationPermissions, acknowledgeCommandPermissions, acknowledgeEncryptedTopic } from './acknowledgements';
import { CommandOutput } from './command-output';
import { EnvironmentWindow } from './environment-window';
import { ImageRole } from './image-role';
import { PRIORITY } from './priorities';

const CREATE_IMAGE = 'AWS-CreateImage';

export interface WindowsStackProps extends StackProps {
  readonly bastionInstanceId: string;
}

/** Staging is patched the day after AWS's default patch baselines approve what Microsoft published, production on the Saturday that follows. */
export class WindowsStack extends Stack {
  public readonly staging: EnvironmentWindow;
  public readonly production: EnvironmentWindow;
  public readonly output: CommandOutput;

  public constructor(scope: Construct, id: string, props: WindowsStackProps) {
    super(scope, id, props);

    this.output = new CommandOutput(this, 'Output');
    this.staging = new EnvironmentWindow(this, 'Staging', {
      description: 'Patches staging eight days after Patch Tuesday',
      afterPatchTuesday: Duration.days(8),
      selectors: { Instances: TargetSelector.tags({ Environment: ['staging'] }) },
      maxConcurrency: RateControl.percentage(50),
      output: this.output,
    });
    this.production = new EnvironmentWindow(this, 'Production', {
      description: 'Patches production on the Saturday after staging',
      afterPatchTuesday: Duration.days(11),
      selectors: {
        Web: TargetSelector.tags({ Environment: ['production'], Role: ['web'] }),
        Workers: TargetSelector.resourceGroup('production-workers', 'AWS::EC2::Instance'),
        Bastion: TargetSelector.instanceIds(props.bastionInstanceId),
      },
      maxConcurrency: RateControl.percentage(10),
      output: this.output,
    });
    this.backUpProduction();

    for (const [environment, { window }] of Object.entries({ Staging: this.staging, Production: this.production })) {
      new CfnOutput(this, `${environment}Console`, { value: window.consoleUrl, description: `The window of ${environment.toLowerCase()}` });
      acknowledgeCommandPermissions(window);
      acknowledgeEncryptedTopic(window);
    }
  }

  /** An image of each instance, to return to if a patch does harm. */
  private backUpProduction(): void {
    const { window, targets } = this.production;
    window.addAutomationTask('BackUp', {
      priority: PRIORITY.BACK_UP,
      runbook: AutomationRunbook.fromDocumentName(CREATE_IMAGE),
      assumeRole: new ImageRole(this, 'ImageRole'),
      parameters: { InstanceId: [PseudoParameter.resourceId], NoReboot: ['true'] },
      targets: TaskTargets.registered(...targets),
      maxConcurrency: RateControl.percentage(20),
      cutoffBehavior: CutoffBehavior.CANCEL_TASK,
    });
    acknowledgeAutomationPermissions(window, CREATE_IMAGE);
  }
}
