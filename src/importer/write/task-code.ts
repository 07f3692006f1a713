import { call, core, literal, member, object, own, service, variable, THIS, type Code } from './code';
import { CUTOFF_BEHAVIORS } from '../../rules/task';
import { type Json, type JsonObject } from '../json';
import type { Entity } from '../model';
import { named, nameOfValue, type RenderedProps, type Rendering } from './rendering';
import { runCommandProps } from './run-command-code';
import { isDefaultRole } from '../literals';
import { payloadInput, textInput, textOrPseudoParameter } from './task-input-code';
import { document, documentVersion, importedRole, isParameterMap, parameterMap } from './task-parts';
import { ROLE_ARN } from '../../rules/role';
import { BLOCKS, invocationBlock } from '../task-types';

/** The method of a window that adds a task of the type. */
export const ADD_METHODS: { readonly [taskType: string]: string } = {
  RUN_COMMAND: 'addRunCommandTask',
  AUTOMATION: 'addAutomationTask',
  LAMBDA: 'addLambdaTask',
  STEP_FUNCTIONS: 'addStepFunctionsTask',
};

/** Options of `addRunCommandTask` and its siblings. */
export function taskProps(entity: Entity, rendering: Rendering, customResources: Code): RenderedProps {
  const { properties } = entity;
  const { values } = rendering;
  const optionalText = (value: Json | undefined) => value === undefined ? undefined : values.string(value);
  const { props, overrides } = typeProps(properties, rendering);
  const raw = ['LoggingInfo', 'TaskParameters'].filter(name => properties[name] !== undefined).map(name => [name, values.any(properties[name])] as const);
  const { CutoffBehavior: cutoff } = properties;
  // what is no constant has been told as a mistake before, or is known only at deployment
  const cutoffConstant = typeof cutoff === 'string' ? CUTOFF_BEHAVIORS.find(name => name === cutoff) : undefined;
  return {
    props: {
      ...props,
      targets: targets(properties, rendering),
      maxConcurrency: rate(properties.MaxConcurrency, '1', values),
      maxErrors: rate(properties.MaxErrors, '0', values),
      taskName: optionalText(properties.Name),
      description: optionalText(properties.Description),
      priority: String(properties.Priority) === '1' ? undefined : values.number(properties.Priority),
      cutoffBehavior: cutoffConstant && own(`CutoffBehavior.${cutoffConstant}`),
      ...isDefaultRole(properties.ServiceRoleArn)
        ? { useServiceLinkedRole: literal(true) } : { role: importedRole(properties.ServiceRoleArn, rendering) },
      ...entity.alarm && {
        alarm: { kind: 'choice', test: customResources, value: alarm(entity.alarm.name, rendering) },
        ignorePollAlarmFailure: entity.alarm.ignorePollAlarmFailure ? { kind: 'choice', test: customResources, value: literal(true) } : undefined,
      },
    },
    overrides: [...overrides, ...raw, ...cutoff !== undefined && !cutoffConstant ? [['CutoffBehavior', values.any(cutoff)] as const] : []],
  };
}

function alarm(alarmName: string, rendering: Rendering): Code {
  return rendering.shared('alarm', alarmName, named(alarmName, 'Alarm'), id => call(
    service('cloudwatch', 'aws-cloudwatch', 'Alarm.fromAlarmName'), THIS, literal(id), literal(alarmName)));
}

function rate(value: Json | undefined, defaultValue: string, values: Rendering['values']): Code | undefined {
  if (value === undefined || String(value) === defaultValue) {
    return undefined;
  }
  const number = /^(0|[1-9]\d{0,8})(%?)$/.exec(String(value));
  return number ? call(own(number[2] ? 'RateControl.percentage' : 'RateControl.count'), literal(Number(number[1]))) : call(own('RateControl.of'), values.string(value));
}

function targets(properties: JsonObject, rendering: Rendering): Code | undefined {
  const given = (properties.Targets ?? []) as JsonObject[];
  if (given.length === 0) {
    return undefined;
  }
  if (given[0].Key === 'InstanceIds') {
    return call(own('TaskTargets.instanceIds'), ...given.flatMap(target => rendering.values.items(target.Values)));
  }
  const ids = given.flatMap(target => target.Values as Json[]);
  return call(own('TaskTargets.registered'), ...ids.map(id => registeredTarget(id, properties.WindowId, rendering)));
}

function registeredTarget(id: Json, windowId: Json, rendering: Rendering): Code {
  const target = rendering.entityVariable(id);
  if (target && !target.isRaw) {
    return variable(target.variable);
  }
  const name = target ? named(target.entity.name, 'Target') : typeof id === 'string' ? 'Target' : nameOfValue(id, 'Target');
  return rendering.shared('target', [id, windowId], name, constructId => call(
    own('MaintenanceWindowTarget.fromMaintenanceWindowTargetAttributes'), THIS, literal(constructId), object({
      maintenanceWindowTargetId: rendering.values.string(id),
      maintenanceWindow: windowOf(windowId, rendering),
    })));
}

