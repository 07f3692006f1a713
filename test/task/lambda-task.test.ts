import { Aws, CfnParameter, Fn, Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { CutoffBehavior, MaintenanceWindowTask, PseudoParameter, RateControl, TargetSelector, TaskInput, TaskTargets } from '../../src';
import type { LambdaTaskOptions } from '../../src';
import { templateOf, testApp, testStack, warningsOf } from '../support/app';
import { testFunction } from '../support/resources';
import { allow, allStatements, deployTimeValues, INSTANCE_ID, localArn, onlyTask, passItself, passRole, synthesisOf, testWindow } from '../support/tasks';

const ARN = 'arn:aws:lambda:eu-central-1:123456789012:function:report';
const CLIENT_CONTEXT = Buffer.from('{"client":{}}').toString('base64');

function imported(stack: Stack, functionArn: string = ARN): lambda.IFunction {
  return lambda.Function.fromFunctionArn(stack, 'Imported', functionArn);
}

/** The Lambda parameters of a task with these options. */
function parametersWith(stack: Stack, options: Partial<LambdaTaskOptions>): any {
  testWindow(stack).addLambdaTask('Task', { ...options, lambdaFunction: options.lambdaFunction ?? imported(stack) });
  return onlyTask(templateOf(stack)).TaskInvocationParameters?.MaintenanceWindowLambdaParameters;
}

function decoded(payload: string): string {
  return Buffer.from(payload, 'base64').toString('utf8');
}

const QUALIFIER_RULE = '\'qualifier\' must be "$LATEST", a version or an alias, 1 to 128 letters, digits, "-", "_" and "$"';

describe('what is rendered', () => {
  test('with required properties only, a role with its policy and the task are defined', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);
    const lambdaFunction = testFunction(stack);

    // WHEN
    const task = window.addLambdaTask('Task', { lambdaFunction });

    // THEN
    const template = templateOf(stack);
    // the function and its role beside window, role, policy and task
    expect(Object.keys(template.toJSON().Resources)).toHaveLength(6);
    const functionArn = stack.resolve(lambdaFunction.functionArn);
    expect(onlyTask(template)).toEqual({
      WindowId: stack.resolve(window.maintenanceWindowId),
      TaskType: 'LAMBDA',
      TaskArn: functionArn,
      Priority: 1,
      ServiceRoleArn: stack.resolve(task.role!.roleArn),
    });
    expect(allStatements(template)).toEqual([
      allow('lambda:InvokeFunction', [functionArn, { 'Fn::Join': ['', [functionArn, ':*']] }]),
      passItself(stack, task),
    ]);
    expect(warningsOf(stack)).toEqual([]);
  });

  test('with all properties', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);
    const target = window.addTarget('Web', { selector: TargetSelector.tagKeys('Role') });
    const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });

    // WHEN
    MaintenanceWindowTask.lambda(stack, 'Task', {
      maintenanceWindow: window,
      lambdaFunction: imported(stack),
      targets: TaskTargets.registered(target),
      maxConcurrency: RateControl.percentage(50),
      maxErrors: RateControl.count(9),
      payload: TaskInput.fromObject({ target: PseudoParameter.targetId, a: 1 }),
      clientContext: CLIENT_CONTEXT,
      qualifier: 'live',
      taskName: 'report',
      description: 'Reports',
      priority: 2_147_483_647,
      cutoffBehavior: CutoffBehavior.CANCEL_TASK,
      role,
    });

    // THEN
    const template = templateOf(stack);
    expect(onlyTask(template)).toEqual({
      WindowId: stack.resolve(window.maintenanceWindowId),
      TaskType: 'LAMBDA',
      TaskArn: ARN,
      Name: 'report',
      Description: 'Reports',
      Priority: 2_147_483_647,
      CutoffBehavior: 'CANCEL_TASK',
      ServiceRoleArn: stack.resolve(role.roleArn),
      Targets: [{ Key: 'WindowTargetIds', Values: [stack.resolve(target.maintenanceWindowTargetId)] }],
      MaxConcurrency: '50%',
      MaxErrors: '9',
      TaskInvocationParameters: {
        MaintenanceWindowLambdaParameters: {
          ClientContext: CLIENT_CONTEXT,
          Qualifier: 'live',
          Payload: Buffer.from('{"a":1,"target":"{{TARGET_ID}}"}').toString('base64'),
        },
      },
    });
    expect(allStatements(template)).toEqual([
      allow('lambda:InvokeFunction', [ARN, `${ARN}:*`]),
      allow('tag:GetResources', '*'),
      passRole(stack.resolve(role.roleArn)),
    ]);
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('payload', () => {
  test.each<[string, TaskInput, string]>([
    ['a text', TaskInput.fromText('{"b":1, "a":"ä"}'), '{"b":1, "a":"ä"}'],
    ['an empty object', TaskInput.fromObject({}), '{}'],
    ['an object, with its keys in order', TaskInput.fromObject({ b: { d: null, c: [1, { f: true, e: 'x' }] }, a: '\u{1F600}' }),
      '{"a":"\u{1F600}","b":{"c":[1,{"e":"x","f":true}],"d":null}}'],
    ['a text that is complete at the end of synthesis', TaskInput.fromText(Lazy.string({ produce: () => '{"late":true}' })), '{"late":true}'],
  ])('%s is encoded in Base64', (_name, payload, expected) => {
    expect(decoded(parametersWith(testStack(), { payload }).Payload)).toBe(expected);
  });

  test('given as a token is encoded there', () => {
    // GIVEN
    const stack = testStack();
    const { text, number } = deployTimeValues(stack);

    // WHEN
    const { Payload } = parametersWith(stack, {
      payload: TaskInput.fromObject({ stack: Aws.STACK_NAME, text: `<${text}>`, number, window: PseudoParameter.windowId }),
    });

    // THEN
    expect(Payload).toEqual({
      'Fn::Base64': {
        'Fn::Join': ['', [
          '{"number":', { Ref: 'Number' }, ',"stack":"', { Ref: 'AWS::StackName' }, '","text":"<', { Ref: 'Text' }, '>","window":"{{WINDOW_ID}}"}',
        ]],
      },
    });
  });

  test('text with a token is encoded at deployment', () => {
    expect(parametersWith(testStack(), { payload: TaskInput.fromText(`{"region":"${Aws.REGION}"}`) }).Payload)
      .toEqual({ 'Fn::Base64': { 'Fn::Join': ['', ['{"region":"', { Ref: 'AWS::Region' }, '"}']] } });
  });

  // "ä" takes two bytes, an emoji four
  const object = (length: number) => TaskInput.fromObject({ k: 'x'.repeat(length - '{"k":""}'.length) });

  test.each<[string, TaskInput]>([
    ['a text of 4,096 bytes', TaskInput.fromText(`"${'x'.repeat(4094)}"`)],
    ['a text of 4,096 bytes with characters of several bytes', TaskInput.fromText(`"${'ä'.repeat(2045)}\u{1F600}"`)],
    ['an object of 4,096 bytes', object(4096)],
    ['an object of 4,096 bytes beside tokens', TaskInput.fromObject({ k: 'x'.repeat(4096 - '{"k":"","t":""}'.length), t: Aws.STACK_NAME })],
  ])('%s is accepted', (_name, payload) => {
    expect(parametersWith(testStack(), { payload })).toHaveProperty('Payload');
  });

  test.each<[string, TaskInput, number]>([
    ['a text has 4,097 bytes', TaskInput.fromText(`"${'x'.repeat(4095)}"`), 4097],
    ['a text has fewer characters but 4,097 bytes', TaskInput.fromText(`"${'ä'.repeat(2047)}x"`), 4097],
    ['a text has 4,098 bytes', TaskInput.fromText(`"${'\u{1F600}'.repeat(1024)}"`), 4098],
    ['an object has 4,097 bytes', object(4097), 4097],
  ])('fails when %s', (_name, payload, bytes) => {
    // GIVEN
    const stack = testStack();

    // THEN
    expect(() => testWindow(stack).addLambdaTask('Task', { lambdaFunction: imported(stack), payload })).toThrow(new Error(
      `'payload' must be at most 4096 bytes long, got ${bytes} bytes, shorten it, or pass a reference such as an S3 key (at Stack/Window/Task)`));
  });

  test.each<[string, TaskInput]>([
    ['what is known of an object has 4,097 bytes', TaskInput.fromObject({ k: 'x'.repeat(4097 - '{"k":"","t":""}'.length), t: Aws.STACK_NAME })],
    ['what is known of a text has 4,097 bytes', TaskInput.fromText(`${'ä'.repeat(2048)}x${Aws.STACK_NAME}`)],
    ['a text has 4,097 bytes at the end of synthesis', TaskInput.fromText(Lazy.string({ produce: () => 'x'.repeat(4097) }))],
  ])('fails at the end of synthesis when %s', (_name, payload) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addLambdaTask('Task', { lambdaFunction: imported(stack), payload });

    // THEN
    expect(synthesisOf(stack)).toThrow(
      "[Stack/Window/Task] 'payload' must be at most 4096 bytes long, got 4097 bytes, shorten it, or pass a reference such as an S3 key");
  });

  test('that is no JSON is warned about', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    parametersWith(stack, { payload: TaskInput.fromText('run') });

    // THEN
    expect(warningsOf(stack)).toEqual(["'payload' should be JSON, which Lambda expects, got \"run\", use TaskInput.fromObject()"]);
  });

  test.each<[string, TaskInput, string[]]>([
    ['about targets need targets', TaskInput.fromObject({ id: PseudoParameter.resourceId }),
      ['a pseudo parameter about targets needs \'targets\', got "{{RESOURCE_ID}}", add targets or remove it']],
    ['are found beside tokens', TaskInput.fromObject({ stack: Aws.STACK_NAME, window: '{{WINDOWID}}' }),
      ['a pseudo parameter must be spelt as documented to be replaced, got "WINDOWID", write "WINDOW_ID"']],
    ['that fit are not warned about', TaskInput.fromText('{"id":"{{ INVOCATION_ID }}"}'), []],
  ])('pseudo parameters %s', (_name, payload, warnings) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    parametersWith(stack, { payload });

    // THEN
    expect(warningsOf(stack)).toEqual(warnings);
  });
});

