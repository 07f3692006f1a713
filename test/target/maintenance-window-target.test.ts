import { Fn, Stack, Token } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import type * as ssm from 'aws-cdk-lib/aws-ssm';
import { MaintenanceWindow, MaintenanceWindowTarget, TargetResourceType, TargetSelector } from '../../src';
import type { MaintenanceWindowTargetOptions } from '../../src';
import { templateOf, testApp, testStack, warningsOf } from '../support/app';
import { testWindow } from '../support/tasks';
import { later } from '../support/tokens';

const TARGET = 'AWS::SSM::MaintenanceWindowTarget';
const TARGET_ID = '0123abcd-0123-4567-89AB-0123456789ab';
const WINDOW_ID = 'mw-0123456789abcdef0';
const SELECTOR = TargetSelector.tags({ Role: ['web'] });

/** A value that is known only at deployment, and what it looks like in a template. */
const laterList = () => Fn.split(',', Fn.importValue('Value'));
const LATER = { 'Fn::ImportValue': 'Value' };
const LATER_LIST = { 'Fn::Split': [',', LATER] };

function targetWith(options: Partial<MaintenanceWindowTargetOptions>, stack: Stack = testStack()): MaintenanceWindowTarget {
  return testWindow(stack).addTarget('Web', { selector: SELECTOR, ...options });
}

/** The properties of the only target of a stack. */
function renderedIn(stack: Stack): { readonly [name: string]: any } {
  const targets = Object.values(templateOf(stack).findResources(TARGET));
  expect(targets).toHaveLength(1);
  return targets[0].Properties;
}

function renderedWith(options: Partial<MaintenanceWindowTargetOptions>): { readonly [name: string]: any } {
  const stack = testStack();
  targetWith(options, stack);
  return renderedIn(stack);
}

describe('what is rendered', () => {
  test('with required properties only, one target and nothing else is defined', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const target = targetWith({}, stack);

    // THEN
    expect(Object.keys(templateOf(stack).toJSON().Resources)).toHaveLength(2);
    expect(renderedIn(stack)).toEqual({
      WindowId: stack.resolve(target.maintenanceWindow.maintenanceWindowRef.windowId),
      ResourceType: 'INSTANCE',
      Targets: [{ Key: 'tag:Role', Values: ['web'] }],
    });
    expect(warningsOf(stack)).toEqual([]);
  });

  test('with all properties', () => {
    // GIVEN
    const stack = testStack();
    const maintenanceWindow = testWindow(stack);

    // WHEN
    new MaintenanceWindowTarget(stack, 'Web', {
      maintenanceWindow,
      selector: TargetSelector.resourceGroup('web-servers', 'AWS::EC2::Instance'),
      targetName: 'web_servers-1.0',
      description: 'What serves the web site',
      ownerInformation: 'team=web',
    });

    // THEN
    expect(renderedIn(stack)).toEqual({
      WindowId: stack.resolve(maintenanceWindow.maintenanceWindowId),
      ResourceType: 'RESOURCE_GROUP',
      Targets: [
        { Key: 'resource-groups:Name', Values: ['web-servers'] },
        { Key: 'resource-groups:ResourceTypeFilters', Values: ['AWS::EC2::Instance'] },
      ],
      Name: 'web_servers-1.0',
      Description: 'What serves the web site',
      OwnerInformation: 'team=web',
    });
  });

  test('the ID is what Ref returns', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const target = targetWith({}, stack);

    // THEN
    const ref = { Ref: stack.getLogicalId(target.node.defaultChild as ssm.CfnMaintenanceWindowTarget) };
    expect(target.node.defaultChild!.node.id).toBe('Resource');
    expect(stack.resolve(target.maintenanceWindowTargetId)).toEqual(ref);
    expect(stack.resolve(target.maintenanceWindowTargetRef)).toEqual({
      windowId: stack.resolve(target.maintenanceWindow.maintenanceWindowRef.windowId), windowTargetId: ref,
    });
  });

  test('two targets live in one window', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);

    // WHEN
    window.addTarget('Web', { selector: SELECTOR });
    window.addTarget('Database', { selector: TargetSelector.tags({ Role: ['database'] }) });

    // THEN
    templateOf(stack).resourcePropertiesCountIs(TARGET, { WindowId: stack.resolve(window.maintenanceWindowId) }, 2);
  });

  test('keys of a selector of the user do not depend on the order in which a map keeps them', () => {
    class OwnSelector extends TargetSelector {
      public readonly resourceType = TargetResourceType.INSTANCE;
      public readonly targets: { [key: string]: string[] } = { 'tag:b': ['1'], 'tag:a': ['2'] };

      public constructor() {
        super();
      }
    }

    expect(renderedWith({ selector: new OwnSelector() }).Targets).toEqual([{ Key: 'tag:a', Values: ['2'] }, { Key: 'tag:b', Values: ['1'] }]);
  });

  test('fails when a selector of the user does not hold to the rules', () => {
    class OwnSelector extends TargetSelector {
      public readonly resourceType = TargetResourceType.RESOURCE_GROUP;
      public readonly targets: { [key: string]: string[] } = { InstanceIds: ['i-0123456789abcdef0'] };

      public constructor() {
        super();
      }
    }

    expect(() => targetWith({ selector: new OwnSelector() })).toThrow(new Error(
      'a key of \'targets\' must be "resource-groups:Name" or "resource-groups:ResourceTypeFilters" for a resource group, got "InstanceIds" '
      + '(at Stack/Window/Web)'));
  });
});

