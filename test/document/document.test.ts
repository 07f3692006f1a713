import * as ssm from 'aws-cdk-lib/aws-ssm';
import { AutomationRunbook, DocumentVersion, RunCommandDocument } from '../../src';
import { testStack } from '../support/app';
import { later } from '../support/tokens';

const LATER = { 'Fn::ImportValue': 'Value' };

describe.each([['RunCommandDocument', RunCommandDocument], ['AutomationRunbook', AutomationRunbook]] as const)('%s', (_, type) => {
  test.each(['abc', 'AWS-RunPatchBaseline', 'My_Document-1.0', 'a'.repeat(128)])('takes the name %s', (name) => {
    expect(type.fromDocumentName(name).nameOrArn).toBe(name);
  });

  test.each([
    ['ab', '"ab"'],
    ['a'.repeat(129), `"${'a'.repeat(99)}…`],
    ['My Document', '"My Document"'],
    ['', '""'],
    ['arn:aws:ssm:eu-central-1:123456789012:document/Mine', '"arn:aws:ssm:eu-central-1:123456789012:document/Mine"'],
  ])('fails when the name is %j', (name, got) => {
    expect(() => type.fromDocumentName(name)).toThrow(new Error(
      `'documentName' must be 3 to 128 letters, digits, "_", "-" and "."; give an ARN by fromDocumentArn(), got ${got}`));
  });

  test.each([
    'arn:aws:ssm:eu-central-1:123456789012:document/Mine',
    'arn:aws-cn:ssm:cn-north-1:123456789012:document/Mine',
    'arn:aws:ssm:us-east-1::document/AWS-RunPatchBaseline',
    'arn:aws:ssm:::document/AWS-RunPatchBaseline',
  ])('takes the ARN %s', (arn) => {
    expect(type.fromDocumentArn(arn).nameOrArn).toBe(arn);
  });

  test.each([
    'Mine',
    'arn:aws:ssm:eu-central-1:123456789012:document/Mine:3',
    'arn:aws:ssm:eu-central-1:123456789012:parameter/Mine',
    'arn:aws:s3:::document/Mine',
    '',
  ])('fails when the ARN is %j', (arn) => {
    expect(() => type.fromDocumentArn(arn)).toThrow(new Error(
      '\'documentArn\' must be the ARN of a document such as "arn:aws:ssm:eu-central-1:123456789012:document/Name", without a version, '
      + `got "${arn}"`));
  });

  test('takes a token', () => {
    const stack = testStack();

    expect(stack.resolve(type.fromDocumentName(later()).nameOrArn)).toEqual(LATER);
    expect(stack.resolve(type.fromDocumentArn(later()).nameOrArn)).toEqual(LATER);
  });

  test('takes a document of this app', () => {
    // GIVEN
    const stack = testStack();
    const document = new ssm.CfnDocument(stack, 'Mine', { content: {} });

    // THEN
    expect(stack.resolve(type.fromDocument(document).nameOrArn)).toEqual({ Ref: 'Mine' });
  });
});

test.each<[string, string]>([
  [RunCommandDocument.AWS_INSTALL_APPLICATION.nameOrArn, 'AWS-InstallApplication'],
  [RunCommandDocument.AWS_CONFIGURE_AWS_PACKAGE.nameOrArn, 'AWS-ConfigureAWSPackage'],
  [RunCommandDocument.AWS_RUN_PATCH_BASELINE.nameOrArn, 'AWS-RunPatchBaseline'],
  [RunCommandDocument.AWS_RUN_POWER_SHELL_SCRIPT.nameOrArn, 'AWS-RunPowerShellScript'],
  [RunCommandDocument.AWS_RUN_SHELL_SCRIPT.nameOrArn, 'AWS-RunShellScript'],
  [RunCommandDocument.AWS_UPDATE_SSM_AGENT.nameOrArn, 'AWS-UpdateSSMAgent'],
  [AutomationRunbook.AWS_RESTART_EC2_INSTANCE.nameOrArn, 'AWS-RestartEC2Instance'],
  [AutomationRunbook.AWS_START_EC2_INSTANCE.nameOrArn, 'AWS-StartEC2Instance'],
  [AutomationRunbook.AWS_STOP_EC2_INSTANCE.nameOrArn, 'AWS-StopEC2Instance'],
])('%s is a document of AWS', (nameOrArn, name) => {
  expect(nameOrArn).toBe(name);
});

describe('DocumentVersion', () => {
  test.each(['$DEFAULT', '$LATEST', '1', '9', '10'])('takes %s', (version) => {
    expect(DocumentVersion.of(version).version).toBe(version);
  });

  test.each(['0', '01', '-1', '1.0', 'latest', '$latest', ''])('fails when it is %j', (version) => {
    expect(() => DocumentVersion.of(version)).toThrow(new Error(
      `'version' must be "$DEFAULT", "$LATEST" or a version number such as "3", got "${version}"`));
  });

  test('takes a token', () => {
    expect(testStack().resolve(DocumentVersion.of(later()).version)).toEqual(LATER);
  });

  test('has members for the versions without a number', () => {
    expect(DocumentVersion.DEFAULT.version).toBe('$DEFAULT');
    expect(DocumentVersion.LATEST.version).toBe('$LATEST');
  });
});
