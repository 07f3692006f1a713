import type { DocumentFinding, DocumentUse } from '../../../src/document/rules/check-document';
import { checkDocumentUse } from '../../../src/document/rules/check-document';

const PATCH = 'AWS-RunPatchBaseline';
const PATCH_NAMES = '["AssociationId","BaselineOverride","InstallOverrideList","Operation","RebootOption","SnapshotId","StepTimeoutSeconds"]';

function runCommand(documentName: string, parameters?: DocumentUse['parameters'], more: Partial<DocumentUse> = {}): DocumentFinding[] {
  return checkDocumentUse({ documentName, taskType: 'RUN_COMMAND', parameters, ...more });
}

function automation(documentName: string, parameters?: DocumentUse['parameters'], more: Partial<DocumentUse> = {}): DocumentFinding[] {
  return checkDocumentUse({ documentName, taskType: 'AUTOMATION', parameters, ...more });
}

function patch(parameters: DocumentUse['parameters'], more: Partial<DocumentUse> = {}): DocumentFinding[] {
  return runCommand(PATCH, { Operation: ['Install'], ...parameters }, more);
}

describe('the type of the document', () => {
  test('fails when a Run Command task has an Automation runbook', () => {
    expect(runCommand('AWS-CreateImage', { InstanceId: ['{{RESOURCE_ID}}'] })).toEqual([{
      severity: 'error',
      id: 'documentType',
      message: '\'document\' must be of type Command, got "AWS-CreateImage" of type Automation, register it as an Automation task',
    }]);
  });

  test('fails when an Automation task has a Command document', () => {
    expect(automation('AWS-RunShellScript', { commands: ['date'] })).toEqual([{
      severity: 'error',
      id: 'documentType',
      message: '\'runbook\' must be of type Automation, got "AWS-RunShellScript" of type Command, register it as a Run Command task',
    }]);
  });

  test.each([
    ['AWS-GatherSoftwareInventory', 'Policy'],
    ['AWS-PasswordReset', 'Session'],
    ['AWSCodeDeployAgent', 'Package'],
    ['AWS-HelloWorldChangeTemplate', 'Automation.ChangeTemplate'],
  ])('fails when the document does not run in a window, such as %s of type %s', (name, type) => {
    const message = (property: string, documentType: string) => `'${property}' must be of type ${documentType}, got "${name}" of type ${type}, `
      + 'which does not run in a maintenance window, choose another document';

    expect(runCommand(name)).toEqual([{ severity: 'error', id: 'documentType', message: message('document', 'Command') }]);
    expect(automation(name)).toEqual([{ severity: 'error', id: 'documentType', message: message('runbook', 'Automation') }]);
  });

  test('is all that is known of a document whose parameters are not in the catalogue', () => {
    expect(automation('AWSSupport-TroubleshootRDP', { Whatever: ['x'] })).toEqual([]);
    expect(runCommand('AWSSupport-TroubleshootRDP')).toEqual([expect.objectContaining({ severity: 'error', id: 'documentType' })]);
  });

  test.each([
    ['arn:aws:ssm:us-east-1::document/AWS-CreateImage'],
    ['arn:aws-cn:ssm:cn-north-1::document/AWS-CreateImage'],
    ['arn:aws-us-gov:ssm:us-gov-west-1::document/AWS-CreateImage'],
    ['arn:aws:ssm:us-east-1::automation-definition/AWS-CreateImage:$DEFAULT'],
    ['arn:${Token[AWS.Partition.3]}:ssm:${Token[AWS.Region.4]}::document/AWS-CreateImage'],
  ])('is found for the ARN %s', (arn) => {
    expect(runCommand(arn)).toEqual([expect.objectContaining({
      message: '\'document\' must be of type Command, got "AWS-CreateImage" of type Automation, register it as an Automation task',
    })]);
  });

  test.each([
    ['MyDocument'],
    ['arn:aws:ssm:us-east-1:123456789012:document/AWS-CreateImage'],
    ['arn:aws:ssm:us-east-1:123456789012:document/MyDocument'],
    ['${Token[TOKEN.12]}'],
    ['AWS-${Token[TOKEN.12]}'],
    [''],
  ])('is not known for %j', (name) => {
    expect(runCommand(name, { Any: ['x'] }, { documentHash: true })).toEqual([]);
    expect(automation(name, { Any: ['x'] })).toEqual([]);
  });
});

