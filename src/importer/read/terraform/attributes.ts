import type { EntityKind } from '../../model';

/** What the value of an attribute is, and so what CloudFormation makes of it. */
type Form =
  /** A text, a number or a boolean. */
  | 'scalar'
  /** A number that the provider does not send if it is 0, which is what a state has for one that is not set. */
  | 'positive'
  | 'texts'
  /** A map of texts. */
  | 'tags'
  /** Blocks with a key and values. */
  | 'targets'
  /** Blocks with a name and values. */
  | 'parameters'
  /** A text that CloudFormation wants in Base64. */
  | 'payload';

/** Where an attribute stands in CloudFormation. */
export interface Attribute {
  readonly property: string;
  readonly form: Form | Attributes;
}

/** The attributes of a resource or a block, by their names in Terraform. */
export interface Attributes { readonly [name: string]: Attribute }

/** The types of resources that are imported. */
export const KINDS: { readonly [type: string]: EntityKind } = {
  aws_ssm_maintenance_window: 'window',
  aws_ssm_maintenance_window_target: 'target',
  aws_ssm_maintenance_window_task: 'task',
};

function scalar(property: string): Attribute {
  return { property, form: 'scalar' };
}

/** @see https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/r/ssm_maintenance_window.html.markdown */
const WINDOW: Attributes = {
  name: scalar('Name'),
  description: scalar('Description'),
  schedule: scalar('Schedule'),
  schedule_timezone: scalar('ScheduleTimezone'),
  schedule_offset: { property: 'ScheduleOffset', form: 'positive' },
  start_date: scalar('StartDate'),
  end_date: scalar('EndDate'),
  duration: scalar('Duration'),
  cutoff: scalar('Cutoff'),
  allow_unassociated_targets: scalar('AllowUnassociatedTargets'),
  tags_all: { property: 'Tags', form: 'tags' },
};

/** @see https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/r/ssm_maintenance_window_target.html.markdown */
const TARGET: Attributes = {
  window_id: scalar('WindowId'),
  resource_type: scalar('ResourceType'),
  targets: { property: 'Targets', form: 'targets' },
  name: scalar('Name'),
  description: scalar('Description'),
  owner_information: scalar('OwnerInformation'),
};

const RUN_COMMAND: Attributes = {
  comment: scalar('Comment'),
  document_hash: scalar('DocumentHash'),
  document_hash_type: scalar('DocumentHashType'),
  document_version: scalar('DocumentVersion'),
  notification_config: {
    property: 'NotificationConfig',
    form: {
      notification_arn: scalar('NotificationArn'),
      notification_events: { property: 'NotificationEvents', form: 'texts' },
      notification_type: scalar('NotificationType'),
    },
  },
  output_s3_bucket: scalar('OutputS3BucketName'),
  output_s3_key_prefix: scalar('OutputS3KeyPrefix'),
  parameter: { property: 'Parameters', form: 'parameters' },
  service_role_arn: scalar('ServiceRoleArn'),
  timeout_seconds: { property: 'TimeoutSeconds', form: 'positive' },
  cloudwatch_config: {
    property: 'CloudWatchOutputConfig',
    form: { cloudwatch_log_group_name: scalar('CloudWatchLogGroupName'), cloudwatch_output_enabled: scalar('CloudWatchOutputEnabled') },
  },
};

const INVOCATION: Attributes = {
  run_command_parameters: { property: 'MaintenanceWindowRunCommandParameters', form: RUN_COMMAND },
  automation_parameters: {
    property: 'MaintenanceWindowAutomationParameters',
    form: { document_version: scalar('DocumentVersion'), parameter: { property: 'Parameters', form: 'parameters' } },
  },
  lambda_parameters: {
    property: 'MaintenanceWindowLambdaParameters',
    form: { client_context: scalar('ClientContext'), payload: { property: 'Payload', form: 'payload' }, qualifier: scalar('Qualifier') },
  },
  step_functions_parameters: {
    property: 'MaintenanceWindowStepFunctionsParameters',
    form: { input: scalar('Input'), name: scalar('Name') },
  },
};

/** @see https://github.com/hashicorp/terraform-provider-aws/blob/main/website/docs/r/ssm_maintenance_window_task.html.markdown */
const TASK: Attributes = {
  window_id: scalar('WindowId'),
  task_type: scalar('TaskType'),
  task_arn: scalar('TaskArn'),
  service_role_arn: scalar('ServiceRoleArn'),
  targets: { property: 'Targets', form: 'targets' },
  max_concurrency: scalar('MaxConcurrency'),
  max_errors: scalar('MaxErrors'),
  name: scalar('Name'),
  description: scalar('Description'),
  priority: scalar('Priority'),
  cutoff_behavior: scalar('CutoffBehavior'),
  task_invocation_parameters: { property: 'TaskInvocationParameters', form: INVOCATION },
};

export const ATTRIBUTES: Readonly<Record<EntityKind, Attributes>> = { window: WINDOW, target: TARGET, task: TASK };

/** Attributes that define nothing of their own: what the service gave, where the resource is, and what is read otherwise. */
export const OTHER_ATTRIBUTES = ['id', 'arn', 'region', 'tags', 'enabled', 'window_task_id'];

/** The attributes that hold the ID of a resource. */
export const ID_ATTRIBUTES = ['id', 'window_task_id'];