describe('strings', () => {
  test.each(['abc', 'a'.repeat(128)])('takes the name %s', (targetName) => {
    expect(renderedWith({ targetName }).Name).toBe(targetName);
  });

  test.each(['ab', 'a'.repeat(129), 'web servers', ''])('fails when the name is %j', (targetName) => {
    const got = targetName.length > 100 ? `"${targetName.slice(0, 99)}…` : `"${targetName}"`;

    expect(() => targetWith({ targetName })).toThrow(new Error(
      `'targetName' must be 3 to 128 characters long and hold only letters, digits, "_", "-" and ".", got ${got} (at Stack/Window/Web)`));
  });

  test.each(['description', 'ownerInformation'] as const)('takes 1 to 128 characters for %s', (prop) => {
    expect(() => targetWith({ [prop]: 'x' })).not.toThrow();
    expect(() => targetWith({ [prop]: 'x'.repeat(128) })).not.toThrow();
    expect(() => targetWith({ [prop]: '' }))
      .toThrow(new Error(`'${prop}' must be 1 to 128 characters long, got 0 characters: "" (at Stack/Window/Web)`));
    expect(() => targetWith({ [prop]: 'x'.repeat(129) }))
      .toThrow(new Error(`'${prop}' must be 1 to 128 characters long, got 129 characters: "${'x'.repeat(99)}… (at Stack/Window/Web)`));
  });

  test('that are tokens pass', () => {
    expect(renderedWith({ targetName: later(), description: later(), ownerInformation: later() })).toMatchObject({
      Name: LATER, Description: LATER, OwnerInformation: LATER,
    });
  });
});