describe('a required parameter', () => {
  test('fails when it is missing', () => {
    expect(runCommand(PATCH, { RebootOption: ['NoReboot'] })).toEqual([{
      severity: 'error',
      id: 'documentParameterMissing',
      message: `'parameters' of ${PATCH} must hold "Operation" as one of ["Scan","Install"], got ["RebootOption"], add "Operation"`,
    }]);
  });

  test('fails when there are no parameters at all', () => {
    expect(runCommand('AWS-RunShellScript')).toEqual([{
      severity: 'error',
      id: 'documentParameterMissing',
      message: '\'parameters\' of AWS-RunShellScript must hold "commands", got [], add "commands"',
    }]);
  });

  test('fails when an Automation task lacks it', () => {
    expect(automation('AWS-RestartEC2Instance')).toEqual([{
      severity: 'error',
      id: 'documentParameterMissing',
      message: '\'parameters\' of AWS-RestartEC2Instance must hold "InstanceId", got [], add "InstanceId"',
    }]);
  });

  test('fails when it is misspelt, once and with the right spelling', () => {
    expect(runCommand(PATCH, { operation: ['Install'] })).toEqual([{
      severity: 'error',
      id: 'documentParameterMissing',
      message: `'parameters' of ${PATCH} must hold "Operation" as one of ["Scan","Install"], got ["operation"], rename "operation" to "Operation"`,
    }]);
  });

  test('fails when it has no value', () => {
    expect(runCommand(PATCH, { Operation: [] })).toEqual([expect.objectContaining({ severity: 'error', id: 'documentParameterMissing' })]);
  });

  test.each([
    ['a value', ['Scan']],
    ['a text', 'Scan'],
    ['a value known only at deployment', [undefined]],
    ['a list known only at deployment', undefined],
    ['a pseudo parameter', ['{{ssm:/patching/operation}}']],
  ])('is given by %s', (_, value) => {
    expect(runCommand(PATCH, { Operation: value })).toEqual([]);
  });

  test('is not looked for when the names of the parameters are known only at deployment', () => {
    expect(runCommand(PATCH, undefined, { unresolvedParameters: true })).toEqual([]);
  });

  test('is not looked for when the task pins another version of the document than the catalogue knows', () => {
    expect(runCommand(PATCH, {}, { documentVersion: '2' })).toEqual([]);
    expect(runCommand(PATCH, {}, { documentVersion: '1' })).toHaveLength(1);
    expect(runCommand(PATCH, {}, { documentVersion: '$LATEST' })).toHaveLength(1);
    expect(runCommand(PATCH, {}, { documentVersion: '$DEFAULT' })).toHaveLength(1);
  });
});