/** The window with an id: a constant of the program, or an import. */
export function windowOf(windowId: Json, rendering: Rendering): Code {
  const window = rendering.entityVariable(windowId);
  if (window && !window.isRaw) {
    return variable(window.variable);
  }
  const name = window ? named(window.entity.name, 'Window') : typeof windowId === 'string' ? 'Window' : nameOfValue(windowId, 'Window');
  return rendering.shared('window', windowId, name, id => call(
    own('MaintenanceWindow.fromMaintenanceWindowId'), THIS, literal(id), rendering.values.string(windowId)));
}

function typeProps(properties: JsonObject, rendering: Rendering): RenderedProps {
  const block = invocationBlock(properties);
  switch (properties.TaskType) {
    case 'RUN_COMMAND': return runCommandProps(properties, block, rendering);
    case 'AUTOMATION': return automationProps(properties, block, rendering);
    case 'LAMBDA': return lambdaProps(properties, block, rendering);
    default: return stepFunctionsProps(properties, block, rendering);
  }
}

function automationProps(properties: JsonObject, block: JsonObject, rendering: Rendering): RenderedProps {
  const { values } = rendering;
  const isMap = isParameterMap(block.Parameters);
  const { AutomationAssumeRole: assumed, ...parameters } = isMap ? block.Parameters as JsonObject : {} as JsonObject;
  const [assumedArn] = Array.isArray(assumed) && assumed.length === 1 ? assumed : [];
  const isRole = typeof assumedArn === 'string' && ROLE_ARN.pattern.test(assumedArn);
  return {
    props: {
      runbook: document('AutomationRunbook', properties.TaskArn, values),
      documentVersion: documentVersion(block.DocumentVersion, values),
      assumeRole: isRole ? importedRole(assumedArn, rendering) : undefined,
      parameters: parameterMap({ ...parameters, ...assumed !== undefined && !isRole && { AutomationAssumeRole: assumed } }, values),
    },
    overrides: block.Parameters === undefined || isMap ? [] : [[`TaskInvocationParameters.${BLOCKS.AUTOMATION}.Parameters`, values.any(block.Parameters)]],
  };
}

function lambdaProps(properties: JsonObject, block: JsonObject, rendering: Rendering): RenderedProps {
  const { values } = rendering;
  const { TaskArn: taskArn } = properties;
  const { Payload: payload } = block;
  const isName = typeof taskArn === 'string' && !taskArn.startsWith('arn:');
  const input = payload === undefined ? undefined : payloadInput(payload, values);
  return {
    props: {
      lambdaFunction: lambdaFunction(taskArn, isDefaultRole(properties.ServiceRoleArn), rendering),
      qualifier: block.Qualifier === undefined ? undefined : values.string(block.Qualifier),
      payload: input,
      clientContext: block.ClientContext === undefined ? undefined : values.string(block.ClientContext),
    },
    overrides: [
      // the function's construct knows its ARN only, the service has the name
      ...isName ? [['TaskArn', literal(taskArn)] as const] : [],
      ...payload !== undefined && !input ? [[`TaskInvocationParameters.${BLOCKS.LAMBDA}.Payload`, values.any(payload)] as const] : [],
    ],
  };
}

/** A function that exists already. With a role of its own the task would grant itself the invocation, by a permission that an import cannot make. */
function lambdaFunction(taskArn: Json, isUngranted: boolean, rendering: Rendering): Code {
  const isName = typeof taskArn === 'string' && !taskArn.startsWith('arn:');
  const arn = isName ? call(member(THIS, 'formatArn'), object({
    service: literal('lambda'), resource: literal('function'), resourceName: literal(taskArn), arnFormat: core('ArnFormat.COLON_RESOURCE_NAME'),
  })) : rendering.values.string(taskArn);
  const wantedName = named(nameOfValue(taskArn, 'Task'), 'Function');
  return rendering.shared(isUngranted ? 'function' : 'function without permissions', taskArn, wantedName, id => isUngranted
    ? call(service('lambda', 'aws-lambda', isName ? 'Function.fromFunctionName' : 'Function.fromFunctionArn'), THIS, literal(id), rendering.values.string(taskArn))
    : call(service('lambda', 'aws-lambda', 'Function.fromFunctionAttributes'), THIS, literal(id), object({ functionArn: arn, skipPermissions: literal(true) })));
}

function stepFunctionsProps(properties: JsonObject, block: JsonObject, rendering: Rendering): RenderedProps {
  const { values } = rendering;
  const { TaskArn: taskArn } = properties;
  return {
    props: {
      stateMachine: rendering.shared('stateMachine', taskArn, named(nameOfValue(taskArn, 'Task'), 'StateMachine'), id => call(
        service('sfn', 'aws-stepfunctions', 'StateMachine.fromStateMachineArn'), THIS, literal(id), values.string(taskArn))),
      input: block.Input === undefined ? undefined : textInput(block.Input, values),
      executionName: block.Name === undefined ? undefined : textOrPseudoParameter(block.Name, values),
    },
    overrides: [],
  };
}