describe('selectors', () => {
  test.each<[string, TargetSelector, object[]]>([
    ['an instance ID', TargetSelector.instanceIds(later()), [{ Key: 'InstanceIds', Values: [LATER] }]],
    ['all instance IDs', TargetSelector.instanceIds(...laterList()), [{ Key: 'InstanceIds', Values: LATER_LIST }]],
    ['a tag value', TargetSelector.tags({ Role: [later(), 'web'] }), [{ Key: 'tag:Role', Values: [LATER, 'web'] }]],
    ['all tag values', TargetSelector.tags({ Role: laterList() }), [{ Key: 'tag:Role', Values: LATER_LIST }]],
    ['a tag key', TargetSelector.tagKeys(later()), [{ Key: 'tag-key', Values: [LATER] }]],
    ['the key of a tag', TargetSelector.tags({ [later()]: ['web'] }), [{ Key: { 'Fn::Join': ['', ['tag:', LATER]] }, Values: ['web'] }]],
    ['a resource group', TargetSelector.resourceGroup(later(), ...laterList()), [
      { Key: 'resource-groups:Name', Values: [LATER] },
      { Key: 'resource-groups:ResourceTypeFilters', Values: LATER_LIST },
    ]],
    ['a key', TargetSelector.of(TargetResourceType.RESOURCE_GROUP, { [later()]: ['web'] }), [{ Key: LATER, Values: ['web'] }]],
  ])('%s that is a token passes', (_, selector, targets) => {
    // GIVEN
    const stack = testStack();

    // WHEN
    targetWith({ selector }, stack);

    // THEN
    expect(renderedIn(stack).Targets).toEqual(targets);
    expect(warningsOf(stack)).toEqual([]);
  });

  test.each<[TargetSelector, string, string]>([
    [TargetSelector.tags({ Role: ['1', '2', '3', '4', '5', '6'] }), 'manyTagValues',
      '"tag:Role" of \'targets\' should have at most 5 values, got 6, register several targets'],
    [TargetSelector.tagKeys('1', '2', '3', '4', '5', '6'), 'manyTagValues',
      '"tag-key" of \'targets\' should have at most 5 values, got 6, register several targets'],
    [TargetSelector.instanceIds('i-0123'), 'instanceIdFormat',
      'an instance ID should be "i-" and 8 or 17 hexadecimal digits, or "mi-" and 17, got "i-0123"'],
    [TargetSelector.tags({ ResourceTypeFilters: ['AWS::EC2::Instance'] }), 'resourceGroupKeyAsTag',
      '"tag:ResourceTypeFilters" of \'targets\' selects instances by a tag, got ["AWS::EC2::Instance"], use TargetSelector.resourceGroup() for a resource group'],
    [TargetSelector.tags({ Name: ['AWS::EC2::Instance'] }), 'resourceGroupKeyAsTag',
      '"tag:Name" of \'targets\' selects instances by a tag, got ["AWS::EC2::Instance"], use TargetSelector.resourceGroup() for a resource group'],
  ])('what is bad advice is a warning that can be acknowledged, %j', (selector, id, message) => {
    const target = targetWith({ selector });

    expect(target.node.metadata.map(({ data }) => data)).toEqual([`${message} [ack: cdk-ssm-maintenance-windows:${id}]`]);
  });

  test.each([
    [TargetSelector.tags({ Role: ['1', '2', '3', '4', '5'] })],
    [TargetSelector.tags({ Name: ['web'] })],
    [TargetSelector.tagKeys('1', '2', '3', '4', '5')],
    [TargetSelector.instanceIds('i-01234567', 'i-0123456789abcdef0', 'mi-0123456789abcdef0')],
  ])('what AWS advises is not warned about, %j', (selector) => {
    const stack = testStack();
    targetWith({ selector }, stack);

    expect(warningsOf(stack)).toEqual([]);
  });
});

describe('the window of a target', () => {
  const IMPORTED_ARN = `arn:aws:ssm:us-east-1:123456789012:maintenancewindow/${WINDOW_ID}`;

  test('may be imported', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    MaintenanceWindow.fromMaintenanceWindowId(stack, 'Imported', WINDOW_ID).addTarget('Web', { selector: SELECTOR });

    // THEN
    expect(Object.keys(templateOf(stack).toJSON().Resources)).toHaveLength(1);
    expect(renderedIn(stack).WindowId).toBe(WINDOW_ID);
  });

  test('may be of another stack, which then knows nothing of the target', () => {
    // GIVEN
    const app = testApp();
    const windows = testStack('Windows', { app });
    const others = testStack('Others', { app });

    // WHEN
    new MaintenanceWindowTarget(others, 'Web', { maintenanceWindow: testWindow(windows), selector: SELECTOR });

    // THEN
    expect(renderedIn(others).WindowId).toEqual({ 'Fn::ImportValue': expect.stringMatching(/^Windows:ExportsOutputRefWindow/) });
    expect(windows.dependencies).toEqual([]);
  });

  test('fails when it is of another region', () => {
    const window = MaintenanceWindow.fromMaintenanceWindowArn(testStack(), 'Imported', IMPORTED_ARN);

    expect(() => window.addTarget('Web', { selector: SELECTOR })).toThrow(new Error(
      '\'maintenanceWindow\' must be of the region of this stack, "eu-central-1", got a window of "us-east-1", move the construct to a stack of that region '
      + '(at Stack/Imported/Web)'));
  });

  test('fails when it is of another account', () => {
    const window = MaintenanceWindow.fromMaintenanceWindowArn(testStack(), 'Imported',
      `arn:aws:ssm:eu-central-1:210987654321:maintenancewindow/${WINDOW_ID}`);

    expect(() => window.addTarget('Web', { selector: SELECTOR })).toThrow(new Error(
      '\'maintenanceWindow\' must be of the account of this stack, "123456789012", got a window of "210987654321", move the construct to a stack of that account '
      + '(at Stack/Imported/Web)'));
  });

  test.each([
    ['the window', testStack(), `arn:aws:ssm:${later()}:${later()}:maintenancewindow/${WINDOW_ID}`],
    ['the stack', new Stack(testApp(), 'Stack'), IMPORTED_ARN],
  ])('passes when the environment of %s is a token', (_, stack, arn) => {
    MaintenanceWindow.fromMaintenanceWindowArn(stack, 'Imported', arn).addTarget('Web', { selector: SELECTOR });

    templateOf(stack).hasResourceProperties(TARGET, { WindowId: WINDOW_ID });
  });

  test('takes 100 targets and warns at the end of synthesis when there are more', () => {
    // GIVEN
    const stack = testStack();
    const window = testWindow(stack);
    for (let i = 1; i <= 100; i++) {
      window.addTarget(`Target${i}`, { selector: SELECTOR });
    }

    // THEN
    expect(window.node.validate()).toEqual([]);

    // WHEN
    new MaintenanceWindowTarget(testStack('Other', { app: stack.node.root as any }), 'OneTooMany', { maintenanceWindow: window, selector: SELECTOR });

    // THEN
    expect(window.node.validate()).toEqual([]);
    expect(warningsOf(window)).toEqual(['a maintenance window should have at most 100 targets, the default quota, got 101, '
      + 'spread them over several windows or have the quota raised']);
  });
});