describe('a value', () => {
  test('is warned about when it is not allowed', () => {
    expect(patch({ RebootOption: ['Reboot'] })).toEqual([{
      severity: 'warning',
      id: 'documentParameterValue',
      message: `'parameters.RebootOption' of ${PATCH} must be one of ["RebootIfNeeded","NoReboot"] (as of 2026-08-16), got "Reboot"`,
    }]);
  });

  test('is warned about with the right spelling when it is close', () => {
    expect(runCommand(PATCH, { Operation: ['install'] })).toEqual([{
      severity: 'warning',
      id: 'documentParameterValue',
      message: `'parameters.Operation' of ${PATCH} must be one of ["Scan","Install"] (as of 2026-08-16), got "install", use "Install"`,
    }]);
  });

  test('is warned about with the first of many allowed values', () => {
    expect(runCommand('AWS-ConfigureWindowsUpdate', { updateLevel: ['NeverCheckForUpdates'], scheduledInstallTime: ['25:00'] })).toEqual([{
      severity: 'warning',
      id: 'documentParameterValue',
      message: '\'parameters.scheduledInstallTime\' of AWS-ConfigureWindowsUpdate must be one of '
        + '["00:00","01:00","02:00","03:00","04:00","05:00","06:00","07:00","08:00","09:00","10:00","11:00"] and 12 more '
        + '(as of 2026-08-16), got "25:00"',
    }]);
  });

  test.each([['RebootIfNeeded'], ['NoReboot'], ['{{ssm:/patching/reboot}}'], [undefined]])('passes when it is %j', (value) => {
    expect(patch({ RebootOption: [value] })).toEqual([]);
    expect(patch({ RebootOption: value })).toEqual([]);
  });

  test.each([['true'], ['True'], [true]])('of a switch passes as %j', (value) => {
    expect(automation('AWS-ExtendEbsVolume', { VolumeId: ['vol-0123456789abcdef0'], SizeGib: ['20'], keepSnapShot: [value] })).toEqual([]);
  });

  test('of a switch is warned about when it is neither true nor false', () => {
    expect(automation('AWS-ExtendEbsVolume', { VolumeId: ['vol-0123456789abcdef0'], SizeGib: ['20'], keepSnapShot: ['yes'] })).toEqual([{
      severity: 'warning',
      id: 'documentParameterValue',
      message: '\'parameters.keepSnapShot\' of AWS-ExtendEbsVolume must be one of ["true","false"] (as of 2026-08-16), got "yes"',
    }]);
  });

  test('is warned about when it does not match the pattern', () => {
    expect(patch({ StepTimeoutSeconds: ['36001'] })).toEqual([{
      severity: 'warning',
      id: 'documentParameterPattern',
      message: `'parameters.StepTimeoutSeconds' of ${PATCH} must match the pattern `
        + '^([1-9][0-9]{0,3}|[1-2][0-9]{4}|3[0-5][0-9]{3}|36000)$ (as of 2026-08-16), got "36001"',
    }]);
  });

  test.each([['36000'], ['1'], [10800], ['{{ssm:/patching/timeout}}'], [undefined], ['é']])('matches the pattern or is left alone: %j', (value) => {
    expect(patch({ StepTimeoutSeconds: [value] })).toEqual([]);
  });

  test.each([
    ['s3://bucket/folder/baseline.json', 0],
    ['https://example.org/baseline.json', 0],
    ['bucket/baseline.json', 1],
    ['http://example.org/baseline.json', 1],
  ])('of BaselineOverride such as %j gives %d warnings', (value, count) => {
    expect(patch({ BaselineOverride: [value] })).toHaveLength(count);
  });

  test('is searched for the pattern, which need not match the whole', () => {
    expect(runCommand('AWS-RunShellScript', { commands: ['date'], executionTimeout: ['9999999'] })).toEqual([]);
    expect(runCommand('AWS-RunShellScript', { commands: ['date'], executionTimeout: ['0'] })).toEqual([
      expect.objectContaining({ id: 'documentParameterPattern' }),
    ]);
  });

  test.each([[4096, 0], [4097, 1]])('of %d characters gives %d warnings where 4096 are allowed', (length, count) => {
    expect(runCommand('AWS-RunShellScript', { commands: ['date'], workingDirectory: ['x'.repeat(length)] })).toHaveLength(count);
  });

  test('is warned about when it is too long', () => {
    expect(runCommand('AWS-RunShellScript', { commands: ['date'], workingDirectory: ['x'.repeat(4097)] })).toEqual([{
      severity: 'warning',
      id: 'documentParameterLength',
      message: "'parameters.workingDirectory' of AWS-RunShellScript must have at most 4096 characters (as of 2026-08-16), got 4097",
    }]);
  });

  test('is warned about when it is too short', () => {
    expect(automation('AWS-UpdateAmazonECSAgent', { ClusterARN: [''] })).toEqual([{
      severity: 'warning',
      id: 'documentParameterLength',
      message: "'parameters.ClusterARN' of AWS-UpdateAmazonECSAgent must have at least 1 character (as of 2026-08-16), got 0",
    }]);
  });

  test('is shown in part when it is long', () => {
    const [finding] = patch({ RebootOption: ['x'.repeat(300)] });

    expect(finding.message).toMatch(/got "x{199}…$/);
  });

  test('of a list is checked one by one', () => {
    expect(automation('AWS-UpdateLinuxAmi', {
      SourceAmiId: ['ami-0123456789abcdef0'], SecurityGroupIds: ['sg-01234567', 'wrong', undefined, '{{RESOURCE_ID}}'],
    })).toEqual([expect.objectContaining({
      id: 'documentParameterPattern',
      message: "'parameters.SecurityGroupIds' of AWS-UpdateLinuxAmi must match the pattern ^sg-[a-z0-9]{8,17}$ (as of 2026-08-16), got \"wrong\"",
    })]);
  });

  test('is warned about when a list is too short', () => {
    expect(runCommand('AWS-RunShellScript', { commands: [] })).toEqual([{
      severity: 'warning',
      id: 'documentParameterItems',
      message: "'parameters.commands' of AWS-RunShellScript must have at least 1 value (as of 2026-08-16), got 0",
    }]);
  });

  test('is warned about when a text is given as a list of two', () => {
    expect(runCommand('AWS-RunShellScript', { commands: ['a', 'b'], workingDirectory: ['/a', '/b'] })).toEqual([{
      severity: 'warning',
      id: 'documentParameterItems',
      message: "'parameters.workingDirectory' of AWS-RunShellScript must have at most 1 value (as of 2026-08-16), got 2",
    }]);
    expect(runCommand('AWS-RunShellScript', { commands: ['a', 'b'], workingDirectory: ['/a'] })).toEqual([]);
  });

  test('that is an object is left alone', () => {
    expect(patch({ RebootOption: [{ Ref: 'Reboot' }] })).toEqual([]);
    expect(patch({ RebootOption: { Ref: 'Reboot' } })).toEqual([]);
    expect(patch({ RebootOption: null })).toEqual([]);
  });

  test('is not tried on a pattern that hangs', () => {
    expect(automation('AWS-StopRdsInstance', { InstanceId: [`${'a'.repeat(200)}!`] })).toEqual([]);
  });
});

describe('an unknown parameter', () => {
  test('is warned about with the right spelling', () => {
    expect(patch({ rebootOption: ['NoReboot'] })).toEqual([{
      severity: 'warning',
      id: 'documentParameterUnknown',
      message: `'parameters' of ${PATCH} may hold only ${PATCH_NAMES} (as of 2026-08-16), got "rebootOption", use "RebootOption"`,
    }]);
  });

  test('is warned about when nothing is close', () => {
    expect(patch({ PatchEverything: ['true'] })).toEqual([{
      severity: 'warning',
      id: 'documentParameterUnknown',
      message: `'parameters' of ${PATCH} may hold only ${PATCH_NAMES} (as of 2026-08-16), got "PatchEverything", remove "PatchEverything"`,
    }]);
  });

  test('is warned about when the document has none', () => {
    expect(runCommand('AWSEC2-UpdateLaunchAgent')).toEqual([]);
    expect(runCommand('AWSEC2-UpdateLaunchAgent', { version: ['2'] })).toEqual([{
      severity: 'warning',
      id: 'documentParameterUnknown',
      message: '\'parameters\' of AWSEC2-UpdateLaunchAgent must be empty (as of 2026-08-16), got "version", remove "version"',
    }]);
  });

  test('is not mistaken for something that every object has', () => {
    expect(patch({ constructor: ['x'] })).toEqual([expect.objectContaining({ id: 'documentParameterUnknown' })]);
  });

  test('is warned about when its value is known only at deployment', () => {
    expect(patch({ PatchEverything: undefined })).toEqual([expect.objectContaining({ id: 'documentParameterUnknown' })]);
  });

  test('is warned about where the guide and the document differ in spelling', () => {
    expect(automation('AWS-ExtendEbsVolume', { VolumeId: ['vol-0123456789abcdef0'], SizeGib: ['20'], KeepSnapshot: ['true'] })).toEqual([
      expect.objectContaining({ id: 'documentParameterUnknown', message: expect.stringContaining('got "KeepSnapshot", use "keepSnapShot"') }),
    ]);
  });
});

describe('the document itself', () => {
  test('is warned about when AWS no longer offers it', () => {
    expect(runCommand('AWS-UpdateEC2Config')).toEqual([{
      severity: 'warning',
      id: 'documentRetired',
      message: '\'document\' must be a document on offer (as of 2026-08-16), got "AWS-UpdateEC2Config", '
        + 'which was last listed on 2026-04-12, choose another document',
    }]);
  });

  test('is judged no further when AWS no longer offers it', () => {
    expect(runCommand('AWSEC2-ManageVssIO', { Wrong: ['x'] })).toEqual([expect.objectContaining({ id: 'documentRetired' })]);
  });

  test('is warned about as a runbook when AWS no longer offers it', () => {
    expect(automation('AWSSupport-MigrateXenToNitroWindows')).toEqual([expect.objectContaining({
      id: 'documentRetired', message: expect.stringMatching(/^'runbook' must be a document on offer/),
    })]);
  });

  test.each([
    ['AWS-RunPatchBaseLine', 'AWS-RunPatchBaseline'],
    ['AWS-RunPatchBaselin', 'AWS-RunPatchBaseline'],
    ['AWS-RunShelScript', 'AWS-RunShellScript'],
    ['AWS_RunShellScript', 'AWS-RunShellScript'],
  ])('is warned about when the name %s is misspelt', (name, meant) => {
    expect(runCommand(name, { Operation: ['Install'] }, { documentHash: true })).toEqual([{
      severity: 'warning',
      id: 'documentUnknown',
      message: `'document' must be a document on offer (as of 2026-08-16), got "${name}", use "${meant}"`,
    }]);
  });

  test.each([['AWS-SomethingNew'], ['AWSSupport-NewRunbook'], ['Amazon-New']])('is left alone when it may be newer than the catalogue: %s', (name) => {
    expect(runCommand(name)).toEqual([]);
    expect(automation(name)).toEqual([]);
  });

  test('is warned about when its hash is pinned', () => {
    expect(patch({}, { documentHash: true })).toEqual([{
      severity: 'warning',
      id: 'documentHashPinned',
      message: '\'documentHash\' should be omitted for AWS-owned documents (as of 2026-08-16), '
        + `got one for "${PATCH}", remove it, every run fails once AWS changes the document`,
    }]);
  });

  test('is known by its ARN to be owned by AWS when its hash is pinned', () => {
    expect(runCommand('arn:aws:ssm:us-east-1::document/AWS-SomethingNew', {}, { documentHash: true })).toEqual([
      expect.objectContaining({ id: 'documentHashPinned' }),
    ]);
  });

  test('passes without a hash', () => {
    expect(patch({}, { documentHash: false })).toEqual([]);
  });
});

describe('the snapshot of a patch task', () => {
  const SNAPSHOT = '12345699-9405-4f69-bc5e-9315aabbccdd';

  test.each([['AWS-RunPatchBaseline'], ['AWS-RunPatchBaselineWithHooks'], ['AWS-ApplyPatchBaseline']])('is warned about when it is fixed in %s', (name) => {
    expect(runCommand(name, { Operation: ['Install'], SnapshotId: [SNAPSHOT] })).toEqual([{
      severity: 'warning',
      id: 'patchSnapshotId',
      message: `'parameters.SnapshotId' of ${name} must not be fixed in a maintenance window (as of 2026-08-16), `
        + `got "${SNAPSHOT}", remove it or use "{{WINDOW_EXECUTION_ID}}"`,
    }]);
  });

  test('is warned about once when it is no snapshot id either', () => {
    expect(patch({ SnapshotId: ['latest'] })).toEqual([expect.objectContaining({ id: 'patchSnapshotId' })]);
  });

  test.each([['{{WINDOW_EXECUTION_ID}}'], ['{{ WINDOW_EXECUTION_ID }}'], [''], [undefined]])('passes as %j', (value) => {
    expect(patch({ SnapshotId: [value] })).toEqual([]);
  });

  test('is something else in a document about disks', () => {
    expect(automation('AWS-DeleteSnapshot', { SnapshotId: ['snap-0123456789abcdef0'] })).toEqual([]);
  });
});

test('reports several mistakes at once', () => {
  expect(runCommand(PATCH, { RebootOption: ['Reboot'], Foo: ['x'], SnapshotId: ['x'] }, { documentHash: true }).map(({ id }) => id)).toEqual([
    'documentHashPinned', 'patchSnapshotId', 'documentParameterMissing', 'documentParameterUnknown', 'documentParameterValue',
  ]);
});
