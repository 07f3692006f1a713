import { apiViolations } from './api-model';
import { schemaViolations } from './cloudformation-schema';
import { isIntrinsic } from './intrinsics';
import { patchBaselineRuleViolations, targetRuleViolations, taskRuleViolations, windowRuleViolations } from './service-rules';

type Properties = { readonly [name: string]: any };

/** A resource as a template holds it. */
interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Properties;
}

const JUDGES: { readonly [type: string]: (properties: Properties) => string[] } = {
  'AWS::SSM::MaintenanceWindow': properties => [
    ...apiViolations('CreateMaintenanceWindowRequest', properties),
    ...windowRuleViolations(properties),
  ],
  'AWS::SSM::MaintenanceWindowTarget': properties => [
    ...apiViolations('RegisterTargetWithMaintenanceWindowRequest', properties),
    ...targetRuleViolations(properties),
  ],
  'AWS::SSM::MaintenanceWindowTask': properties => [
    ...apiViolations('RegisterTaskWithMaintenanceWindowRequest', taskRequestOf(properties)),
    ...taskRuleViolations(properties),
  ],
  'AWS::SSM::PatchBaseline': ({ DefaultBaseline: _default, PatchGroups: groups, ...request }) => [
    ...apiViolations('CreatePatchBaselineRequest', request),
    // CloudFormation registers the groups after the baseline
    ...(Array.isArray(groups) ? groups : []).flatMap(group => apiViolations('PatchGroup', group)),
    ...patchBaselineRuleViolations(request),
  ],
};

/**
 * What the CloudFormation schema, the API model and the rules of the service refuse in the properties of a maintenance
 * window, target, task or patch baseline as a template holds them. Empty when nothing is wrong. What is known only at deployment passes.
 */
export function resourceViolations(type: string, properties: Properties): string[] {
  const judge = JUDGES[type];
  if (!judge) { throw new Error(`no model of ${type}`); }
  return [...schemaViolations(type, properties), ...judge(properties)];
}

/** The violations of every maintenance window, target, task and patch baseline in a template, each behind its logical id. */
export function templateViolations(template: { readonly Resources?: { readonly [logicalId: string]: TemplateResource } }): string[] {
  return Object.entries(template.Resources ?? {})
    .filter(([, resource]) => resource.Type in JUDGES)
    .flatMap(([logicalId, resource]) => resourceViolations(resource.Type, resource.Properties ?? {}).map(text => `${logicalId}: ${text}`));
}

/** The request that CloudFormation makes of the properties of a task; some names differ. */
function taskRequestOf(properties: Properties): Properties {
  const { LoggingInfo: logging, TaskInvocationParameters: parameters, ...same } = properties;
  return {
    ...same,
    ...logging !== undefined && { LoggingInfo: loggingRequestOf(logging) },
    ...parameters !== undefined && { TaskInvocationParameters: invocationRequestOf(parameters) },
  };
}

function loggingRequestOf(logging: Properties): Properties {
  if (isIntrinsic(logging)) { return logging; }
  const { S3Bucket, S3Prefix, Region } = logging;
  return { S3BucketName: S3Bucket, S3KeyPrefix: S3Prefix, S3Region: Region };
}

function invocationRequestOf(parameters: Properties): Properties {
  if (isIntrinsic(parameters)) { return parameters; }
  const {
    MaintenanceWindowRunCommandParameters: RunCommand,
    MaintenanceWindowAutomationParameters: Automation,
    MaintenanceWindowStepFunctionsParameters: StepFunctions,
    MaintenanceWindowLambdaParameters: Lambda,
  } = parameters;
  return {
    RunCommand,
    Automation,
    StepFunctions,
    Lambda: Lambda?.Payload === undefined ? Lambda : { ...Lambda, Payload: payloadOf(Lambda.Payload) },
  };
}

/** The bytes behind a payload, which templates hold as Base64; what is not Base64 stays text and so no blob. */
function payloadOf(payload: unknown): unknown {
  if (isIntrinsic(payload)) {
    const encoded = payload['Fn::Base64'];
    return typeof encoded === 'string' ? Buffer.from(encoded) : payload;
  }
  if (typeof payload !== 'string') { return payload; }
  const bytes = Buffer.from(payload, 'base64');
  return bytes.toString('base64') === payload ? bytes : payload;
}
