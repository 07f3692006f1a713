import { Duration, Lazy, TimeZone, Token } from 'aws-cdk-lib';
import type { MaintenanceWindowTask } from '../../src';
import {
  AutomationRunbook, MaintenanceWindow, MaintenanceWindowCalendar, MaintenanceWindowSchedule, MaintenanceWindowTarget, PseudoParameter,
  RateControl, RunCommandDocument, TargetResourceType, TargetSelector, TaskInput, TaskTargets, patching,
} from '../../src';
import { testStack } from '../support/app';
import { failure } from '../support/errors';
import { INSTANCE_ID, testWindow } from '../support/tasks';

/** What a variable of the environment that is not set, a JSON file or untyped JavaScript can pass. */
type Loose = any;

const UNSET: Loose = undefined;
const weekly = MaintenanceWindowSchedule.rate(Duration.days(7));

function windowWith(props: Loose): MaintenanceWindow {
  return new MaintenanceWindow(testStack(), 'Window', { schedule: weekly, duration: Duration.hours(2), ...props });
}

function command(props: Loose): MaintenanceWindowTask {
  return testWindow(testStack()).addRunCommandTask('Task', {
    document: RunCommandDocument.fromDocumentName('Own'), targets: TaskTargets.instanceIds(INSTANCE_ID), ...props,
  });
}

describe('factories', () => {
  test.each<[string, () => unknown, string]>([
    ['the time zone', () => MaintenanceWindowSchedule.cron({ hour: '4', timeZone: TimeZone.of(UNSET) }), "'timeZone.timezoneName' must be a string, got undefined, specify a value"],
    ['a time zone as text', () => MaintenanceWindowSchedule.cron({ hour: '4', timeZone: 'UTC' as Loose }), "'timeZone' must be a TimeZone, got \"UTC\""],
    ['the options of cron()', () => MaintenanceWindowSchedule.cron(UNSET), "'options' must be an object, got undefined, specify a value"],
    ['the hour', () => MaintenanceWindowSchedule.cron({ hour: UNSET }), "'hour' must be a string, got undefined, specify a value"],
    ['an hour as number', () => MaintenanceWindowSchedule.cron({ hour: 4 as Loose }), "'hour' must be a string, got 4"],
    ['a day of the week that is null', () => MaintenanceWindowSchedule.cron({ hour: '4', weekDay: null as Loose }), "'weekDay' must be a string, got null, specify a value"],
    ['the options of patchTuesday()', () => MaintenanceWindowSchedule.patchTuesday(UNSET), "'options' must be an object, got undefined, specify a value"],
    ['days as number', () => MaintenanceWindowSchedule.patchTuesday({ hour: '4', daysAfter: 7 as Loose }), "'daysAfter' must be a Duration, got 7"],
    ['the interval', () => MaintenanceWindowSchedule.rate(UNSET), "'interval' must be a Duration, got undefined, specify a value"],
    ['a date as number', () => MaintenanceWindowSchedule.at(0 as Loose), "'date' must be a Date, got 0"],
    ['the expression', () => MaintenanceWindowSchedule.expression(UNSET), "'expression' must be a string, got undefined, specify a value"],
    ['a patch group', () => TargetSelector.patchGroup(UNSET), "'patchGroups[0]' must be a string, got undefined, specify a value"],
    ['a resource group', () => TargetSelector.resourceGroup(UNSET), "'resourceGroupName' must be a string, got undefined, specify a value"],
    ['a type of resources', () => TargetSelector.resourceGroup('web', UNSET), "'resourceTypes[0]' must be a string, got undefined, specify a value"],
    ['tags', () => TargetSelector.tags(UNSET), "'tags' must be an object, got undefined, specify a value"],
    ['the values of a tag', () => TargetSelector.tags({ Role: UNSET }), "'tags.Role' must be a list, got undefined, specify a value"],
    ['a tag with one text', () => TargetSelector.tags({ Role: 'web' as Loose }), "'tags.Role' must be a list, got \"web\""],
    ['a value of a tag', () => TargetSelector.tags({ Role: ['web', UNSET] }), "'tags.Role[1]' must be a string, got undefined, specify a value"],
    ['a tag key', () => TargetSelector.tagKeys(UNSET), "'tagKeys[0]' must be a string, got undefined, specify a value"],
    ['an instance ID', () => TargetSelector.instanceIds(UNSET), "'instanceIds[0]' must be a string, got undefined, specify a value"],
    ['an instance', () => TargetSelector.instances('i-0123456789abcdef0' as Loose), "'instances[0]' must be an EC2 instance, got \"i-0123456789abcdef0\""],
    ['keys of the service', () => TargetSelector.of(TargetResourceType.INSTANCE, { InstanceIds: [7 as Loose] }), "'targets.InstanceIds[0]' must be a string, got 7"],
    ['an instance ID of a task', () => TaskTargets.instanceIds(UNSET), "'instanceIds[0]' must be a string, got undefined, specify a value"],
    ['a registered target', () => TaskTargets.registered(UNSET), "'targets[0]' must be a window target, got undefined, specify a value"],
    ['a rate control', () => RateControl.of(UNSET), "'RateControl.of(expression)' must be a string, got undefined, specify a value"],
    ['a count', () => RateControl.count('5' as Loose), "'count' must be a number, got \"5\""],
    ['a percentage', () => RateControl.percentage('10' as Loose), "'percentage' must be a number, got \"10\""],
    ['a text of an input', () => TaskInput.fromText(UNSET), "'text' must be a string, got undefined, specify a value"],
    ['an object of an input', () => TaskInput.fromObject([1]), "'obj' must be an object, got [1]"],
    ['a pseudo parameter', () => PseudoParameter.of(UNSET), "'name' must be a string, got undefined, specify a value"],
    ['the name of a document', () => RunCommandDocument.fromDocumentName(UNSET), "'documentName' must be a string, got undefined, specify a value"],
    ['the ARN of a runbook', () => AutomationRunbook.fromDocumentArn(UNSET), "'documentArn' must be a string, got undefined, specify a value"],
    ['a document', () => RunCommandDocument.fromDocument('Own' as Loose), "'document' must be a construct, got \"Own\""],
    ['the scope of a calendar', () => MaintenanceWindowCalendar.of(UNSET), "'scope' must be a construct, got undefined, specify a value"],
    ['the windows of an order', () => MaintenanceWindowCalendar.assertOrder(UNSET, UNSET), "'windows' must be a list, got undefined, specify a value"],
  ])('fail without a value for %s, or with another type', (_, call, message) => {
    expect(failure(call)).toBe(message);
  });
});

