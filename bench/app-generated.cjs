/*
 * The measured app as it is written without this library: generated classes for windows, targets and tasks, each window in a construct of its own, with a
 * role and the permissions that its tasks need. It defines the same resources as `app-library.cjs`.
 */
const { App, Stack } = require('aws-cdk-lib');
const iam = require('aws-cdk-lib/aws-iam');
const lambda = require('aws-cdk-lib/aws-lambda');
const ssm = require('aws-cdk-lib/aws-ssm');
const sfn = require('aws-cdk-lib/aws-stepfunctions');
const { Construct } = require('constructs');
const { ENV, functionArn, hourOf, inStacks, roleArn, stateMachineArn, tagOf } = require('./shape.cjs');

exports.build = (taskCount, Task = ssm.CfnMaintenanceWindowTask) => {
  const app = new App();
  for (const { id, windows } of inStacks(taskCount)) {
    const stack = new Stack(app, id, { env: ENV });
    windows.forEach(window => defineWindow(stack, new Construct(stack, `Window${window.index}`), window, Task));
  }
  return app;
};

function defineWindow(stack, scope, { index, tasks }, Task) {
  const window = new ssm.CfnMaintenanceWindow(scope, 'Resource', {
    name: `${stack.node.id}-Window${index}`,
    schedule: `cron(0 ${hourOf(index)} ? * TUE#2 *)`,
    scheduleTimezone: 'Europe/Paris',
    scheduleOffset: 2,
    duration: 3,
    cutoff: 1,
    allowUnassociatedTargets: false,
  });
  const nodes = new ssm.CfnMaintenanceWindowTarget(scope, 'Nodes', {
    windowId: window.ref,
    resourceType: 'INSTANCE',
    targets: [{ key: 'tag:Role', values: [tagOf(index)] }],
  });
  const onNodes = { targets: [{ key: 'WindowTargetIds', values: [nodes.ref] }], maxConcurrency: '1', maxErrors: '0' };
  const role = new iam.Role(scope, 'TaskServiceRole', {
    assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com'),
    description: 'Runs the tasks of a maintenance window',
  });
  const report = lambda.Function.fromFunctionArn(scope, 'Report', functionArn(index));
  const drill = sfn.StateMachine.fromStateMachineArn(scope, 'Drill', stateMachineArn(index));

  tasks.forEach((kind, priority) => {
    const define = props => new Task(scope, `Task${priority}`, {
      windowId: window.ref, serviceRoleArn: role.roleArn, priority, ...props,
    });
    const input = JSON.stringify({ execution: '{{WINDOW_EXECUTION_ID}}', step: priority });
    switch (kind) {
      case 'patch': return define({
        ...onNodes,
        maxConcurrency: '10%',
        taskType: 'RUN_COMMAND',
        taskArn: 'AWS-RunPatchBaseline',
        taskInvocationParameters: { maintenanceWindowRunCommandParameters: { parameters: { Operation: ['Install'] } } },
      });
      case 'script': return define({
        ...onNodes,
        taskType: 'RUN_COMMAND',
        taskArn: 'AWS-RunShellScript',
        taskInvocationParameters: {
          maintenanceWindowRunCommandParameters: {
            parameters: { commands: [`/opt/maintenance/step-${priority}`], executionTimeout: ['600'] },
            timeoutSeconds: 600,
          },
        },
      });
      case 'runbook': return define({
        ...onNodes,
        taskType: 'AUTOMATION',
        taskArn: 'AWS-RestartEC2Instance',
        taskInvocationParameters: {
          maintenanceWindowAutomationParameters: { parameters: { AutomationAssumeRole: [roleArn(index)], InstanceId: ['{{RESOURCE_ID}}'] } },
        },
      });
      case 'function': return define({
        taskType: 'LAMBDA',
        taskArn: report.functionArn,
        taskInvocationParameters: { maintenanceWindowLambdaParameters: { payload: Buffer.from(input).toString('base64') } },
      });
      case 'stateMachine': return define({
        taskType: 'STEP_FUNCTIONS',
        taskArn: drill.stateMachineArn,
        taskInvocationParameters: { maintenanceWindowStepFunctionsParameters: { input } },
      });
    }
  });
  grant(stack, role, new Set(tasks), { index, report, drill });
}

/** The permissions, once for each kind of task that the window has. */
function grant(stack, role, kinds, { index, report, drill }) {
  const allow = (actions, resources, conditions) => role.addToPolicy(new iam.PolicyStatement({ actions, resources, conditions }));
  const arn = (service, resource, resourceName, account) => stack.formatArn({ service, resource, resourceName, account });
  const send = document => allow(['ssm:SendCommand'],
    [arn('ssm', 'document', document, ''), arn('ec2', 'instance', '*'), arn('ssm', 'managed-instance', '*')]);
  const passRole = passed => allow(['iam:PassRole'], [passed], { StringEquals: { 'iam:PassedToService': 'ssm.amazonaws.com' } });

  if (kinds.has('patch')) {
    send('AWS-RunPatchBaseline');
    allow(['ssm:CancelCommand', 'ssm:DescribeInstanceInformation', 'ssm:GetCommandInvocation', 'ssm:ListCommandInvocations', 'ssm:ListCommands'], ['*']);
    allow(['tag:GetResources'], ['*']);
  }
  passRole(role.roleArn);
  kinds.has('script') && send('AWS-RunShellScript');
  if (kinds.has('runbook')) {
    allow(['ssm:StartAutomationExecution'],
      [arn('ssm', 'automation-definition', 'AWS-RestartEC2Instance:*', ''), arn('ssm', 'document', 'AWS-RestartEC2Instance', ''), arn('ssm', 'automation-execution', '*')]);
    allow(['ssm:GetAutomationExecution'], [arn('ssm', 'automation-execution', '*')]);
    passRole(roleArn(index));
  }
  kinds.has('function') && report.grantInvoke(role);
  if (kinds.has('stateMachine')) {
    drill.grantStartExecution(role);
    drill.grantExecution(role, 'states:DescribeExecution');
  }
}
