import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildCatalogue, TARGET } from '../../../scripts/build-document-catalogue';
import { documentCatalogue, documentTypeOf } from '../../../src/document/rules/catalogue';

const DATA = JSON.parse(readFileSync(join(__dirname, '../../../data/ssm-documents.json'), 'utf8'));
const ASSET = '../../../src/document/rules/catalogue.generated.json';

test('the catalogue is what the script makes of the committed data', () => {
  expect(readFileSync(TARGET, 'utf8')).toBe(buildCatalogue());
});

test('the catalogue stays small', () => {
  expect(Buffer.byteLength(buildCatalogue())).toBeLessThan(100_000);
});

test('the catalogue holds the type of all 816 documents on offer and of the 25 that are gone', () => {
  const catalogue = documentCatalogue();

  expect(Object.values(catalogue.listed).flat()).toHaveLength(816);
  expect(Object.keys(catalogue.retired)).toHaveLength(25);
  expect(catalogue.listed.Command).toHaveLength(131);
  expect(catalogue.listed.Automation).toHaveLength(478);
});

test('the catalogue holds the parameters of the 106 documents that matter for windows', () => {
  const names = Object.keys(documentCatalogue().documents);

  expect(names).toHaveLength(106);
  expect(names).toEqual(expect.arrayContaining([
    'AWS-RunPatchBaseline', 'AWS-RunPatchBaselineWithHooks', 'AWS-RunShellScript', 'AWS-RunPowerShellScript',
    'AWS-UpdateSSMAgent', 'AWS-RestartEC2Instance', 'AWS-StopRdsInstance', 'AWSEC2-CreateVssSnapshot',
  ]));
});

test.each([
  ['AWS-RunPatchBaseline', 'Command'],
  ['AWS-RestartEC2Instance', 'Automation'],
  ['AWS-GatherSoftwareInventory', 'Policy'],
  ['AWS-UpdateEC2Config', 'Command'],
  ['AWSSupport-MigrateXenToNitroWindows', 'Automation'],
  ['AWS-NoSuchDocument', undefined],
  ['constructor', undefined],
])('the type of %s is %s', (name, type) => {
  expect(documentTypeOf(documentCatalogue(), name)).toBe(type);
});

test('a parameter keeps what the document says of it', () => {
  const { parameters } = documentCatalogue().documents['AWS-RunPatchBaseline'];

  expect(parameters.Operation).toEqual({ type: 'String', required: true, allowedValues: ['Scan', 'Install'] });
  expect(parameters.RebootOption).toEqual({ type: 'String', allowedValues: ['RebootIfNeeded', 'NoReboot'] });
  expect(documentCatalogue().documents['AWS-RunShellScript'].parameters.commands).toEqual({ type: 'StringList', required: true, minItems: 1 });
});

test('a parameter is not required when its description says optional', () => {
  expect(DATA.documents['AWS-ApplyAnsiblePlaybooks'].parameters.SourceType.required).toBe(true);
  expect(documentCatalogue().documents['AWS-ApplyAnsiblePlaybooks'].parameters.SourceType.required).toBeUndefined();
});

test('a parameter that only the guide names is known', () => {
  expect(documentCatalogue().documents['AWS-StartEC2Instance'].parameters.FailOnUnexpectedStopped).toEqual({ type: 'Boolean' });
});

test('every required parameter of the catalogue has no default in the data', () => {
  const required = Object.entries(documentCatalogue().documents).flatMap(([name, { parameters }]) =>
    Object.keys(parameters).filter((parameter) => parameters[parameter].required).map((parameter) => [name, parameter]));

  expect(required.length).toBeGreaterThan(100);
  for (const [name, parameter] of required) {
    expect(DATA.documents[name].parameters[parameter]).not.toHaveProperty('default');
  }
});

describe('patterns', () => {
  const patterns = new Map(Object.entries(documentCatalogue().documents).flatMap(([name, { parameters }]) =>
    Object.entries(parameters).flatMap(([parameter, { allowedPattern }]): [string, string][] =>
      allowedPattern === undefined ? [] : [[allowedPattern, `${name}.${parameter}`]])));

  test('are there', () => {
    expect(patterns.size).toBeGreaterThan(100);
  });

  test('that the data calls unfit are left out', () => {
    const unfit = Object.keys(DATA.patternsNotUsed);

    expect(unfit).toEqual(expect.arrayContaining(['AWS-StopRdsInstance.InstanceId', 'AWSEC2-CreateVssSnapshot.tags']));
    for (const key of unfit) {
      const [name, parameter] = key.split('.');
      expect(DATA.documents[name].parameters[parameter]).toHaveProperty('allowedPattern');
      expect(documentCatalogue().documents[name]?.parameters[parameter].allowedPattern).toBeUndefined();
    }
  });

  test.each([...patterns])('%s of %s compiles and does not hang', (pattern) => {
    const regExp = new RegExp(pattern);
    const pieces = ['a', 'A', '0', '-', '_', '/', '.', ' ', ':', ',', '"', "'", 'a-', 'a.', 'a/', 'a,', 'i-', 'arn:aws:', 'Key=a,Value=b;'];

    const started = performance.now();
    for (const piece of pieces) regExp.test(`${piece.repeat(4096 / piece.length)}\u0000`);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('the data', () => {
  let loads = 0;

  beforeEach(() => {
    loads = 0;
    jest.resetModules();
    jest.doMock(ASSET, () => {
      loads += 1;
      return jest.requireActual(ASSET);
    });
  });

  afterAll(() => {
    jest.dontMock(ASSET);
  });

  test('is loaded only when the document is one that AWS owns', () => {
    // GIVEN
    const { checkDocumentUse, checkOwnDocument } = jest.requireActual<typeof import('../../../src/document/rules/check-document')>(
      '../../../src/document/rules/check-document');
    jest.requireActual('../../../src/document/rules/pseudo-parameters');
    expect(loads).toBe(0);

    // WHEN
    checkDocumentUse({ documentName: 'MyDocument', taskType: 'RUN_COMMAND' });
    checkDocumentUse({ documentName: 'arn:aws:ssm:us-east-1:123456789012:document/MyDocument', taskType: 'RUN_COMMAND' });
    checkOwnDocument({ schemaVersion: '2.2' }, 'Command', { documentName: 'MyDocument', taskType: 'RUN_COMMAND' });
    expect(loads).toBe(0);
    checkDocumentUse({ documentName: 'AWS-RunShellScript', taskType: 'AUTOMATION' });

    // THEN
    expect(loads).toBe(1);
  });

  test('is not loaded by importing the package', () => {
    jest.requireActual('../../../src');

    expect(loads).toBe(0);
  });
});