describe('constructs', () => {
  const ofWindow = (message: string) => `${message} (at Stack/Window)`;
  const ofTask = (message: string) => `${message} (at Stack/Window/Task)`;

  test.each<[string, () => unknown, string]>([
    ['a window without properties', () => new MaintenanceWindow(testStack(), 'Window', UNSET), ofWindow("'props' must be an object, got undefined, specify a value")],
    ['schedule', () => windowWith({ schedule: 'rate(7 days)' }), ofWindow("'schedule' must be a MaintenanceWindowSchedule, got \"rate(7 days)\"")],
    ['duration', () => windowWith({ duration: 3 }), ofWindow("'duration' must be a Duration, got 3")],
    ['cutoff', () => windowWith({ cutoff: null }), ofWindow("'cutoff' must be a Duration, got null, specify a value")],
    ['maintenanceWindowName', () => windowWith({ maintenanceWindowName: 5 }), ofWindow("'maintenanceWindowName' must be a string, got 5")],
    ['description', () => windowWith({ description: ['x'] }), ofWindow("'description' must be a string, got [\"x\"]")],
    ['allowUnassociatedTargets', () => windowWith({ allowUnassociatedTargets: 'yes' }), ofWindow("'allowUnassociatedTargets' must be true or false, got \"yes\"")],
    ['startDate', () => windowWith({ startDate: '2027-01-01' }), ofWindow("'startDate' must be a Date, got \"2027-01-01\"")],
    ['endDate', () => windowWith({ endDate: 0 }), ofWindow("'endDate' must be a Date, got 0")],
    ['a tag', () => windowWith({ tags: { team: UNSET } }), ofWindow("'tags.team' must be a string, got undefined, specify a value")],
    ['a construct for a text', () => windowWith({ description: testWindow(testStack()) }), ofWindow("'description' must be a string, got \"an instance of MaintenanceWindow\"")],
    ['the start of a preview', () => windowWith({}).preview({} as Loose), ofWindow("'start' must be a Date, got undefined, specify a value")],
    ['the options of a preview', () => windowWith({}).preview(UNSET), ofWindow("'options' must be an object, got undefined, specify a value")],
    ['a grantee', () => windowWith({}).grants.read(UNSET), "'grantee' must be a grantee, got undefined, specify a value"],
    ['an imported ID', () => MaintenanceWindow.fromMaintenanceWindowId(testStack(), 'Window', UNSET), "'maintenanceWindowId' must be a string, got undefined, specify a value (at Stack)"],
    ['an imported ARN', () => MaintenanceWindow.fromMaintenanceWindowArn(testStack(), 'Window', UNSET), "'maintenanceWindowArn' must be a string, got undefined, specify a value (at Stack)"],
    ['selector', () => testWindow(testStack()).addTarget('Task', UNSET), ofTask("'selector' must be a TargetSelector, got undefined, specify a value")],
    ['the window of a target', () => new MaintenanceWindowTarget(testStack(), 'Window', { selector: TargetSelector.tagKeys('Role') } as Loose),
      ofWindow("'maintenanceWindow' must be a maintenance window, got undefined, specify a value")],
    ['document', () => command({ document: 'AWS-RunShellScript' }), ofTask("'document' must be a RunCommandDocument, got \"AWS-RunShellScript\"")],
    ['a parameter', () => command({ parameters: { commands: UNSET } }), ofTask("'parameters.commands' must be a list, got undefined, specify a value")],
    ['a value of a parameter', () => command({ parameters: { commands: [UNSET] } }), ofTask("'parameters.commands[0]' must be a string, got undefined, specify a value")],
    ['a parameter with one text', () => command({ parameters: { commands: 'ls' } }), ofTask("'parameters.commands' must be a list, got \"ls\"")],
    ['priority', () => command({ priority: '1' }), ofTask("'priority' must be a number, got \"1\"")],
    ['timeout', () => command({ timeout: 600 }), ofTask("'timeout' must be a Duration, got 600")],
    ['maxConcurrency', () => command({ maxConcurrency: '10%' }), ofTask("'maxConcurrency' must be a RateControl, got \"10%\"")],
    ['no targets', () => command({ targets: UNSET }), ofTask("'targets' must be a TaskTargets, got undefined, specify a value")],
    ['targets', () => command({ targets: ['i-0123456789abcdef0'] }), ofTask("'targets' must be a TaskTargets, got [\"i-0123456789abcdef0\"]")],
    ['runbook', () => testWindow(testStack()).addAutomationTask('Task', UNSET), ofTask("'runbook' must be an AutomationRunbook, got undefined, specify a value")],
    ['lambdaFunction', () => testWindow(testStack()).addLambdaTask('Task', UNSET), ofTask("'lambdaFunction' must be a Lambda function, got undefined, specify a value")],
    ['stateMachine', () => testWindow(testStack()).addStepFunctionsTask('Task', UNSET), ofTask("'stateMachine' must be a state machine, got undefined, specify a value")],
    ['installSchedule', () => new patching.PatchWindows(testStack(), 'Window', { selector: TargetSelector.tagKeys('Role'), installSchedule: null } as Loose),
      ofWindow("'installSchedule' must be a MaintenanceWindowSchedule, got null, specify a value")],
  ])('fail without a value for %s, or with another type', (_, call, message) => {
    expect(failure(call)).toBe(message);
  });

  test('take tokens for texts, numbers and lists', () => {
    const token = Token.asString({ Ref: 'Parameter' });

    expect(() => windowWith({ maintenanceWindowName: token, description: Lazy.string({ produce: () => 'later' }), tags: { team: token } })).not.toThrow();
    expect(() => command({ priority: Token.asNumber({ Ref: 'Parameter' }), parameters: { commands: Token.asList({ Ref: 'Parameter' }) } })).not.toThrow();
    expect(() => TargetSelector.tags({ Role: Token.asList({ Ref: 'Parameter' }) })).not.toThrow();
    expect(() => RateControl.count(Token.asNumber({ Ref: 'Parameter' }))).not.toThrow();
  });

  test('take an optional property that is undefined', () => {
    expect(() => windowWith({ cutoff: UNSET, description: UNSET, tags: UNSET })).not.toThrow();
    expect(() => command({ parameters: UNSET, priority: UNSET })).not.toThrow();
  });
});
