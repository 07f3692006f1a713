import { isIntrinsic } from './intrinsics';

type Properties = { readonly [name: string]: any };

/*
 * Rules of the service across fields, which neither the API model nor the CloudFormation schemas hold. Written from the
 * service's answers and pages, apart from the library's own checks, so that the two can disagree.
 */

const BLOCKS: { readonly [taskType: string]: string } = {
  RUN_COMMAND: 'MaintenanceWindowRunCommandParameters',
  AUTOMATION: 'MaintenanceWindowAutomationParameters',
  LAMBDA: 'MaintenanceWindowLambdaParameters',
  STEP_FUNCTIONS: 'MaintenanceWindowStepFunctionsParameters',
};

/** What the service refuses in a window beyond the limits of single fields. */
export function windowRuleViolations(window: Properties): string[] {
  const violations: string[] = [];
  const { Duration, Cutoff, Schedule, ScheduleOffset, StartDate, EndDate } = window;
  if (typeof Duration === 'number' && typeof Cutoff === 'number' && Cutoff >= Duration) {
    violations.push(`Cutoff ${Cutoff} is not below Duration ${Duration}`);
  }
  for (const [name, date] of Object.entries({ StartDate, EndDate })) {
    if (typeof date === 'string' && !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(date)) {
      violations.push(`${name} has no offset or is not a date and time`);
    }
  }
  if (typeof StartDate === 'string' && typeof EndDate === 'string' && !(Date.parse(StartDate) < Date.parse(EndDate))) {
    violations.push('StartDate is not before EndDate');
  }
  if (typeof Schedule === 'string') { violations.push(...scheduleViolations(Schedule, ScheduleOffset)); }
  return violations;
}

function scheduleViolations(schedule: string, offset: unknown): string[] {
  const [, kind, body] = /^(cron|rate|at)\((.*)\)$/.exec(schedule) ?? [];
  if (kind === undefined) { return ['Schedule is neither cron(…), rate(…) nor at(…)']; }
  if (kind === 'rate') {
    return [
      .../^[1-9]\d* (minutes?|hours?|days?)$/.test(body) ? [] : ['rate is not a positive number and a unit'],
      ...offset === undefined ? [] : ['ScheduleOffset with a rate'],
    ];
  }
  if (kind === 'at') {
    return [
      .../^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(body) ? [] : ['at is not a date and time without zone'],
      ...offset === undefined ? [] : ['ScheduleOffset with a time'],
    ];
  }
  const fields = body.split(' ');
  if (fields.length !== 6 && fields.length !== 7) { return [`cron has ${fields.length} fields`]; }
  const [, , day, , weekDay] = fields.slice(-6);
  return [
    ...(day === '?') === (weekDay === '?') ? ['cron needs ? in exactly one of day of month and day of week'] : [],
    ...offset !== undefined && !/[#L]/.test(weekDay) ? ['ScheduleOffset without # or L in the day of week'] : [],
  ];
}

/** What the service refuses in a target of a window beyond the limits of single fields. */
export function targetRuleViolations(target: Properties): string[] {
  if (!isKnownList(target.Targets) || isIntrinsic(target.ResourceType)) { return []; }
  const keys: string[] = target.Targets.map(entry => entry.Key);
  if (keys.some(isIntrinsic)) { return []; }
  if (keys.length === 0) { return ['Targets is empty']; }
  const violations: string[] = [];
  if (new Set(keys).size !== keys.length) { violations.push('a key is given twice'); }
  if (target.ResourceType === 'RESOURCE_GROUP') {
    if (!keys.includes('resource-groups:Name')) { violations.push('RESOURCE_GROUP without resource-groups:Name'); }
    violations.push(...keys
      .filter(key => key !== 'resource-groups:Name' && key !== 'resource-groups:ResourceTypeFilters')
      .map(key => `${key} does not fit RESOURCE_GROUP`));
    const names = target.Targets.find(entry => entry.Key === 'resource-groups:Name')?.Values;
    if (isKnownList(names) && names.length !== 1) { violations.push('a target has exactly one resource group'); }
    return violations;
  }
  if (keys.includes('InstanceIds')) {
    if (keys.length > 1) { violations.push('InstanceIds mixed with other keys'); }
  } else {
    violations.push(...keys.filter(key => key !== 'tag-key' && !/^tag:./s.test(key)).map(key => `${key} does not fit INSTANCE`));
  }
  for (const entry of target.Targets) {
    if (isKnownList(entry.Values) && entry.Values.length === 0) { violations.push(`${entry.Key} has no values`); }
    if (entry.Key === 'tag-key' && isKnownList(entry.Values) && entry.Values.length > 5) { violations.push('more than 5 tag keys'); }
  }
  return violations;
}

/** What the service refuses in a task beyond the limits of single fields. */
export function taskRuleViolations(task: Properties): string[] {
  const violations: string[] = [];
  const targetless = task.Targets === undefined;
  if (targetless) {
    if (task.TaskType === 'RUN_COMMAND') { violations.push('RUN_COMMAND without Targets'); }
    for (const name of ['MaxConcurrency', 'MaxErrors']) {
      if (task[name] !== undefined) { violations.push(`${name} without Targets`); }
    }
  } else {
    for (const name of ['MaxConcurrency', 'MaxErrors']) {
      if (task[name] === undefined) { violations.push(`Targets without ${name}`); }
    }
    violations.push(...taskTargetViolations(task.Targets));
  }
  const parameters = task.TaskInvocationParameters;
  if (parameters !== undefined && !isIntrinsic(parameters) && !isIntrinsic(task.TaskType)) {
    for (const block of Object.keys(parameters)) {
      if (block !== BLOCKS[task.TaskType]) { violations.push(`${block} does not fit ${task.TaskType}`); }
    }
    const runCommand = parameters.MaintenanceWindowRunCommandParameters;
    if (runCommand?.NotificationConfig !== undefined && runCommand.ServiceRoleArn === undefined) {
      violations.push('NotificationConfig without ServiceRoleArn beside it');
    }
    if (runCommand?.DocumentHashType !== undefined && runCommand.DocumentHash === undefined) {
      violations.push('DocumentHashType without DocumentHash');
    }
  }
  return violations;
}

function taskTargetViolations(targets: unknown): string[] {
  if (!isKnownList(targets)) { return []; }
  if (targets.length !== 1) { return [`a task has one entry of Targets, not ${targets.length}`]; }
  const [{ Key, Values }] = targets;
  if (isIntrinsic(Key)) { return []; }
  const most = { WindowTargetIds: 10, InstanceIds: 50 }[Key as string];
  if (most === undefined) { return [`${Key} is no key of a task's Targets`]; }
  if (!isKnownList(Values) || (Values.length >= 1 && Values.length <= most)) { return []; }
  return [`${Key} has ${Values.length} values, not 1 to ${most}`];
}

function isKnownList(value: unknown): value is Properties[] {
  return Array.isArray(value);
}

/** What the service refuses in a patch baseline beyond the limits of single fields. */
export function patchBaselineRuleViolations({ OperatingSystem, ApprovalRules }: Properties): string[] {
  const rules: Properties[] = Array.isArray(ApprovalRules?.PatchRules) ? ApprovalRules.PatchRules : [];
  return rules.flatMap((rule, index) => {
    const given = ['ApproveAfterDays', 'ApproveUntilDate'].filter(name => rule[name] !== undefined);
    return given.length === 1 || (given.length === 0 && ['DEBIAN', 'UBUNTU'].includes(OperatingSystem))
      ? [] : [`rule ${index} has ${given.length} of ApproveAfterDays and ApproveUntilDate`];
  });
}
