import * as fc from 'fast-check';
import { codeOfPython, commentsOf, foreignCodeIn } from './foreign-code';
import type { Json, JsonObject } from '../../../src/importer/json';
import type { Model } from '../../../src/importer/model';
import { modelOfRecords } from '../../../src/importer/read/parse-api';
import { parseTemplate } from '../../../src/importer/read/parse-template';
import { literal, own } from '../../../src/importer/write/code';
import { printPython } from '../../../src/importer/write/print-python';
import { buildProgram } from '../../../src/importer/write/program';
import type { Rendering } from '../../../src/importer/write/rendering';
import { commentText, stringLiteral } from '../../../src/importer/write/string-literal';
import { taskProps } from '../../../src/importer/write/task-code';
import { Values } from '../../../src/importer/write/values';
import { sourceOf } from '../run-program';

function written(template: JsonObject) {
  return writtenOf(parseTemplate({ name: 'template.json', text: JSON.stringify(template) }));
}

function writtenOf(model: Model) {
  const program = buildProgram(model);
  return { program, source: sourceOf(program), python: printPython([program]).text };
}

/** What the hostile texts would run, as code of Python. */
const FOREIGN_PYTHON = /(?<!\.define_)\bx\(/;

const WINDOW: JsonObject = { Name: 'patching', Schedule: 'rate(7 days)', Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false };
const windowOf = (properties: JsonObject = {}): JsonObject => ({ Type: 'AWS::SSM::MaintenanceWindow', Properties: { ...WINDOW, ...properties } });
const taskOf = (properties: JsonObject): JsonObject => ({
  Type: 'AWS::SSM::MaintenanceWindowTask',
  Properties: { WindowId: { Ref: 'Window' }, TaskType: 'AUTOMATION', TaskArn: 'MyRunbook', Priority: 1, ...properties },
});

describe('what was run once', () => {
  test('keeps a cutoff behavior with code in a string literal', () => {
    const { source, program } = written({ Resources: { Window: windowOf(), Task: taskOf({ CutoffBehavior: 'CANCEL_TASK, ...x()' }) } });

    expect(source).toContain("cutoffBehavior: 'CANCEL_TASK, ...x()'");
    expect(foreignCodeIn(source, program)).toEqual([]);
  });

  test('takes a cutoff behavior from the closed list, also when no rule has refused it before', () => {
    const none = () => undefined;
    const rendering: Rendering = {
      values: new Values({ parameter: none, entityId: none, mapping: none, condition: none }), entityVariable: none, shared: () => literal('shared'),
    };
    const propsOf = (CutoffBehavior: string) => taskProps({
      kind: 'task', key: 'Task', name: 'Task', place: 'a', attributes: {}, properties: { TaskType: 'AUTOMATION', TaskArn: 'MyRunbook', Priority: 1, CutoffBehavior },
    }, rendering, literal(true));

    for (const code of ['CANCEL_TASK, ...x()', 'constructor', '__proto__']) {
      const { props, overrides } = propsOf(code);
      expect(props.cutoffBehavior).toBeUndefined();
      expect(overrides).toEqual([['CutoffBehavior', literal(code)]]);
    }
    expect(propsOf('CANCEL_TASK').props.cutoffBehavior).toEqual(own('CutoffBehavior.CANCEL_TASK'));
  });

  test('keeps a resource type with code in a string literal', () => {
    const target = {
      Type: 'AWS::SSM::MaintenanceWindowTarget', Properties: { WindowId: { Ref: 'Window' }, ResourceType: 'INSTANCE, x()', Targets: [] },
    };
    const { source, program } = written({ Resources: { Window: windowOf(), Target: target } });

    expect(source).toContain("resourceType: 'INSTANCE, x()'");
    expect(foreignCodeIn(source, program)).toEqual([]);
  });

  test('joins the parts of a text before it writes them', () => {
    const Description: Json = { 'Fn::Join': ['', ['$', '{x()}', { Ref: 'AWS::Region' }, '$', '{', 'y()}']] };
    const { source, program } = written({ Resources: { Window: windowOf({ Description }) } });

    expect(source).toContain("description: Fn.join('', ['${x()}', Aws.REGION, '${y()}'])");
    expect(foreignCodeIn(source, program)).toEqual([]);
  });

  test('gives Python no text with holes, so that braces of the source stay text', () => {
    const { python } = written({
      Parameters: { Env: { Type: 'String' } },
      Resources: { Window: windowOf({ Description: { 'Fn::Sub': '${Env} {expression} 100%' } }) },
    });

    expect(python).toContain('description=Fn.join("", [env.value_as_string, " {expression} 100%"])');
    expect(codeOfPython(python)).not.toMatch(/\bf["']/);
  });

  test('writes no backslash into a comment, which begins an escape in Java', () => {
    const { source, program } = written({ Description: 'a \\u002a\\u002f class Evil {} /* b */ c', Resources: { Window: windowOf() } });


    expect(commentsOf(source)).toEqual(['/**\n * Maintenance windows imported from template.json.\n *\n * a /u002a/u002f class Evil {} / * b * / c\n */']);
    expect(foreignCodeIn(source, program)).toEqual([]);
  });

  test('keeps a number that is none in a string literal', () => {
    const text = JSON.stringify({ Resources: { Window: { ...windowOf(), Metadata: { Number: 'HUGE' } } } }).replace('"HUGE"', '1e400');
    const { source, program } = writtenOf(parseTemplate({ name: 'template.json', text }));

    expect(source).toContain("addMetadata('Number', 'Infinity');");
    expect(foreignCodeIn(source, program)).toEqual([]);
  });

  test('finds code that is put into a program', () => {
    const { source, program } = written({ Resources: { Window: windowOf() } });
    const withCode = (code: string) => source.replace("'patching'", code);

    expect(foreignCodeIn(withCode('process.exit()'), program)).toEqual(['process', 'exit']);
    expect(foreignCodeIn(withCode('`${x}`'), program)).toContain('`${x}`');
    expect(foreignCodeIn(withCode('CutoffBehavior.CANCEL_TASK'), program)).toEqual([]);
    expect(foreignCodeIn(withCode('CutoffBehavior.OTHER'), program)).toEqual(['OTHER']);
    expect(foreignCodeIn(source.replace('/** M', '/** \\u002a M'), program)).toHaveLength(1);
  });
});

describe('names that every object has', () => {
  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'])('%s is a name as any other', (name) => {
    const template = JSON.parse(JSON.stringify({
      Parameters: { NAME: { Type: 'String' } },
      Conditions: { NAME: { 'Fn::Equals': [{ Ref: 'NAME' }, 'a'] } },
      Mappings: { NAME: { NAME: { NAME: 'a' } } },
      Resources: {
        Window: {
          ...windowOf({
            Description: {
              'Fn::If': ['NAME', { Ref: 'NAME' }, {
                'Fn::FindInMap': ['NAME', 'NAME',
                  'NAME'],
              }],
            },
          }),
          Condition: 'NAME',
        },
        Task: taskOf({
          TaskArn: 'NAME',
          CutoffBehavior: 'NAME',
          TaskInvocationParameters: { MaintenanceWindowAutomationParameters: { Parameters: { NAME: ['NAME'] } } },
        }),
        Other: taskOf({ TaskType: 'NAME', NAME: 'NAME' }),
        NAME: windowOf({ Name: 'NAME' }),
      },
      Outputs: { NAME: { Value: { Ref: 'NAME' }, Condition: 'NAME' } },
    }).replaceAll('NAME', name)) as JsonObject;

    const { source, program } = written(template);

    expect(foreignCodeIn(source, program)).toEqual([]);
    expect(source).not.toMatch(/native code|\[object|undefined/);
    const id = name.replaceAll('_', ''); // logical IDs are alphanumeric
    expect(source).toContain(`new CfnParameter(this, '${id}'`);
    expect(source).toContain(`new CfnCondition(this, '${id}`);
    expect(source).toContain(`new CfnMapping(this, '${id}`);
  });
});

const hostile = fc.oneof(
  fc.constantFrom(
    '${x()}', '$', '{x()}', '`', '`+x()+`', "'", '"', "'+x()+'", '\\', "\\'", '\n', '\r\n',
    '\u2028x()', '\u2029', '*/', '*/x()/*', '//', '{{x}}', '%s%n', '\\u002a\\u002f',
    '\\u0027', '#{x}', 'CANCEL_TASK, ...x()', 'INSTANCE', 'constructor', '__proto__', 'toString', 'x()',
    ']x()[', '\u202e', '\ud800', '\u0000', '</script>', '[x()]', 'await x',
  ),
  fc.string({ maxLength: 12, unit: 'binary' }),
);
const hostileText = fc.array(hostile, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
/** A text, or one that is joined of texts and references. */
const hostileValue = fc.oneof(
  hostileText as fc.Arbitrary<Json>,
  fc.array(fc.oneof(hostile as fc.Arbitrary<Json>, fc.constantFrom<Json>({ Ref: 'AWS::Region' }, { Ref: 'P' })), { minLength: 1, maxLength: 5 })
    .map((parts): Json => ({ 'Fn::Join': ['', parts] })),
  fc.tuple(hostileText, hostileText).map(([a, b]): Json => ({ 'Fn::Sub': `${a}\${AWS::Region}${b}` })),
  fc.tuple(hostileText, hostileText).map(([a, b]): Json => ({ 'Fn::Sub': [`${a}\${V}`, { V: b }] })),
  hostileText.map((a): Json => ({ Ref: a })),
  fc.tuple(hostileText, hostileText).map(([a, b]): Json => ({ 'Fn::GetAtt': [a, b] })),
  fc.tuple(hostileText, hostileText).map(([a, b]): Json => ({ [a]: b })),
);

/** A template with a hostile text wherever one can stand. */
const hostileTemplate = fc.tuple(
  fc.array(hostileText, { minLength: 20, maxLength: 20 }), fc.array(hostileValue, { minLength: 40, maxLength: 40 }), fc.nat({ max: 3 }),
).map(([names, values, kind]): JsonObject => {
  const [nextName, nextValue] = [names.values(), values.values()];
  const name = (): string => nextName.next().value!;
  const value = (): Json => nextValue.next().value!;
  const type = ['RUN_COMMAND', 'AUTOMATION', 'LAMBDA', 'STEP_FUNCTIONS'][kind];
  const id = name();
  return {
    Description: name(),
    Parameters: {
      P: { Type: 'String' },
      [id]: {
        Type: name(),
        Description: name(),
        Default: name(),
        AllowedValues: [name()],
        ConstraintDescription: name(),
      },
    },
    Conditions: { [id]: { 'Fn::Equals': [value(), { Ref: id }] } },
    Mappings: { [id]: { [name()]: { [name()]: name() } } },
    Resources: {
      Window: windowOf({
        Description: value(),
        ScheduleTimezone: value(),
        Tags: [{ Key: name(), Value: value() }],
        StartDate: value(),
        AllowUnassociatedTargets: value(),
      }),
      [id]: windowOf({
        Name: value(), Schedule: value(), Duration: value(), Description: { 'Fn::If': [id, value(), { 'Fn::FindInMap': [id, value(), value()] }] },
      }),
      Target: {
        Type: 'AWS::SSM::MaintenanceWindowTarget',
        Properties: {
          WindowId: value(),
          ResourceType: name(),
          Targets: [{ Key: value(), Values: [value()] }],
          OwnerInformation: value(),
          Name: value(),
        },
      },
      Task: {
        ...taskOf({
          TaskType: type,
          TaskArn: value(),
          CutoffBehavior: name(),
          Name: value(),
          Description: value(),
          MaxConcurrency: value(),
          MaxErrors: value(),
          ServiceRoleArn: value(),
          Targets: [{ Key: name(), Values: [value()] }],
          TaskInvocationParameters: {
            MaintenanceWindowRunCommandParameters: {
              Comment: value(), DocumentVersion: value(), Parameters: { [name()]: [value()] }, OutputS3KeyPrefix: value(),
            },
            MaintenanceWindowAutomationParameters: { DocumentVersion: value(), Parameters: { AutomationAssumeRole: [value()] } },
            MaintenanceWindowLambdaParameters: { Payload: value(), Qualifier: value(), ClientContext: value() },
            MaintenanceWindowStepFunctionsParameters: { Input: value(), Name: value() },
          },
        }),
        Condition: id,
        [name()]: value(),
        DependsOn: [name(), 'Window'],
      },
      // the block of the type alone, so that the typed path is taken as well
      Typed: taskOf({
        TaskType: type,
        TaskArn: type === 'LAMBDA' ? 'report' : 'MyRunbook',
        ServiceRoleArn: 'arn:aws:iam::123456789012:role/Tasks',
        Name: value(),
        TaskInvocationParameters: {
          [{
            RUN_COMMAND: 'MaintenanceWindowRunCommandParameters',
            AUTOMATION: 'MaintenanceWindowAutomationParameters',
            LAMBDA: 'MaintenanceWindowLambdaParameters',
            STEP_FUNCTIONS: 'MaintenanceWindowStepFunctionsParameters',
          }[type]!]: type === 'RUN_COMMAND' ? { Comment: value() } : type === 'AUTOMATION' ? { Parameters: { Name: [value()] } } : {},
        },
      }),
    },
    Outputs: { [id]: { Value: { Ref: 'Window' }, Description: value(), Export: { Name: value() } } },
  };
});

test('writes whatever the source says into string literals, names of properties and comments only', () => {
  let checked = 0;
  fc.assert(fc.property(hostileTemplate, (template) => {
    const { source, python, program } = written(template);
    checked++;

    expect(foreignCodeIn(source, program)).toEqual([]);
    expect(codeOfPython(python)).not.toMatch(FOREIGN_PYTHON);
  }), { numRuns: Number(process.env.FAST_CHECK_NUM_RUNS ?? 300) });
  expect(checked).toBeGreaterThan(0);
});

/** What the API answers, with a hostile text wherever one can stand. */
const hostileAnswers = fc.tuple(
  fc.array(hostileText, { minLength: 30, maxLength: 30 }), fc.constantFrom('RUN_COMMAND', 'AUTOMATION', 'LAMBDA', 'STEP_FUNCTIONS'),
).map(([texts, taskType]): JsonObject[] => {
  const nextText = texts.values();
  const text = (): string => nextText.next().value!;
  const [windowId, targetId] = [text(), text()];
  const task = (properties: JsonObject): JsonObject => ({
    WindowId: windowId,
    WindowTaskId: text(),
    TaskType: taskType,
    TaskArn: text(),
    Priority: 1,
    Name: text(),
    CutoffBehavior: text(),
    AlarmConfiguration: { Alarms: [{ Name: text() }] },
    [text()]: text(),
    ...properties,
  });
  return [
    { ...WINDOW, WindowId: windowId, Name: text(), Description: text(), ScheduleTimezone: text(), [text()]: text() },
    { WindowId: windowId, WindowTargetId: targetId, ResourceType: text(), Targets: [{ Key: text(), Values: [text()] }], Name: text() },
    task({ Targets: [{ Key: 'WindowTargetIds', Values: [targetId] }], MaxConcurrency: text(), MaxErrors: text() }),
    // with nothing that is refused but the text itself, so that the typed path and the alarm are taken
    task({
      TaskType: 'AUTOMATION',
      TaskArn: 'MyRunbook',
      Name: 'report',
      CutoffBehavior: 'CANCEL_TASK',
      ServiceRoleArn: 'arn:aws:iam::123456789012:role/Tasks',
      TaskInvocationParameters: { Automation: { Parameters: { [text()]: [text()] } } },
    }),
  ];
});

test('writes whatever the API answers into string literals, names of properties and comments only', () => {
  let withAlarms = 0;
  fc.assert(fc.property(hostileAnswers, (answers) => {
    const { source, python, program } = writtenOf(modelOfRecords('the account', answers.map((content) => ({ name: 'answer', content }))));
    withAlarms += Number(program.hasCustomResources);

    expect(foreignCodeIn(source, program)).toEqual([]);
    expect(codeOfPython(python)).not.toMatch(FOREIGN_PYTHON);
  }), { numRuns: Number(process.env.FAST_CHECK_NUM_RUNS ?? 150) });
  expect(withAlarms).toBeGreaterThan(0);
});

test('writes a literal that means its value', () => {
  fc.assert(fc.property(hostileText, (text) => {
    expect(new Function(`return ${stringLiteral(text)};`)()).toBe(text);
    expect(stringLiteral(text)).toMatch(/^[^\u0000-\u001f\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/);
  }));
});

test.each([
  ['plain', "'plain'"],
  ["it's", '"it\'s"'],
  ['"it\'s"', "'\"it\\'s\"'"],
  ['a\\b\n', "'a\\\\b\\n'"],
  ['\u202eabc\u2066', "'\\u202eabc\\u2066'"],
  ['\ud800', "'\\ud800'"],
  ['😀', "'😀'"],
])('writes %j as %s', (text, expected) => {
  expect(stringLiteral(text)).toBe(expected);
});

test.each([
  ['a\n b', 'a b'],
  ['*/ x /*', '* / x / *'],
  ['C:\\u000a', 'C:/u000a'],
  ['\u202eevil', '?evil'],
])('writes %j into a comment as %s', (text, comment) => {
  expect(commentText(text)).toBe(comment);
});
