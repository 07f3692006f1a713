import { Fn, Stack } from 'aws-cdk-lib';
import type { CfnResource, StackProps } from 'aws-cdk-lib';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { MaintenanceWindowTask, PseudoParameter, TaskInput } from 'cdk-ssm-maintenance-windows';
import type { IMaintenanceWindow, MaintenanceWindow } from 'cdk-ssm-maintenance-windows';
import type { Construct } from 'constructs';
import { acknowledgeWildcards } from './acknowledgements';
import { ComplianceCheck } from './compliance-check';
import { PRIORITY } from './priorities';
import { ReportFunction } from './report-function';

export interface FollowUpStackProps extends StackProps {
  /** The windows, by the name of their environment. */
  readonly windows: { [environment: string]: MaintenanceWindow };
  readonly topic: sns.ITopic;
}

/** Tasks that live in another stack than their windows, beside the function and the state machine that they use. */
export class FollowUpStack extends Stack {
  public constructor(scope: Construct, id: string, props: FollowUpStackProps) {
    super(scope, id, props);
    const windows = Object.entries(props.windows);
    const complianceCheck = new ComplianceCheck(this, 'ComplianceCheck', props.topic);
    const report = new ReportFunction(this, 'Report', props.topic, windows.map(([, window]) => window));

    for (const [environment, window] of windows) {
      this.verify(environment, window, complianceCheck);
      this.report(environment, window, report);
    }
  }

  private verify(environment: string, maintenanceWindow: IMaintenanceWindow, complianceCheck: ComplianceCheck): void {
    const task = MaintenanceWindowTask.stepFunctions(this, `Verify${environment}`, {
      maintenanceWindow,
      priority: PRIORITY.VERIFY,
      stateMachine: complianceCheck,
      executionName: `compliance-${PseudoParameter.windowExecutionId}`,
      input: TaskInput.fromObject({ environment, windowExecutionId: PseudoParameter.windowExecutionId }),
    });
    const name = JSON.stringify(this.resolve(Fn.select(6, Fn.split(':', complianceCheck.stateMachineArn))));
    acknowledgeWildcards(task.role!, 'the name of an execution is made when it starts',
      `Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${name}:*`);
  }

  private report(environment: string, maintenanceWindow: IMaintenanceWindow, report: ReportFunction): void {
    const task = MaintenanceWindowTask.lambda(this, `Report${environment}`, {
      maintenanceWindow,
      priority: PRIORITY.REPORT,
      lambdaFunction: report,
      payload: TaskInput.fromObject({
        environment,
        windowId: PseudoParameter.windowId,
        windowExecutionId: PseudoParameter.windowExecutionId,
      }),
    });
    acknowledgeWildcards(task.role!, 'grantInvoke() of aws-cdk-lib covers the versions and aliases of the function',
      `Resource::<${this.getLogicalId(report.node.defaultChild as CfnResource)}.Arn>:*`);
  }
}
