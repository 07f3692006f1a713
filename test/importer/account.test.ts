import { sourceOf, synthesizeAll } from './run-program';
import type { JsonObject } from '../../src/importer/json';
import { modelOfRecords } from '../../src/importer/read/parse-api';
import { compare } from '../../src/importer/verify/compare';
import { importSteps } from '../../src/importer/verify/import-map';
import { inStacks } from '../../src/importer/write/partition';
import { printTypeScript } from '../../src/importer/write/print-typescript';
import { buildProgram } from '../../src/importer/write/program';

const TYPES = ['RUN_COMMAND', 'AUTOMATION', 'LAMBDA', 'STEP_FUNCTIONS'] as const;
const ARNS = {
  RUN_COMMAND: 'AWS-RunShellScript',
  AUTOMATION: 'AWS-RestartEC2Instance',
  LAMBDA: 'arn:aws:lambda:eu-central-1:123456789012:function:SSM-report',
  STEP_FUNCTIONS: 'arn:aws:states:eu-central-1:123456789012:stateMachine:SSM-verify',
};
const id = (window: number) => `mw-${String(window).padStart(17, '0')}`;
const uuid = (kind: number, window: number, index: number) => `${String(kind).padStart(8, '0')}-0000-0000-${String(window).padStart(4, '0')}-${String(index).padStart(12, '0')}`;

/** Windows with two targets and some tasks each, as the service answers. */
function accountOf(windows: number, tasks: number) {
  const content: JsonObject[] = [];
  for (let window = 1; window <= windows; window++) {
    content.push({ WindowId: id(window), Name: `fleet-${window}`, Schedule: `cron(0 ${window % 24} ? * SUN *)`, Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false });
    for (const index of [1, 2]) {
      content.push({
        WindowId: id(window), WindowTargetId: uuid(1, window, index), ResourceType: 'INSTANCE', Targets: [{ Key: 'tag:Fleet', Values: [`${window}-${index}`] }],
      });
    }
    for (let index = 1; index <= tasks; index++) {
      const type = TYPES[index % TYPES.length];
      content.push({
        WindowId: id(window),
        WindowTaskId: uuid(2, window, index),
        TaskType: type,
        TaskArn: ARNS[type],
        Name: `task-${index}`,
        Priority: index,
        ServiceRoleArn: 'arn:aws:iam::123456789012:role/Maintenance',
        Targets: [{ Key: 'WindowTargetIds', Values: [uuid(1, window, 1)] }],
        MaxConcurrency: '2',
        MaxErrors: '1',
        TaskInvocationParameters: type === 'RUN_COMMAND' ? { RunCommand: { Parameters: { commands: ['#!/bin/sh\nset -eu\nsystemctl restart application\n'] } } }
          : type === 'AUTOMATION' ? { Automation: { Parameters: { InstanceId: ['{{TARGET_ID}}'] } } } : {},
      });
    }
  }
  return modelOfRecords('the account', content.map((record) => ({ name: 'answer', content: record })));
}

describe('an account at its quotas', () => {
  const model = accountOf(50, 20);
  const models = inStacks(model);
  const programs = models.map((part) => buildProgram(part));
  const source = printTypeScript(programs).text;

  test('becomes stacks of at most 500 resources, each with whole windows', () => {
    expect(models.map(({ entities }) => entities.length)).toEqual([483, 483, 184]);
    const windowsOf = ({ entities }: typeof model) => new Set(entities.map(({ physicalWindowId, physicalId }) => physicalWindowId ?? physicalId));
    expect(models.map((part) => windowsOf(part).size)).toEqual([21, 21, 8]);
    expect(programs.map(({ className }) => className)).toEqual(['MaintenanceWindowsStack1', 'MaintenanceWindowsStack2', 'MaintenanceWindowsStack3']);
  });

  test('comes back whole', () => {
    const templates = synthesizeAll(source);
    expect(templates.flatMap((template, index) => compare(models[index], programs[index], template))).toEqual([]);
  });

  test('has a method for each window, in which scripts are read in lines', () => {
    expect(source.match(/^ {2}private defineFleet\d+\(/gm)).toHaveLength(50);
    expect(Math.max(...source.split(/^ {2}private /m).map((method) => method.split('\n').length))).toBeLessThan(400);
    expect(source).toContain("[\n            '#!/bin/sh',\n            'set -eu',\n");
    expect(source).toContain('private defineFleet1(\n    maintenanceRole: iam.IRole,\n');
  });

  test('is imported in steps of at most 200 resources, windows before their targets, these before their tasks', () => {
    const { steps, unknown } = importSteps(models, programs);
    expect(unknown).toEqual([]);
    expect(steps.map(({ stack, resources }) => [stack, Object.keys(resources).length])).toEqual([
      [0, 200], [0, 200], [0, 83], [1, 200], [1, 200], [1, 83], [2, 184],
    ]);
    const ids = steps.flatMap(({ resources }) => Object.values(resources));
    const seen = new Set<unknown>();
    for (const { WindowId, WindowTargetId, WindowTaskId } of ids) {
      expect(WindowTargetId === undefined && WindowTaskId === undefined ? !seen.has(WindowId) : seen.has(WindowId)).toBe(true);
      seen.add(WindowId);
    }
    expect(seen.size).toBe(50);
  });
});

test('few windows need no methods', () => {
  const source = sourceOf(buildProgram(accountOf(3, 1)));
  expect(source).not.toContain('private ');
  expect(sourceOf(buildProgram(accountOf(4, 1)))).toContain('private defineFleet4(');
});

test('windows that use each other share a method', () => {
  // GIVEN a task in the first window that works on a target of the second, which the service allows nobody
  const model = accountOf(5, 1);
  const [task] = model.entities.filter(({ kind }) => kind === 'task');
  const target = model.entities.find(({ kind, physicalWindowId }) => kind === 'target' && physicalWindowId === id(2))!;
  const entities = model.entities.map((entity) => (
    entity === task ? { ...entity, properties: { ...entity.properties, Targets: [{ Key: 'WindowTargetIds', Values: [{ Ref: target.key }] }] } } : entity));

  // WHEN
  const program = buildProgram({ ...model, entities });

  // THEN
  expect(program.methods).toHaveLength(4);
  expect(compare({ ...model, entities }, program, synthesizeAll(sourceOf(program))[0])).toEqual([]);
});

test('the constants of windows are named after them when their own names are taken', () => {
  const source = sourceOf(buildProgram(accountOf(2, 1)));
  expect(source).toContain("const target = fleet1.addTarget('Target', {");
  expect(source).toContain("const fleet2Target = fleet2.addTarget('Target', {");
});
