/*
 * The measured app with the constructs of this library. `app-generated.cjs` defines the same resources with generated classes.
 */
const { App, Duration, Stack, TimeZone } = require('aws-cdk-lib');
const lambda = require('aws-cdk-lib/aws-lambda');
const sfn = require('aws-cdk-lib/aws-stepfunctions');
const {
  AutomationRunbook, MaintenanceWindow, MaintenanceWindowSchedule, PatchOperation, PseudoParameter, RateControl, RunCommandDocument, TargetSelector,
  TaskInput, TaskTargets,
} = require('cdk-ssm-maintenance-windows');
const { ENV, functionArn, hourOf, inStacks, roleArn, stateMachineArn, tagOf } = require('./shape.cjs');

exports.build = taskCount => {
  const app = new App();
  for (const { id, windows } of inStacks(taskCount)) {
    const stack = new Stack(app, id, { env: ENV });
    windows.forEach(window => defineWindow(stack, window));
  }
  return app;
};

function defineWindow(stack, { index, tasks }) {
  const window = new MaintenanceWindow(stack, `Window${index}`, {
    schedule: MaintenanceWindowSchedule.cron({ weekDay: 'TUE#2', hour: hourOf(index), offset: Duration.days(2), timeZone: TimeZone.EUROPE_PARIS }),
    duration: Duration.hours(3),
    cutoff: Duration.hours(1),
  });
  const targets = TaskTargets.registered(window.addTarget('Nodes', { selector: TargetSelector.tags({ Role: [tagOf(index)] }) }));
  const report = lambda.Function.fromFunctionArn(window, 'Report', functionArn(index));
  const drill = sfn.StateMachine.fromStateMachineArn(window, 'Drill', stateMachineArn(index));

  tasks.forEach((kind, priority) => {
    const id = `Task${priority}`;
    switch (kind) {
      case 'patch': return window.addPatchTask(id, { priority, operation: PatchOperation.INSTALL, targets, maxConcurrency: RateControl.percentage(10) });
      case 'script': return window.addRunCommandTask(id, {
        priority,
        document: RunCommandDocument.AWS_RUN_SHELL_SCRIPT,
        parameters: { commands: [`/opt/maintenance/step-${priority}`], executionTimeout: ['600'] },
        targets,
        timeout: Duration.minutes(10),
      });
      case 'runbook': return window.addAutomationTask(id, {
        priority,
        runbook: AutomationRunbook.AWS_RESTART_EC2_INSTANCE,
        parameters: { InstanceId: [PseudoParameter.resourceId], AutomationAssumeRole: [roleArn(index)] },
        targets,
      });
      case 'function': return window.addLambdaTask(id, {
        priority,
        lambdaFunction: report,
        payload: TaskInput.fromObject({ execution: PseudoParameter.windowExecutionId, step: priority }),
      });
      case 'stateMachine': return window.addStepFunctionsTask(id, {
        priority,
        stateMachine: drill,
        input: TaskInput.fromObject({ execution: PseudoParameter.windowExecutionId, step: priority }),
      });
    }
  });
}
