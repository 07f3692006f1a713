/**
 * What a statement of a policy allows.
 *
 * Its resources are ARNs with placeholders: `{partition}`, `{region}` and `{account}` are those of the task, `{Name}` is the parameter of the runbook that
 * has this name, and `{lower:Name}` is the same in lower case.
 */
export interface RunbookStatement {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: { readonly [operator: string]: { readonly [key: string]: string | readonly string[] } };
  /** The parameter without which the runbook makes none of the calls. */
  readonly onlyWith?: string;
}

/** What the steps of a runbook call, and what the functions call that it makes. */
export interface RunbookPermissions {
  /** The page of AWS about the runbook. */
  readonly page: string;
  readonly steps: readonly RunbookStatement[];
  /** The runbook starts others, which get the same role. */
  readonly passesItsRole?: boolean;
  /** The runbook makes Lambda functions by a stack that it deletes at its end. */
  readonly functions?: {
    /** The parameter that names their role. Without a value, the runbook makes a role, for which it would need the permission to make roles. */
    readonly roleParameter: string;
    readonly calls: readonly RunbookStatement[];
  };
}

const PAGES = 'https://docs.aws.amazon.com/systems-manager-automation-runbooks/latest/userguide';

/** Actions that know no resources, or whose resource is not known before the call. */
function anything(...actions: string[]): RunbookStatement {
  return { actions, resources: ['*'] };
}

function on(resources: readonly string[], ...actions: string[]): RunbookStatement {
  return { actions, resources };
}

function local(service: string, resource: string): string {
  return `arn:{partition}:${service}:{region}:{account}:${resource}`;
}

const INSTANCE = local('ec2', 'instance/{InstanceId}');
const VOLUMES = local('ec2', 'volume/*');
// images, snapshots and documents of AWS have no account in their ARN
const SNAPSHOTS = 'arn:{partition}:ec2:{region}::snapshot/*';
const EXECUTIONS = local('ssm', 'automation-execution/*');

/**
 * How the action that changes the state of instances looks at them.
 *
 * The policies that AWS manages for Automation have the status only; AWS's pages on runbooks with that action list both.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AmazonSSMAutomationRole.html
 */
const LOOK_AT_INSTANCES = anything('ec2:DescribeInstances', 'ec2:DescribeInstanceStatus');

/**
 * The start of an instance is authorized on its license configurations too, which other accounts can share.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
const START = on([INSTANCE, 'arn:{partition}:license-manager:{region}:*:license-configuration:*'], 'ec2:StartInstances');
const STOP = on([INSTANCE], 'ec2:StopInstances');

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-action-runcommand.html */
const INSTALL_PATCHES: readonly RunbookStatement[] = [
  on(['arn:{partition}:ssm:{region}::document/AWS-RunPatchBaseline', INSTANCE], 'ssm:SendCommand'),
  anything('ssm:CancelCommand', 'ssm:DescribeInstanceInformation', 'ssm:GetCommandInvocation', 'ssm:ListCommandInvocations', 'ssm:ListCommands'),
];

const CREATE_SNAPSHOTS_OF = (volumes: string): readonly RunbookStatement[] => [
  on([volumes, SNAPSHOTS], 'ec2:CreateSnapshot'),
  anything('ec2:DescribeSnapshots'),
];

/**
 * Functions that a runbook makes, calls and deletes.
 *
 * The actions are those that the page of AWS-PatchAsgInstance lists, less those for a role of the functions; CloudFormation tags what it makes.
 */
