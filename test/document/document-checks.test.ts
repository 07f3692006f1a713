import { Annotations, Fn, Lazy, Token } from 'aws-cdk-lib';
import type { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import { AutomationRunbook, DocumentVersion, RunCommandDocument, TaskTargets } from '../../src';
import type { AutomationTaskOptions, RunCommandTaskOptions } from '../../src';
import { templateOf, testStack, warningsOf } from '../support/app';
import { deployTimeValues, INSTANCE_ID, synthesisOf, testWindow } from '../support/tasks';

const AS_OF = '(as of 2026-08-16)';
const SNAPSHOT = '12345678-1234-1234-1234-123456789012';

function runCommand(stack: Stack, document: string | RunCommandDocument, options: Partial<RunCommandTaskOptions> = {}): void {
  testWindow(stack).addRunCommandTask('Task', {
    document: typeof document === 'string' ? RunCommandDocument.fromDocumentName(document) : document,
    targets: TaskTargets.instanceIds(INSTANCE_ID),
    ...options,
  });
}

/** A task whose steps act with a role of their own, for a runbook without permissions is warned of. */
function automation(stack: Stack, runbook: string | AutomationRunbook, options: Partial<AutomationTaskOptions> = {}): void {
  testWindow(stack).addAutomationTask('Task', {
    runbook: typeof runbook === 'string' ? AutomationRunbook.fromDocumentName(runbook) : runbook,
    assumeRole: iam.Role.fromRoleArn(stack, 'Steps', 'arn:aws:iam::123456789012:role/steps'),
    ...options,
  });
}

function warningIdsOf(stack: Stack): string[] {
  return stack.node.findAll().flatMap((construct) => construct.node.metadata)
    .filter(({ type }) => type === 'aws:cdk:warning')
    .map(({ data }) => /\[ack: (.*)\]$/.exec(String(data))![1]);
}

describe('documents that AWS owns', () => {
  test.each<[string, string, RunCommandTaskOptions['parameters'], string]>([
    ['a runbook', 'AWS-RestartEC2Instance', { InstanceId: [INSTANCE_ID] },
      '\'document\' must be of type Command, got "AWS-RestartEC2Instance" of type Automation, register it as an Automation task'],
    ['a session document', 'AWS-StartPortForwardingSession', {},
      '\'document\' must be of type Command, got "AWS-StartPortForwardingSession" of type Session, which does not run in a maintenance window, '
      + 'choose another document'],
    ['a required parameter', 'AWS-RunPatchBaseline', {},
      '\'parameters\' of AWS-RunPatchBaseline must hold "Operation" as one of ["Scan","Install"], got [], add "Operation"'],
    ['the right name of a required parameter', 'AWS-RunPatchBaseline', { operation: ['Scan'] },
      '\'parameters\' of AWS-RunPatchBaseline must hold "Operation" as one of ["Scan","Install"], got ["operation"], rename "operation" to "Operation"'],
  ])('a Run Command task fails for %s', (_name, document, parameters, message) => {
    expect(() => runCommand(testStack(), document, { parameters })).toThrow(`${message} (at Stack/Window/Task)`);
  });

  test.each<[string, string, AutomationTaskOptions['parameters'], string]>([
    ['a command document', 'AWS-RunShellScript', { commands: ['uptime'] },
      '\'runbook\' must be of type Automation, got "AWS-RunShellScript" of type Command, register it as a Run Command task'],
    ['a session document', 'AWS-StartPortForwardingSession', {},
      '\'runbook\' must be of type Automation, got "AWS-StartPortForwardingSession" of type Session, which does not run in a maintenance window, '
      + 'choose another document'],
    ['a required parameter', 'AWS-RestartEC2Instance', {},
      '\'parameters\' of AWS-RestartEC2Instance must hold "InstanceId", got ["AutomationAssumeRole"], add "InstanceId"'],
  ])('an Automation task fails for %s', (_name, runbook, parameters, message) => {
    expect(() => automation(testStack(), runbook, { parameters })).toThrow(`${message} (at Stack/Window/Task)`);
  });

  const WARNED: [string, string, string, Partial<RunCommandTaskOptions>, string][] = [
    ['a misspelt name', 'documentUnknown', 'AWS-RunPatchBaselines', {},
      `'document' must be a document on offer ${AS_OF}, got "AWS-RunPatchBaselines", use "AWS-RunPatchBaseline"`],
    ['a retired document', 'documentRetired', 'AWS-UpdateEC2Config', {},
      `'document' must be a document on offer ${AS_OF}, got "AWS-UpdateEC2Config", which was last listed on 2026-04-12, choose another document`],
    ['a pinned hash', 'documentHashPinned', 'AWS-UpdateSSMAgent', { documentHash: 'a'.repeat(64) },
      `'documentHash' should be omitted for AWS-owned documents ${AS_OF}, got one for "AWS-UpdateSSMAgent", remove it, every run fails once AWS changes `
      + 'the document'],
    ['a fixed snapshot', 'patchSnapshotId', 'AWS-RunPatchBaseline', { parameters: { Operation: ['Scan'], SnapshotId: [SNAPSHOT] } },
      `'parameters.SnapshotId' of AWS-RunPatchBaseline must not be fixed in a maintenance window ${AS_OF}, got "${SNAPSHOT}", remove it or use `
      + '"{{WINDOW_EXECUTION_ID}}"'],
    ['an unknown parameter', 'documentParameterUnknown', 'AWS-UpdateSSMAgent', { parameters: { allowUpgrade: ['true'] } },
      `'parameters' of AWS-UpdateSSMAgent may hold only ["version","allowDowngrade"] ${AS_OF}, got "allowUpgrade", remove "allowUpgrade"`],
    ['a misspelt parameter', 'documentParameterUnknown', 'AWS-UpdateSSMAgent', { parameters: { AllowDowngrade: ['true'] } },
      `'parameters' of AWS-UpdateSSMAgent may hold only ["version","allowDowngrade"] ${AS_OF}, got "AllowDowngrade", use "allowDowngrade"`],
    ['a value that is not allowed', 'documentParameterValue', 'AWS-RunPatchBaseline', { parameters: { Operation: ['Install'], RebootOption: ['Reboot'] } },
      `'parameters.RebootOption' of AWS-RunPatchBaseline must be one of ["RebootIfNeeded","NoReboot"] ${AS_OF}, got "Reboot"`],
    ['a value that is too long', 'documentParameterLength', 'AWS-RunShellScript',
      { parameters: { commands: ['uptime'], workingDirectory: ['/'.padEnd(4097, 'x')] } },
      `'parameters.workingDirectory' of AWS-RunShellScript must have at most 4096 characters ${AS_OF}, got 4097`],
    ['a value that does not match the pattern', 'documentParameterPattern', 'AWS-RunPatchBaseline',
      { parameters: { Operation: ['Scan'], StepTimeoutSeconds: ['36001'] } },
      `'parameters.StepTimeoutSeconds' of AWS-RunPatchBaseline must match the pattern ^([1-9][0-9]{0,3}|[1-2][0-9]{4}|3[0-5][0-9]{3}|36000)$ ${AS_OF}, `
      + 'got "36001"'],
    ['too few values', 'documentParameterItems', 'AWS-RunShellScript', { parameters: { commands: [] } },
      `'parameters.commands' of AWS-RunShellScript must have at least 1 value ${AS_OF}, got 0`],
  ];

  test.each(WARNED)('warns about %s with the ID %s', (_name, id, document, options, message) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    runCommand(stack, document, options);

    // THEN
    synthesisOf(stack)();
    expect(warningsOf(stack)).toEqual([message]);
    expect(warningIdsOf(stack)).toEqual([`cdk-ssm-maintenance-windows:${id}`]);
  });

  test.each(WARNED)('the warning of %s can be acknowledged', (_name, id, document, options) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    runCommand(stack, document, options);
    Annotations.of(stack).acknowledgeWarning(`cdk-ssm-maintenance-windows:${id}`, 'known');

    // THEN
    synthesisOf(stack)();
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each<[string, string, Partial<RunCommandTaskOptions>]>([
    ['a name that is near to none', 'AWS-SomethingNew', { parameters: { any: ['thing'] } }],
    ['a document on offer', 'AWS-UpdateSSMAgent', {}],
    ['a hash of a document of one\'s own', 'UpdateAgent', { documentHash: 'a'.repeat(64) }],
    ['the pseudo parameter that the console writes', 'AWS-RunPatchBaseline', { parameters: { Operation: ['Scan'], SnapshotId: ['{{WINDOW_EXECUTION_ID}}'] } }],
    ['an empty snapshot', 'AWS-RunPatchBaseline', { parameters: { Operation: ['Scan'], SnapshotId: [''] } }],
    ['known parameters', 'AWS-UpdateSSMAgent', { parameters: { version: ['3.3.1'], allowDowngrade: ['false'] } }],
    ['an allowed value', 'AWS-RunPatchBaseline', { parameters: { Operation: ['Install'], RebootOption: ['NoReboot'] } }],
    ['the longest value', 'AWS-RunShellScript', { parameters: { commands: ['uptime'], workingDirectory: ['/'.padEnd(4096, 'x')] } }],
    ['a value that matches the pattern', 'AWS-RunPatchBaseline', { parameters: { Operation: ['Scan'], StepTimeoutSeconds: ['36000'] } }],
    ['the fewest values', 'AWS-RunShellScript', { parameters: { commands: ['uptime'] } }],
    ['values that are filled in later', 'AWS-RunPatchBaseline',
      { parameters: { Operation: ['{{ssm:/patching/operation}}'], RebootOption: ['{{ ssm:/patching/reboot }}'] } }],
    ['any parameters of another version', 'AWS-UpdateSSMAgent', { parameters: { allowUpgrade: ['true'] }, documentVersion: DocumentVersion.of('99') }],
    ['any parameters of a document of one\'s own', 'UpdateAgent', { parameters: { any: ['thing'] } }],
  ])('%s passes', (_name, document, options) => {
    const stack = testStack();
    runCommand(stack, document, options);
    templateOf(stack);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('an Automation task is warned about like a Run Command task', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    automation(stack, 'AWS-RestartEC2Instance', { parameters: { InstanceId: [INSTANCE_ID], Force: ['true'] } });

    // THEN
    templateOf(stack);
    expect(warningsOf(stack)).toEqual([
      `'parameters' of AWS-RestartEC2Instance may hold only ["InstanceId","AutomationAssumeRole"] ${AS_OF}, got "Force", remove "Force"`,
    ]);
  });

  test('a runbook with a pseudo parameter passes', () => {
    const stack = testStack();
    automation(stack, 'AWS-RestartEC2Instance', {
      targets: TaskTargets.instanceIds(INSTANCE_ID), parameters: { InstanceId: ['{{RESOURCE_ID}}'] },
    });
    templateOf(stack);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('the ARN of a document that AWS owns is checked, that of another account is not', () => {
    const stack = testStack();
    const arn = (owner: string) => RunCommandDocument.fromDocumentArn(`arn:aws:ssm:eu-central-1:${owner}:document/AWS-RunPatchBaseline`);
    expect(() => runCommand(stack, arn(''))).toThrow(/'parameters' of AWS-RunPatchBaseline must hold "Operation"/);
    expect(() => runCommand(testStack(), arn('210987654321'))).not.toThrow();
  });
});

describe('values that are tokens', () => {
  test.each<[string, (values: ReturnType<typeof deployTimeValues>) => Partial<RunCommandTaskOptions>]>([
    ['a value', ({ text }) => ({ parameters: { Operation: [text], SnapshotId: [text] } })],
    ['a list of values', ({ list }) => ({ parameters: { Operation: list } })],
    ['a part of a value', ({ text }) => ({ parameters: { Operation: [`In${text}`] } })],
    ['the name of a parameter', () => ({ parameters: { [Lazy.string({ produce: () => 'Operation' })]: ['Scan'] } })],
    ['the version', ({ text }) => ({ parameters: { Mode: ['Fast'] }, documentVersion: DocumentVersion.of(text) })],
  ])('%s passes', (_name, options) => {
    const stack = testStack();
    runCommand(stack, 'AWS-RunPatchBaseline', options(deployTimeValues(stack)));
    synthesisOf(stack)();
    expect(warningsOf(stack)).toEqual([]);
  });

  test('the name of the document passes', () => {
    const stack = testStack();
    runCommand(stack, deployTimeValues(stack).text, { parameters: { any: ['thing'] } });
    synthesisOf(stack)();
    expect(warningsOf(stack)).toEqual([]);
  });

  test('what is known beside them is checked', () => {
    const stack = testStack();
    const { text } = deployTimeValues(stack);
    runCommand(stack, 'AWS-RunPatchBaseline', { parameters: { Operation: [text], RebootOption: ['Never'] } });
    templateOf(stack);
    expect(warningsOf(stack)).toEqual([
      `'parameters.RebootOption' of AWS-RunPatchBaseline must be one of ["RebootIfNeeded","NoReboot"] ${AS_OF}, got "Never"`,
    ]);
  });
});

describe('documents of the app', () => {
  const COMMAND = {
    schemaVersion: '2.2',
    parameters: {
      mode: { type: 'String', allowedValues: ['fast', 'safe'] },
      attempts: { type: 'String', default: '3', allowedPattern: '^[0-9]+$' },
    },
    mainSteps: [{ action: 'aws:runShellScript', name: 'run', inputs: { runCommand: ['run {{ mode }} {{ attempts }}'] } }],
  };
  const RUNBOOK = {
    schemaVersion: '0.3',
    parameters: { seconds: { type: 'String' } },
    mainSteps: [{ name: 'wait', action: 'aws:sleep', inputs: { Duration: 'PT{{ seconds }}S' } }],
  };

  function document(stack: Stack, content: unknown, documentType?: string): ssm.CfnDocument {
    return new ssm.CfnDocument(stack, 'Document', { content, documentType });
  }

  /** A document whose content is made at the end of synthesis, from the parameters that were added until then, as cdk-ssm-documents makes it. */
  function builtDocument(stack: Stack): { readonly cfnDocument: ssm.CfnDocument; addParameter(name: string): void } {
    const parameters: { [name: string]: object } = {};
    const mainSteps = [{ action: 'aws:runShellScript', name: 'run', inputs: { runCommand: ['run {{ mode }}'] } }];
    return {
      cfnDocument: document(stack, Lazy.any({ produce: () => ({ schemaVersion: '2.2', parameters, mainSteps }) }), 'Command'),
      addParameter: (name) => { parameters[name] = { type: 'String' }; },
    };
  }

  test.each<[string, unknown, string | undefined]>([
    ['an object', COMMAND, 'Command'],
    ['an object without a type', COMMAND, undefined],
    ['made at the end of synthesis', Lazy.any({ produce: () => COMMAND }), 'Command'],
  ])('fails when a required parameter is missing and the content is %s', (_name, content, documentType) => {
    const stack = testStack();
    runCommand(stack, RunCommandDocument.fromDocument(document(stack, content, documentType)));
    expect(synthesisOf(stack)).toThrow(
      '[Stack/Window/Task] \'parameters\' of Stack/Document must hold "mode" as one of ["fast","safe"], got [], add "mode"');
  });

  test('fails when a Run Command task has a runbook', () => {
    const stack = testStack();
    runCommand(stack, RunCommandDocument.fromDocument(document(stack, RUNBOOK, 'Automation')));
    expect(synthesisOf(stack)).toThrow(
      '[Stack/Window/Task] \'document\' must be of type Command, got "Stack/Document" of type Automation, register it as an Automation task');
  });

  test('fails when an Automation task has a document of the type Command', () => {
    const stack = testStack();
    automation(stack, AutomationRunbook.fromDocument(document(stack, COMMAND)), { parameters: { mode: ['fast'] } });
    expect(synthesisOf(stack)).toThrow(
      '[Stack/Window/Task] \'runbook\' must be of type Automation, got "Stack/Document" of type Command, register it as a Run Command task');
  });

  test.each<[string, Partial<RunCommandTaskOptions>, string, string]>([
    ['a value that is not allowed', { parameters: { mode: ['fats'] } }, 'documentParameterValue',
      '\'parameters.mode\' of Stack/Document must be one of ["fast","safe"], got "fats", use "fast"'],
    ['a value that does not match the pattern', { parameters: { mode: ['fast'], attempts: ['many'] } }, 'documentParameterPattern',
      '\'parameters.attempts\' of Stack/Document must match the pattern ^[0-9]+$, got "many"'],
    ['an unknown parameter', { parameters: { mode: ['fast'], retries: ['3'] } }, 'documentParameterUnknown',
      '\'parameters\' of Stack/Document may hold only ["mode","attempts"], got "retries", remove "retries"'],
  ])('%s is warned about', (_name, options, id, message) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    runCommand(stack, RunCommandDocument.fromDocument(document(stack, COMMAND, 'Command')), options);

    // THEN
    templateOf(stack);
    expect(warningsOf(stack)).toEqual([message]);
    expect(warningIdsOf(stack)).toEqual([`cdk-ssm-maintenance-windows:${id}`]);
  });

  test('the warning can be acknowledged', () => {
    const stack = testStack();
    runCommand(stack, RunCommandDocument.fromDocument(document(stack, COMMAND, 'Command')), { parameters: { mode: ['slow'] } });
    Annotations.of(stack).acknowledgeWarning('cdk-ssm-maintenance-windows:documentParameterValue', 'known');
    templateOf(stack);
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each<[string, unknown, Partial<RunCommandTaskOptions>]>([
    ['the required parameters', COMMAND, { parameters: { mode: ['fast'] } }],
    ['all parameters', COMMAND, { parameters: { mode: ['safe'], attempts: ['5'] } }],
    ['values that are filled in later', COMMAND, { parameters: { mode: ['{{ssm:mode}}'], attempts: [Token.asString({ Ref: 'AWS::StackName' })] } }],
    ['a pinned version', COMMAND, { documentVersion: DocumentVersion.of('2') }],
    ['a version that is known only at deployment', COMMAND, { documentVersion: DocumentVersion.of(Token.asString({ Ref: 'AWS::StackName' })) }],
    ['a hash', COMMAND, { parameters: { mode: ['fast'] }, documentHash: 'a'.repeat(64) }],
    ['content that is known only at deployment', Fn.importValue('Content'), {}],
    ['content with a deploy-time part', JSON.stringify({ ...COMMAND, description: Fn.importValue('Text') }), {}],
    ['parameters that are known only at deployment', { ...COMMAND, parameters: Fn.importValue('Parameters') }, {}],
  ])('%s passes', (_name, content, options) => {
    const stack = testStack();
    runCommand(stack, RunCommandDocument.fromDocument(document(stack, content)), options);
    synthesisOf(stack)();
    expect(warningsOf(stack)).toEqual([]);
  });

  test('a runbook with its parameters passes', () => {
    const stack = testStack();
    automation(stack, AutomationRunbook.fromDocument(document(stack, { ...RUNBOOK, parameters: { ...RUNBOOK.parameters, AutomationAssumeRole: { type: 'String' } } }, 'Automation')),
      { parameters: { seconds: ['5'] } });
    templateOf(stack);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('a parameter that a document gets after the task may be given', () => {
    // GIVEN
    const stack = testStack();
    const built = builtDocument(stack);
    runCommand(stack, RunCommandDocument.fromDocument(built.cfnDocument), { parameters: { mode: ['fast'] } });

    // WHEN
    built.addParameter('mode');

    // THEN
    templateOf(stack);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('fails when a required parameter that a document gets after the task is missing', () => {
    // GIVEN
    const stack = testStack();
    const built = builtDocument(stack);
    runCommand(stack, RunCommandDocument.fromDocument(built.cfnDocument));

    // WHEN
    built.addParameter('mode');

    // THEN
    expect(synthesisOf(stack)).toThrow('[Stack/Window/Task] \'parameters\' of Stack/Document must hold "mode", got [], add "mode"');
  });
});
