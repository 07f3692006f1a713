/** A wildcard in a policy that a documented permission needs. */
export interface AcknowledgedWildcard {
  /** The resource as cdk-nag prints it, with references in angle brackets. */
  readonly resource: RegExp;
  /** The only actions that may be allowed on it. */
  readonly actions: string[];
  readonly reason: string;
}

/** An ARN of Systems Manager in this partition, region and account; each may be a reference. */
function ssmArn(resource: string): RegExp {
  return new RegExp(`^arn:[^:]*(<AWS::Partition>)?:ssm:(<AWS::Region>|[a-z0-9-]+):(<AWS::AccountId>|[0-9]{12}|\\*|):?${resource}$`);
}

/** An ARN of this partition, region and account as far as it has them; each may be a reference, region and account of what is shared a wildcard. */
function localArn(service: string, resource: string): RegExp {
  return new RegExp(`^arn:<AWS::Partition>:${service}:(<AWS::Region>|[a-z0-9-]+|\\*):(<AWS::AccountId>|[0-9]{12}|\\*|):?${resource}$`);
}

/**
 * Why a policy of a service role may hold a wildcard. The permissions are those of the user guide's page on setting up
 * permissions for maintenance windows; what they can be narrowed to, the library narrows.
 */
export const ACKNOWLEDGED_WILDCARDS: AcknowledgedWildcard[] = [
  {
    resource: /^\*$/,
    actions: ['ssm:CancelCommand', 'ssm:ListCommands', 'ssm:ListCommandInvocations', 'ssm:GetCommandInvocation', 'ssm:DescribeInstanceInformation'],
    reason: 'a command has no ARN that is known before it is sent, and Systems Manager has no resource type for the list actions',
  },
  {
    resource: /^\*$/,
    actions: ['resource-groups:ListGroups', 'resource-groups:ListGroupResources', 'tag:GetResources'],
    reason: 'the service looks the members of tags and resource groups up; these actions know no narrower resource before the lookup',
  },
  {
    resource: ssmArn('(managed-)?instance/\\*'),
    actions: ['ssm:SendCommand'],
    reason: 'tags and resource groups choose the nodes when the window opens, so their ids are unknown at synthesis',
  },
  {
    resource: /^arn:<AWS::Partition>:ec2:(<AWS::Region>|[a-z0-9-]+):(<AWS::AccountId>|[0-9]{12}):instance\/\*$/,
    actions: ['ssm:SendCommand'],
    reason: 'tags and resource groups choose the nodes when the window opens, so their ids are unknown at synthesis',
  },
  {
    resource: ssmArn('document/\\*'),
    actions: ['ssm:SendCommand', 'ssm:StartAutomationExecution'],
    reason: 'the name of the document is known only at deployment',
  },
  {
    resource: ssmArn('automation-definition/[^*]*(\\*|:\\*)'),
    actions: ['ssm:StartAutomationExecution'],
    reason: 'the ARN of a runbook ends with its version, and a new version must not stop the window',
  },
  {
    resource: ssmArn('automation-execution/\\*'),
    actions: ['ssm:GetAutomationExecution', 'ssm:StartAutomationExecution', 'ssm:StopAutomationExecution'],
    reason: 'the id of an execution is made when it starts',
  },
  {
    resource: ssmArn('parameter/\\*'),
    actions: ['ssm:GetParameters'],
    reason: 'the name of the referenced parameter is known only at deployment',
  },
  {
    resource: /^\*$/,
    actions: ['cloudwatch:DescribeAlarms'],
    reason: 'the user guide on alarms of Systems Manager asks for this resource; the action lists',
  },
  {
    resource: /^arn:<AWS::Partition>:iam::(<AWS::AccountId>|[0-9]{12}):role\/aws-service-role\/ssm\.amazonaws\.com\/AWSServiceRoleForAmazonSSM\*$/,
    actions: ['iam:CreateServiceLinkedRole'],
    reason: 'IAM appends a suffix to the name of a service-linked role; the condition names the service',
  },
  {
    resource: ssmArn('automation-definition/\\*:\\*'),
    actions: ['ssm:StartAutomationExecution'],
    reason: 'the name of the runbook is known only at deployment',
  },
  {
    resource: /^\*$/,
    actions: [
      'ssm:DescribeMaintenanceWindowExecutionTaskInvocations', 'ssm:DescribeMaintenanceWindowExecutionTasks', 'ssm:DescribeMaintenanceWindowSchedule',
      'ssm:GetMaintenanceWindowExecution', 'ssm:GetMaintenanceWindowExecutionTask', 'ssm:GetMaintenanceWindowExecutionTaskInvocation',
    ],
    reason: 'IAM knows no resource for executions of windows',
  },
  {
    resource: ssmArn('windowtask/\\*'),
    actions: [
      'ssm:DescribeMaintenanceWindowExecutions', 'ssm:DescribeMaintenanceWindowTargets', 'ssm:DescribeMaintenanceWindowTasks',
      'ssm:GetMaintenanceWindow', 'ssm:GetMaintenanceWindowTask',
    ],
    reason: 'the ids of tasks are made at deployment; the ARN of a task does not hold its window',
  },
  {
    resource: ssmArn('windowtask/\\*'),
    actions: ['ssm:GetMaintenanceWindowTask', 'ssm:UpdateMaintenanceWindowTask'],
    reason: 'a policy that named the tasks would depend on them, and they on the function that sets their alarms; the windows are named',
  },
  {
    resource: /^arn:<AWS::Partition>:events:(<AWS::Region>|[a-z0-9-]+):(<AWS::AccountId>|[0-9]{12}):rule\/MWSetting-.*-\*$/,
    actions: ['events:ListTargetsByRule'],
    reason: 'the rules depend on the function that reads them; the names begin with the id of the stack',
  },
  {
    resource: /^\*$/,
    actions: [
      'autoscaling:DescribeAutoScalingInstances', 'ec2:DescribeImages', 'ec2:DescribeInstances', 'ec2:DescribeInstanceStatus', 'ec2:DescribeSnapshots',
      'ec2:DescribeVolumes', 'ssm:ListComplianceItems',
    ],
    reason: 'IAM knows no resource for these',
  },
  {
    resource: localArn('(ec2|rds|dynamodb)', '(instance/\\*|volume/\\*|snapshot[:/]\\*|image/\\*|db:\\*|cluster:\\*|table/([a-z]+/backup/)?\\*)'),
    actions: [
      'dynamodb:CreateBackup', 'dynamodb:DescribeBackup', 'ec2:AttachVolume', 'ec2:CopySnapshot', 'ec2:CreateImage', 'ec2:CreateSnapshot', 'ec2:CreateTags',
      'ec2:CreateVolume', 'ec2:DeleteSnapshot', 'ec2:DeregisterImage', 'ec2:DescribeInstanceAttribute', 'ec2:DetachVolume', 'ec2:ModifyInstanceAttribute',
      'ec2:StartInstances', 'ec2:StopInstances', 'ec2:TerminateInstances', 'rds:AddTagsToResource', 'rds:CreateDBSnapshot', 'rds:DescribeDBClusters',
      'rds:DescribeDBInstances', 'rds:DescribeDBSnapshots', 'rds:RebootDBInstance', 'rds:StartDBCluster', 'rds:StartDBInstance', 'rds:StopDBCluster',
      'rds:StopDBInstance', 'ssm:SendCommand',
    ],
    reason: 'what a runbook works on is chosen when the window opens, and what it makes has no ID before',
  },
  {
    resource: localArn('license-manager', 'license-configuration:\\*'),
    actions: ['ec2:StartInstances'],
    reason: 'the license configurations of an instance can be of another account, and are not known at synthesis',
  },
  {
    resource: localArn('cloudformation', 'stack/[A-Za-z-]+\\*/\\*'),
    actions: ['cloudformation:CreateStack', 'cloudformation:DeleteStack', 'cloudformation:DescribeStackEvents', 'cloudformation:DescribeStacks'],
    reason: 'the name of the stack that a runbook makes ends with the ID of the execution',
  },
  {
    resource: localArn('lambda', 'function:[A-Za-z0-9-]+-\\*'),
    actions: ['lambda:CreateFunction', 'lambda:DeleteFunction', 'lambda:GetFunction', 'lambda:InvokeFunction', 'lambda:TagResource'],
    reason: 'the names of the functions that a runbook makes end with the ID of the execution',
  },
  {
    resource: localArn('logs', 'log-group:/aws/lambda/[A-Za-z0-9-]+-\\*'),
    actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    reason: 'the names of the functions that a runbook makes end with the ID of the execution',
  },
  {
    resource: localArn('autoscaling', 'autoScalingGroup:\\*:autoScalingGroupName/\\*'),
    actions: ['autoscaling:EnterStandby', 'autoscaling:ExitStandby'],
    reason: 'the group of an instance is looked up when the window opens',
  },
  {
    resource: /^arn:<AWS::Partition>:s3:::[a-z0-9.-]+\/AWSLogs\/[0-9]{12}\/SystemsManager\/[a-z0-9-]+\/\*$/,
    actions: ['s3:PutObject'],
    reason: 'the report of a runbook is named after the day and the execution',
  },
  {
    resource: /^\*$/,
    actions: [
      'ec2:AssignPrivateIpAddresses', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets', 'ec2:UnassignPrivateIpAddresses',
    ],
    reason: 'Lambda checks that the role of a function in a VPC has these before a network interface exists that could be named',
  },
  {
    resource: /^<[A-Za-z0-9]+(\.Arn)?>:\*$|^arn:.*:lambda:.*:function:[^*]*:\*$|^[A-Za-z0-9:_-]+:\*$/,
    actions: ['lambda:InvokeFunction'],
    reason: 'grantInvoke() of aws-cdk-lib covers the versions and aliases of the function',
  },
  {
    resource: /:states:.*:execution:.*\*$/,
    actions: ['states:DescribeExecution'],
    reason: 'the name of an execution is made when it starts',
  },
  {
    resource: /^\*$/,
    actions: [
      'logs:CreateLogDelivery', 'logs:GetLogDelivery', 'logs:UpdateLogDelivery', 'logs:DeleteLogDelivery', 'logs:ListLogDeliveries',
      'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies', 'logs:DescribeLogGroups',
      'xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets',
    ],
    reason: 'aws-cdk-lib gives these to the role of a state machine that logs and traces; the state machines are made by the tests',
  },
  {
    resource: /^\*$/,
    actions: [
      'ec2:DescribeInstanceStatus', 'ec2:DescribeInstances', 'ec2:DescribeImages', 'ec2:DescribeSnapshots',
      'autoscaling:DescribeAutoScalingInstances', 'elasticloadbalancing:DescribeTargetHealth',
    ],
    reason: 'IAM knows no resource for actions that describe',
  },
  {
    resource: /^arn:<AWS::Partition>:ec2:(<AWS::Region>|[a-z0-9-]+):(<AWS::AccountId>|[0-9]{12}):(instance|volume)\/\*$/,
    actions: ['ec2:StartInstances', 'ec2:StopInstances', 'ec2:CreateSnapshots', 'ec2:CreateImage'],
    reason: 'a runbook is started for a node, which targets choose when the window opens',
  },
  {
    resource: /^arn:<AWS::Partition>:ec2:(<AWS::Region>|[a-z0-9-]+)::(snapshot|image)\/\*$/,
    actions: ['ec2:CreateSnapshots', 'ec2:CreateImage', 'ec2:CreateTags'],
    reason: 'the id of a snapshot or an image is made with it',
  },
  {
    resource: /^arn:<AWS::Partition>:autoscaling:(<AWS::Region>|[a-z0-9-]+):(<AWS::AccountId>|[0-9]{12}):autoScalingGroup:\*:autoScalingGroupName\/[^*]+$/,
    actions: ['autoscaling:EnterStandby', 'autoscaling:ExitStandby'],
    reason: 'the ARN of an Auto Scaling group holds an id that CloudFormation does not tell; its name is given',
  },
];