function functionsByStack(stackName: string, ...functionNames: string[]): readonly RunbookStatement[] {
  return [
    on([local('cloudformation', `stack/${stackName}*/*`)],
      'cloudformation:CreateStack', 'cloudformation:DeleteStack', 'cloudformation:DescribeStackEvents', 'cloudformation:DescribeStacks'),
    on(functionNames.map((name) => local('lambda', `function:${name}-*`)),
      'lambda:CreateFunction', 'lambda:DeleteFunction', 'lambda:GetFunction', 'lambda:InvokeFunction', 'lambda:TagResource'),
  ];
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html */
function logsOf(...functionNames: string[]): RunbookStatement {
  return on(functionNames.map((name) => local('logs', `log-group:/aws/lambda/${name}-*`)),
    'logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents');
}

function startOf(...runbooks: string[]): readonly RunbookStatement[] {
  return [
    on([
      ...runbooks.flatMap((name) => [`arn:{partition}:ssm:{region}::document/${name}`, `arn:{partition}:ssm:{region}::automation-definition/${name}:*`]),
      EXECUTIONS,
    ], 'ssm:StartAutomationExecution'),
    on([EXECUTIONS], 'ssm:GetAutomationExecution'),
  ];
}

const STANDBY_FUNCTION = 'asg-state-change-lambda';
const STANDBY: Omit<RunbookPermissions, 'page'> = {
  steps: functionsByStack('asg-state-change-lambda-cfn-stack-', STANDBY_FUNCTION),
  functions: {
    roleParameter: 'LambdaRoleArn',
    calls: [
      on([local('autoscaling', 'autoScalingGroup:*:autoScalingGroupName/*')], 'autoscaling:EnterStandby', 'autoscaling:ExitStandby'),
      anything('autoscaling:DescribeAutoScalingInstances'),
      logsOf(STANDBY_FUNCTION),
    ],
  },
};

const ROLLBACK_FUNCTIONS = [
  'CheckComplianceLambda', 'DeleteSnapshotLambda', 'IdentifyRootVolumeLambda', 'ReportFailureLambda', 'RestoreFromSnapshotLambda', 'SaveRptToS3Lambda',
  'SleepThruInstallationLambda',
];

const DATABASE = local('rds', 'db:{lower:InstanceId}');
// what is looked at may be named in another case than in its ARN
const LOOK_AT_DATABASES = on([local('rds', 'db:*')], 'rds:DescribeDBInstances');

/**
 * What the steps of runbooks call that AWS owns.
 *
 * The pages of AWS list permissions for few runbooks. Unless a comment says otherwise, a row has what the steps of the document call, as AWS published it
 * on 2026-08-16, and what the page lists is part of it. Runbooks whose calls no source shows are left out: `AWSEC2-PatchLoadBalancerInstance` makes a stack
 * of a template, and `AWS-ExportPatchReportToS3` runs a script, that are not published.
 */
export const RUNBOOK_PERMISSIONS: { readonly [runbook: string]: RunbookPermissions } = {
  'AWS-RestartEC2Instance': { page: `${PAGES}/automation-aws-restartec2instance.html`, steps: [START, STOP, LOOK_AT_INSTANCES] },
  'AWS-StartEC2Instance': { page: `${PAGES}/automation-aws-startec2instance.html`, steps: [START, LOOK_AT_INSTANCES] },
  'AWS-StopEC2Instance': { page: `${PAGES}/automation-aws-stopec2instance.html`, steps: [STOP, LOOK_AT_INSTANCES] },
  'AWS-TerminateEC2Instance': {
    page: `${PAGES}/automation-aws-terminateec2instance.html`,
    steps: [on([INSTANCE], 'ec2:TerminateInstances'), LOOK_AT_INSTANCES],
  },
  'AWS-ResizeInstance': {
    page: `${PAGES}/automation-aws-resizeinstance.html`,
    steps: [START, STOP, on([INSTANCE], 'ec2:ModifyInstanceAttribute'), LOOK_AT_INSTANCES],
  },
  'AWS-CreateImage': {
    page: `${PAGES}/automation-aws-createimage.html`,
    steps: [on([INSTANCE, 'arn:{partition}:ec2:{region}::image/*', SNAPSHOTS], 'ec2:CreateImage'), anything('ec2:DescribeImages')],
  },
  'AWS-DeleteImage': {
    page: `${PAGES}/automation-aws-deleteimage.html`,
    // the snapshots of the image are deleted with it
    steps: [
      on(['arn:{partition}:ec2:{region}::image/{ImageId}'], 'ec2:DeregisterImage'),
      on([SNAPSHOTS], 'ec2:DeleteSnapshot'),
      anything('ec2:DescribeImages'),
    ],
  },
  'AWS-CreateSnapshot': {
    page: `${PAGES}/automation-aws-createsnapshot.html`,
    steps: CREATE_SNAPSHOTS_OF(local('ec2', 'volume/{VolumeId}')),
  },
  'AWS-DeleteSnapshot': {
    page: `${PAGES}/automation-aws-deletesnapshot.html`,
    steps: [on(['arn:{partition}:ec2:{region}::snapshot/{SnapshotId}'], 'ec2:DeleteSnapshot')],
  },
  'AWS-CopySnapshot': {
    page: `${PAGES}/automation-aws-copysnapshot.html`,
    steps: functionsByStack('CopySnapshotStack', 'CopySnapshotLambda'),
    functions: {
      roleParameter: 'LambdaAssumeRole',
      // the snapshot is one of another Region
      calls: [on(['arn:{partition}:ec2:*::snapshot/*'], 'ec2:CopySnapshot'), logsOf('CopySnapshotLambda')],
    },
  },
  'AWS-PatchInstanceWithRollback': {
    page: `${PAGES}/automation-aws-patchinstancewithrollback.html`,
    steps: [
      ...functionsByStack('PatchInstanceWithRollbackStack', ...ROLLBACK_FUNCTIONS),
      // the runbook that makes the snapshot is started without a role, so it acts as this one
      ...startOf('AWS-CreateSnapshot'),
      ...CREATE_SNAPSHOTS_OF(VOLUMES),
      ...INSTALL_PATCHES,
    ],
    functions: {
      roleParameter: 'LambdaAssumeRole',
      // the role that the runbook would make may also do all of CloudWatch, which no function calls
      calls: [
        START,
        STOP,
        on([INSTANCE, VOLUMES], 'ec2:AttachVolume', 'ec2:DetachVolume'),
        on([VOLUMES, SNAPSHOTS], 'ec2:CreateVolume'),
        on([SNAPSHOTS], 'ec2:DeleteSnapshot'),
        on([INSTANCE], 'ec2:DescribeInstanceAttribute'),
        anything('ec2:DescribeInstances', 'ec2:DescribeSnapshots', 'ec2:DescribeVolumes', 'ssm:ListComplianceItems'),
        {
          actions: ['s3:PutObject'],
          resources: ['arn:{partition}:s3:::{ReportS3Bucket}/AWSLogs/{account}/SystemsManager/{region}/*'],
          onlyWith: 'ReportS3Bucket',
        },
        logsOf(...ROLLBACK_FUNCTIONS),
      ],
    },
  },
  'AWS-PatchAsgInstance': {
    page: `${PAGES}/automation-aws-patchasginstance.html`,
    // the page lists ec2:RunInstances and ssm:GetParameter too, which no step calls
    steps: [
      {
        ...on([INSTANCE], 'ec2:CreateTags'),
        conditions: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['AutoPatchInstanceInASG'] } },
      },
      anything('ec2:DescribeInstances'),
      ...startOf('AWS-ASGEnterStandby', 'AWS-ASGExitStandby'),
      ...INSTALL_PATCHES,
      ...STANDBY.steps,
    ],
    passesItsRole: true,
    functions: STANDBY.functions,
  },
  'AWS-ASGEnterStandby': { page: `${PAGES}/automation-aws-asgenterstandby.html`, ...STANDBY },
  'AWS-ASGExitStandby': { page: `${PAGES}/automation-aws-asgexitstandby.html`, ...STANDBY },
  'AWS-StartRdsInstance': {
    page: `${PAGES}/automation-aws-startrdsinstance.html`,
    steps: [on([DATABASE], 'rds:StartDBInstance'), LOOK_AT_DATABASES],
  },
  'AWS-StopRdsInstance': {
    page: `${PAGES}/automation-aws-stoprdsinstance.html`,
    steps: [on([DATABASE], 'rds:StopDBInstance'), LOOK_AT_DATABASES],
  },
  'AWS-RebootRdsInstance': {
    page: `${PAGES}/automation-aws-rebootrdsinstance.html`,
    steps: [on([DATABASE], 'rds:RebootDBInstance'), LOOK_AT_DATABASES],
  },
  'AWS-CreateRdsSnapshot': {
    page: `${PAGES}/automation-aws-createrdssnapshot.html`,
    steps: [
      on([local('rds', 'db:{lower:DBInstanceIdentifier}'), local('rds', 'snapshot:*')], 'rds:CreateDBSnapshot'),
      { ...on([local('rds', 'db:{lower:DBInstanceIdentifier}')], 'rds:AddTagsToResource'), onlyWith: 'InstanceTags' },
      { ...on([local('rds', 'snapshot:*')], 'rds:AddTagsToResource'), onlyWith: 'SnapshotTags' },
      on([local('rds', 'db:*'), local('rds', 'snapshot:*')], 'rds:DescribeDBSnapshots'),
    ],
  },
  'AWS-StartStopAuroraCluster': {
    page: `${PAGES}/start-stop-aurora-cluster.html`,
    steps: [
      on([local('rds', 'cluster:{lower:ClusterName}')], 'rds:StartDBCluster', 'rds:StopDBCluster'),
      on([local('rds', 'cluster:*')], 'rds:DescribeDBClusters'),
    ],
  },
  'AWS-CreateDynamoDbBackup': {
    page: `${PAGES}/automation-aws-createdynamodbbackup.html`,
    steps: functionsByStack('CreateDynamoDbBackupLambdaStack', 'CreateDynamoDBBackup', 'VerifyDynamoDBBackup'),
    functions: {
      roleParameter: 'LambdaAssumeRole',
      calls: [
        on([local('dynamodb', 'table/{TableName}')], 'dynamodb:CreateBackup'),
        on([local('dynamodb', 'table/{TableName}/backup/*')], 'dynamodb:DescribeBackup'),
        logsOf('CreateDynamoDBBackup', 'VerifyDynamoDBBackup'),
      ],
    },
  },
  'AWS-PublishSNSNotification': {
    page: `${PAGES}/automation-aws-publishsnsnotification.html`,
    steps: [on(['{TopicArn}'], 'sns:Publish')],
  },
};

const ROLE_PARAMETER = 'AutomationAssumeRole';

/** The documents of AWS that call the parameter for the role of their steps otherwise. */
const ROLE_PARAMETERS: { readonly [runbook: string]: string } = {
  'AWS-ExportOpsDataToS3': 'assumeRole',
  'AWS-ExportPatchReportToS3': 'assumeRole',
};

/** The parameter that names the role of the steps. */
export function roleParameterOf(runbook: string | undefined): string {
  return (runbook !== undefined ? ROLE_PARAMETERS[runbook] : undefined) ?? ROLE_PARAMETER;
}