describe('the version or alias of the function', () => {
  test('is taken from a version', () => {
    // GIVEN
    const stack = testStack();
    const lambdaFunction = testFunction(stack);

    // WHEN
    const task = testWindow(stack).addLambdaTask('Task', { lambdaFunction: lambdaFunction.currentVersion });

    // THEN
    const template = templateOf(stack);
    expect(onlyTask(template).TaskArn).toEqual(stack.resolve(lambdaFunction.functionArn));
    expect(onlyTask(template).TaskInvocationParameters).toEqual({
      MaintenanceWindowLambdaParameters: { Qualifier: stack.resolve(lambdaFunction.currentVersion.version) },
    });
    expect(allStatements(template)).toEqual([
      allow('lambda:InvokeFunction', stack.resolve(lambdaFunction.currentVersion.functionArn)), passItself(stack, task),
    ]);
  });

  test('is taken from an alias', () => {
    // GIVEN
    const stack = testStack();
    const lambdaFunction = testFunction(stack);
    const alias = new lambda.Alias(stack, 'Alias', { aliasName: 'live', version: lambdaFunction.currentVersion });

    // WHEN
    const task = testWindow(stack).addLambdaTask('Task', { lambdaFunction: alias });

    // THEN
    const template = templateOf(stack);
    expect(onlyTask(template)).toMatchObject({
      TaskArn: stack.resolve(lambdaFunction.functionArn),
      TaskInvocationParameters: { MaintenanceWindowLambdaParameters: { Qualifier: 'live' } },
    });
    expect(allStatements(template)).toEqual([allow('lambda:InvokeFunction', stack.resolve(alias.functionArn)), passItself(stack, task)]);
  });

  test.each<[string, (stack: Stack) => lambda.IFunction, string]>([
    ['the newest version', (stack) => imported(stack).latestVersion, '$LATEST'],
    ['an ARN with a version', (stack) => imported(stack, `${ARN}:3`), '3'],
    ['an ARN with an alias', (stack) => imported(stack, `${ARN}:live`), 'live'],
    ['an imported alias', (stack) => lambda.Alias.fromAliasAttributes(stack, 'Alias', {
      aliasName: 'live', aliasVersion: lambda.Version.fromVersionArn(stack, 'Version', `${ARN}:3`),
    }), 'live'],
    ['an imported version', (stack) => lambda.Version.fromVersionArn(stack, 'Version', `${ARN}:3`), '3'],
  ])('is taken from %s, and the ARN is that of the function', (_name, lambdaFunction, qualifier) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addLambdaTask('Task', { lambdaFunction: lambdaFunction(stack) });

    // THEN
    expect(onlyTask(templateOf(stack))).toMatchObject({
      TaskArn: ARN,
      TaskInvocationParameters: { MaintenanceWindowLambdaParameters: { Qualifier: qualifier } },
    });
  });

  test('may be given beside a function and beside the same version', () => {
    expect(parametersWith(testStack(), { qualifier: 'q'.repeat(128) })).toEqual({ Qualifier: 'q'.repeat(128) });
    const stack = testStack();
    expect(parametersWith(stack, { lambdaFunction: imported(stack, `${ARN}:live`), qualifier: 'live' })).toEqual({ Qualifier: 'live' });
  });

  test('given as a token passes', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const parameters = parametersWith(stack, { lambdaFunction: imported(stack, `${ARN}:live`), qualifier: deployTimeValues(stack).text });

    // THEN
    expect(parameters).toEqual({ Qualifier: { Ref: 'Text' } });
  });

  test('fails when it contradicts the function', () => {
    // GIVEN
    const stack = testStack();

    // THEN
    expect(() => testWindow(stack).addLambdaTask('Task', { lambdaFunction: imported(stack, `${ARN}:live`), qualifier: '3' })).toThrow(
      new Error("'qualifier' must be that of 'lambdaFunction', \"live\", got \"3\", remove it (at Stack/Window/Task)"));
  });
});

