import { References } from './references';
import { scheduleInWords } from './schedule';
import type { Resource, StackTemplate } from './templates';

const WINDOW = 'AWS::SSM::MaintenanceWindow';
const TARGET = 'AWS::SSM::MaintenanceWindowTarget';
const TASK = 'AWS::SSM::MaintenanceWindowTask';

/** The service's default. */
const CONTINUE_TASK = 'CONTINUE_TASK';

interface KeyValues {
  readonly Key: string;
  readonly Values: unknown[];
}

/** What the templates of an app hold: each window with its schedule, its targets and its tasks, and where the templates are. */
export function summarize(stacks: readonly StackTemplate[]): string {
  const references = new References(stacks);
  const resources = stacks.flatMap((stack) => stack.resources);
  const windows = resources.filter(({ type }) => type === WINDOW);
  const members = (type: string, window: Resource) => resources
    .filter((resource) => resource.type === type && references.resourceOf(resource.properties.WindowId, resource.stack) === window);
  const orphans = resources.filter(({ type, properties, stack }) => type === TASK && !references.resourceOf(properties.WindowId, stack));

  return [
    `${counted(windows.length, 'maintenance window')} in ${counted(stacks.length, 'stack')}`,
    ...windows.map((window) => windowInWords(window, members(TARGET, window), members(TASK, window), references)),
    ...orphans.length > 0 ? [['Tasks of windows that are not in this app:', ...tasksInWords(orphans, references)].join('\n')] : [],
    ['Templates:', ...stacks.map(({ file }) => `  ${file}`)].join('\n'),
  ].join('\n\n');
}

function windowInWords({ logicalId, properties, stack }: Resource, targets: Resource[], tasks: Resource[], references: References): string {
  const schedule = scheduleInWords({
    expression: references.textOf(properties.Schedule, stack),
    timeZone: properties.ScheduleTimezone as string | undefined,
    offset: properties.ScheduleOffset as number | undefined,
  });
  return [
    `${references.textOf(properties.Name, stack)} (${logicalId} in ${stack.stackName})`,
    ...properties.Description ? [`  ${references.textOf(properties.Description, stack)}`] : [],
    `  Schedule: ${schedule}`,
    `  Open:     ${openInWords(properties.Duration as number, properties.Cutoff as number)}`,
    `  Targets:${targets.length === 0 ? '  none' : ''}`,
    ...targets.map((target) => `    ${target.logicalId}: ${selectionInWords(target, references)}`),
    `  Tasks, by priority:${tasks.length === 0 ? ' none' : ''}`,
    ...tasksInWords(tasks, references),
  ].join('\n');
}

function openInWords(duration: number, cutoff: number): string {
  return `${counted(duration, 'hour')}${cutoff > 0 ? `, in the last ${cutoff === 1 ? 'hour' : `${cutoff} hours`} no task starts` : ''}`;
}

function selectionInWords({ properties, stack }: Resource, references: References): string {
  return (properties.Targets as KeyValues[]).map(({ Key, Values }) => `${Key} = ${listOf(Values, stack, references)}`).join(', ');
}

function tasksInWords(tasks: Resource[], references: References): string[] {
  const priority = ({ properties }: Resource) => Number(properties.Priority);
  return [...tasks].sort((a, b) => priority(a) - priority(b)).flatMap(({ logicalId, properties, stack }) => [
    `    ${properties.Priority}  ${logicalId} in ${stack.stackName}`,
    `        ${properties.TaskType} ${references.textOf(properties.TaskArn, stack)}`,
    `        ${taskTargetsInWords(properties.Targets as KeyValues[] | undefined, stack, references)}`,
    `        role ${properties.ServiceRoleArn ? references.textOf(properties.ServiceRoleArn, stack) : 'AWSServiceRoleForAmazonSSM (service-linked)'}`,
    `        at the cutoff ${(properties.CutoffBehavior ?? CONTINUE_TASK) === CONTINUE_TASK ? 'it continues' : 'it is cancelled'}`,
  ]);
}

function taskTargetsInWords(targets: KeyValues[] | undefined, stack: StackTemplate, references: References): string {
  return targets ? `on ${targets.map(({ Values }) => listOf(Values, stack, references)).join(', ')}` : 'once, without targets';
}

function listOf(values: unknown, stack: StackTemplate, references: References): string {
  return [values].flat().map((value) => references.textOf(value, stack)).join(', ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