describe('imported targets', () => {
  test('have the window they are given, and its environment', () => {
    // GIVEN
    const stack = testStack();
    const maintenanceWindow = MaintenanceWindow.fromMaintenanceWindowArn(stack, 'Window', `arn:aws:ssm:us-east-1:210987654321:maintenancewindow/${WINDOW_ID}`);

    // WHEN
    const target = MaintenanceWindowTarget.fromMaintenanceWindowTargetAttributes(stack, 'Imported', {
      maintenanceWindow, maintenanceWindowTargetId: TARGET_ID,
    });

    // THEN
    expect(target.maintenanceWindowTargetId).toBe(TARGET_ID);
    expect(target.maintenanceWindow).toBe(maintenanceWindow);
    expect(target.maintenanceWindowTargetRef).toEqual({ windowId: WINDOW_ID, windowTargetId: TARGET_ID });
    expect(target.env).toEqual({ account: '210987654321', region: 'us-east-1' });
    expect(templateOf(stack).toJSON().Resources).toBeUndefined();
  });

  test('take an ID that is a token', () => {
    // GIVEN
    const stack = testStack();

    // WHEN
    const target = MaintenanceWindowTarget.fromMaintenanceWindowTargetAttributes(stack, 'Imported', {
      maintenanceWindow: testWindow(stack), maintenanceWindowTargetId: later(),
    });

    // THEN
    expect(stack.resolve(target.maintenanceWindowTargetId)).toEqual(LATER);
    expect(Token.isUnresolved(target.maintenanceWindowTargetRef.windowId)).toBe(true);
  });

  test.each([WINDOW_ID, TARGET_ID.slice(1), `${TARGET_ID}0`, TARGET_ID.replace('a', 'g'), ''])('warns when the ID is %j', (maintenanceWindowTargetId) => {
    const stack = testStack();

    MaintenanceWindowTarget.fromMaintenanceWindowTargetAttributes(stack, 'Imported', { maintenanceWindow: testWindow(stack), maintenanceWindowTargetId });

    expect(warningsOf(stack)).toEqual(['\'maintenanceWindowTargetId\' should be the ID of a window target such as "e32eecb2-646c-4f4b-8ed1-205fb9c0ffee", '
      + `32 hexadecimal digits with "-" between, got "${maintenanceWindowTargetId}", look it up in the account`]);
  });
});

test('nothing is rendered for what is not given', () => {
  const stack = testStack();
  targetWith({}, stack);

  templateOf(stack).hasResourceProperties(TARGET, { Name: Match.absent(), Description: Match.absent(), OwnerInformation: Match.absent() });
});