describe('functions', () => {
  test.each<[string, (stack: Stack) => lambda.IFunction, unknown]>([
    ['by name', (stack) => lambda.Function.fromFunctionName(stack, 'ByName', 'report'), localArn('lambda', 'function:report')],
    ['by an ARN known only at deployment', (stack) => lambda.Function.fromFunctionAttributes(stack, 'ByToken', {
      functionArn: new CfnParameter(stack, 'Arn').valueAsString, sameEnvironment: true,
    }), { Ref: 'Arn' }],
    ['by an ARN of another stack', (stack) => lambda.Function.fromFunctionAttributes(stack, 'ByExport', {
      functionArn: Fn.importValue('report-arn'), sameEnvironment: true,
    }), { 'Fn::ImportValue': 'report-arn' }],
  ])('imported %s are invoked', (_name, lambdaFunction, functionArn) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addLambdaTask('Task', { lambdaFunction: lambdaFunction(stack) });

    // THEN
    const template = templateOf(stack);
    expect(onlyTask(template).TaskArn).toEqual(functionArn);
    expect(allStatements(template)[0].Resource[0]).toEqual(functionArn);
    expect(onlyTask(template)).not.toHaveProperty('TaskInvocationParameters');
  });

  test('of another stack are invoked without a reference back', () => {
    // GIVEN
    const app = testApp();
    const functions = testStack('Functions', { app });
    const stack = testStack('Stack', { app });

    // WHEN
    testWindow(stack).addLambdaTask('Task', { lambdaFunction: testFunction(functions) });

    // THEN
    templateOf(stack);
    expect(stack.dependencies).toEqual([functions]);
    expect(functions.dependencies).toEqual([]);
  });

  test.each<[string, string]>([
    ['', 'arn:aws:lambda:eu-west-1:111122223333:function:report'], ['with a qualifier ', 'arn:aws:lambda:eu-west-1:111122223333:function:report:live'],
  ])('imported %sby an ARN are invoked from a stack without a known environment', (_name, functionArn) => {
    // GIVEN
    const stack = new Stack(testApp(), 'Stack');

    // WHEN
    testWindow(stack).addLambdaTask('Task', { lambdaFunction: imported(stack, functionArn) });

    // THEN
    expect(allStatements(templateOf(stack))[0]).toEqual(allow('lambda:InvokeFunction', [functionArn, `${functionArn}:*`]));
  });

  test('of another account are invoked, which their owner must allow', () => {
    // GIVEN
    const stack = testStack();
    const functionArn = 'arn:aws:lambda:eu-central-1:111122223333:function:report';

    // WHEN
    testWindow(stack).addLambdaTask('Task', { lambdaFunction: lambda.Function.fromFunctionArn(stack, 'Theirs', functionArn) });

    // THEN
    expect(allStatements(templateOf(stack))[0]).toEqual(allow('lambda:InvokeFunction', [functionArn, `${functionArn}:*`]));
  });

  test('of another account that already allow it are invoked', () => {
    // GIVEN
    const stack = testStack();
    const functionArn = 'arn:aws:lambda:eu-central-1:111122223333:function:report';

    // WHEN
    testWindow(stack).addLambdaTask('Task', {
      lambdaFunction: lambda.Function.fromFunctionAttributes(stack, 'Theirs', { functionArn, skipPermissions: true }),
    });

    // THEN
    expect(allStatements(templateOf(stack))[0]).toEqual(allow('lambda:InvokeFunction', [functionArn, `${functionArn}:*`]));
  });

  test.each<[string, string, string[]]>([
    ['SSMReport', 'a name that starts with SSM', []],
    ['Report', 'another name',
      ["'lambdaFunction' should have a name that starts with \"SSM\" for the service-linked role to call it, got \"Report\", rename it or give a role"]],
  ])('%s, %s, with the service-linked role', (functionName, _name, warnings) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addLambdaTask('Task', {
      lambdaFunction: imported(stack, `arn:aws:lambda:eu-central-1:123456789012:function:${functionName}`), useServiceLinkedRole: true,
    });

    // THEN
    templateOf(stack).resourceCountIs('AWS::IAM::Policy', 0);
    expect(warningsOf(stack)).toEqual(warnings);
  });

  test('with a name given as a token are not warned about with the service-linked role', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    testWindow(stack).addLambdaTask('Task', { lambdaFunction: testFunction(stack), useServiceLinkedRole: true });

    // THEN
    templateOf(stack).resourceCountIs('AWS::IAM::Policy', 0);
    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('limits', () => {
  test.each<[string, string]>([
    ['1 character', 'e'], ['8,000 characters', Buffer.from(`"${'x'.repeat(5998)}"`).toString('base64')],
  ])('a client context of %s is accepted', (_name, clientContext) => {
    expect(parametersWith(testStack(), { clientContext })).toEqual({ ClientContext: clientContext });
  });

  test.each<[string, Partial<LambdaTaskOptions>, string]>([
    ['the client context is empty', { clientContext: '' }, "'clientContext' must be 1 to 8000 characters long, got 0 characters: \"\""],
    ['the client context has 8,001 characters', { clientContext: 'c'.repeat(8001) },
      `'clientContext' must be 1 to 8000 characters long, got 8001 characters: "${'c'.repeat(99)}…`],
    ['the qualifier holds a space', { qualifier: 'my alias' }, `${QUALIFIER_RULE}, got "my alias"`],
    ['the qualifier holds a point', { qualifier: 'v1.0' }, `${QUALIFIER_RULE}, got "v1.0"`],
    ['the qualifier is empty', { qualifier: '' }, `${QUALIFIER_RULE}, got ""`],
    ['the qualifier has 129 characters', { qualifier: 'q'.repeat(129) },
      `${QUALIFIER_RULE}, got "${'q'.repeat(99)}…`],
    ['the concurrency is given without targets', { maxConcurrency: RateControl.percentage(1) },
      "'maxConcurrency' can only be given together with 'targets', add targets or remove 'maxConcurrency'"],
    ['the errors are given without targets', { maxErrors: RateControl.count(0) },
      "'maxErrors' can only be given together with 'targets', add targets or remove 'maxErrors'"],
    ['the concurrency is 0', { targets: TaskTargets.instanceIds(INSTANCE_ID), maxConcurrency: RateControl.percentage(0) },
      "'maxConcurrency' must be a number of targets of at least 1 or a percentage from 1 to 100, got \"0%\""],
  ])('fails when %s', (_name, options, message) => {
    // GIVEN
    const stack = testStack();

    // THEN
    expect(() => testWindow(stack).addLambdaTask('Task', { lambdaFunction: imported(stack), ...options }))
      .toThrow(new Error(`${message} (at Stack/Window/Task)`));
  });

  test.each<[string, string, boolean]>([
    ['that is Base64 of JSON', CLIENT_CONTEXT, false],
    ['that is no Base64', '{"client":{}}', true],
    ['that is Base64 of no JSON', Buffer.from('client').toString('base64'), true],
    ['with padding in the middle', 'eyJ0==c3Q', true],
    ['that is Base64 of a list', Buffer.from('[]').toString('base64'), true],
  ])('a client context %s', (_name, clientContext, warned) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    parametersWith(stack, { clientContext });

    // THEN
    expect(warningsOf(stack)).toEqual(warned ? [`'clientContext' should be Base64 of a JSON object, got ${JSON.stringify(clientContext)}, encode an object`] : []);
  });

  test.each([3_583, 3_584])('a client context of %i bytes of Base64', (length) => {
    // GIVEN
    const stack = testStack();
    const object = (padding: number) => Buffer.from(JSON.stringify({ a: ' '.repeat(padding) })).toString('base64');
    const clientContext = length === 3_583 ? object(2_675) : object(2_680);

    // WHEN
    parametersWith(stack, { clientContext });

    // THEN
    expect(clientContext.length > 3_583).toBe(length > 3_583);
    expect(warningsOf(stack)).toEqual(length > 3_583
      ? [`'clientContext' should be at most 3583 bytes of Base64, the most that Lambda takes, got ${clientContext.length}, shorten it`] : []);
  });

  test('values that are tokens pass', () => {
    // GIVEN
    const stack = testStack();
    const { text } = deployTimeValues(stack);

    // WHEN
    const parameters = parametersWith(stack, { clientContext: text, qualifier: text, payload: TaskInput.fromText(text) });

    // THEN
    expect(parameters).toEqual({ ClientContext: { Ref: 'Text' }, Qualifier: { Ref: 'Text' }, Payload: { 'Fn::Base64': { Ref: 'Text' } } });
    expect(warningsOf(stack)).toEqual([]);
  });
});
