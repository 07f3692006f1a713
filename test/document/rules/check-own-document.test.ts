import type { DocumentFinding, DocumentUse } from '../../../src/document/rules/check-document';
import { checkOwnDocument } from '../../../src/document/rules/check-document';

const COMMAND = {
  schemaVersion: '2.2',
  parameters: {
    Service: { type: 'String', allowedPattern: '^[a-z][a-z0-9-]{1,30}$' },
    Action: { type: 'String', default: 'restart', allowedValues: ['restart', 'stop'] },
    Hosts: { type: 'StringList', default: [], maxItems: 2 },
    Comment: { type: 'String', default: '', minChars: 2, maxChars: 5 },
    Retries: { type: 'Integer', default: 1, allowedValues: [1, 2, 3] },
  },
};

function check(content: unknown, parameters?: DocumentUse['parameters'], more: Partial<DocumentUse> = {}, documentType?: string): DocumentFinding[] {
  return checkOwnDocument(content, documentType, { documentName: 'Restart', taskType: 'RUN_COMMAND', parameters, ...more });
}

describe('the type', () => {
  test('fails when a Run Command task has a runbook', () => {
    expect(check({ schemaVersion: '0.3' }, {}, {}, 'Automation')).toEqual([{
      severity: 'error',
      id: 'documentType',
      message: '\'document\' must be of type Command, got "Restart" of type Automation, register it as an Automation task',
    }]);
  });

  test('fails when an Automation task has a command document', () => {
    expect(check(COMMAND, {}, { taskType: 'AUTOMATION' })).toEqual([{
      severity: 'error',
      id: 'documentType',
      message: '\'runbook\' must be of type Automation, got "Restart" of type Command, register it as a Run Command task',
    }]);
  });

  test.each([
    ['0.3', 'AUTOMATION', 0],
    ['0.3', 'RUN_COMMAND', 1],
    ['1.2', 'AUTOMATION', 1],
    ['1.2', 'RUN_COMMAND', 0],
    ['2.0', 'RUN_COMMAND', 0],
    ['2.2', 'AUTOMATION', 1],
    ['2.2', 'RUN_COMMAND', 0],
    ['9.9', 'RUN_COMMAND', 0],
    ['9.9', 'AUTOMATION', 0],
  ] as const)('goes by the schema version %s of a %s task when none is given: %d errors', (schemaVersion, taskType, count) => {
    expect(check({ schemaVersion }, {}, { taskType })).toHaveLength(count);
  });

  test('that is given comes before the schema version', () => {
    expect(check({ schemaVersion: '2.0' }, {}, {}, 'Policy')).toEqual([expect.objectContaining({ severity: 'error', id: 'documentType' })]);
  });

  test('is judged even when the content is known only at deployment', () => {
    expect(check(undefined, {}, {}, 'Automation')).toHaveLength(1);
    expect(check(undefined, { Any: ['x'] }, {}, 'Command')).toEqual([]);
  });
});

describe('the parameters', () => {
  test('pass when they fit', () => {
    expect(check(COMMAND, { Service: ['nginx'], Action: ['stop'], Hosts: ['a', 'b'], Comment: ['night'], Retries: ['3'] })).toEqual([]);
  });

  test('fail when a required one is missing', () => {
    expect(check(COMMAND, { Action: ['stop'] })).toEqual([{
      severity: 'error',
      id: 'documentParameterMissing',
      message: '\'parameters\' of Restart must hold "Service", got ["Action"], add "Service"',
    }]);
  });

  test.each([
    [{ Action: ['Restart'] }, 'documentParameterValue', '\'parameters.Action\' of Restart must be one of ["restart","stop"], got "Restart", use "restart"'],
    [{ Retries: ['4'] }, 'documentParameterValue', '\'parameters.Retries\' of Restart must be one of ["1","2","3"], got "4"'],
    [{ Service: ['Nginx!'] }, 'documentParameterPattern', '\'parameters.Service\' of Restart must match the pattern ^[a-z][a-z0-9-]{1,30}$, got "Nginx!"'],
    [{ Hosts: ['a', 'b', 'c'] }, 'documentParameterItems', "'parameters.Hosts' of Restart must have at most 2 values, got 3"],
    [{ Comment: ['x'] }, 'documentParameterLength', "'parameters.Comment' of Restart must have 2 to 5 characters, got 1"],
    [{ Comment: ['123456'] }, 'documentParameterLength', "'parameters.Comment' of Restart must have 2 to 5 characters, got 6"],
    [{ actions: ['stop'] }, 'documentParameterUnknown',
      '\'parameters\' of Restart may hold only ["Service","Action","Hosts","Comment","Retries"], got "actions", use "Action"'],
  ])('are warned about when one does not fit: %j', (parameters, id, message) => {
    expect(check(COMMAND, { Service: ['nginx'], ...parameters })).toEqual([{ severity: 'warning', id, message }]);
  });

  test.each([
    [{ Service: ['{{ssm:/service}}'] }],
    [{ Service: [undefined] }],
    [{ Service: undefined }],
  ])('pass when they are known later: %j', (parameters) => {
    expect(check(COMMAND, parameters)).toEqual([]);
  });

  test('must be empty when the document declares none', () => {
    expect(check({ schemaVersion: '2.2' }, {})).toEqual([]);
    expect(check({ schemaVersion: '2.2' }, { Action: ['stop'] })).toEqual([{
      severity: 'warning',
      id: 'documentParameterUnknown',
      message: '\'parameters\' of Restart must be empty, got "Action", remove "Action"',
    }]);
  });

  test('are not judged when the task pins a version, which may be an older one', () => {
    expect(check(COMMAND, {}, { documentVersion: '1' })).toEqual([]);
    expect(check(COMMAND, {}, { documentVersion: '$LATEST' })).toHaveLength(1);
  });

  test('are not judged when not even their names are known', () => {
    expect(check(COMMAND, undefined, { unresolvedParameters: true })).toEqual([]);
  });

  test.each([
    ['no content', undefined],
    ['content as text', '{"schemaVersion":"2.2","parameters":{"A":{"type":"String"}}}'],
    ['an intrinsic function', { 'Fn::Transform': { Name: 'AWS::Include' } }],
    ['a reference', { Ref: 'Content' }],
    ['parameters from an intrinsic function', { schemaVersion: '2.2', parameters: { 'Fn::If': ['A', {}, {}] } }],
    ['parameters that are a list', { schemaVersion: '2.2', parameters: [] }],
    ['null', null],
  ])('are not judged when the document has %s', (_, content) => {
    expect(check(content, { Any: ['x'] })).toEqual([]);
  });

  test.each([
    ['the parameter', { 'Fn::If': ['A', {}, {}] }],
    ['the allowed values', { type: 'String', default: 'x', allowedValues: { Ref: 'Values' } }],
    ['one of the allowed values', { type: 'String', default: 'x', allowedValues: ['x', { Ref: 'Value' }] }],
    ['the pattern', { type: 'String', default: 'x', allowedPattern: { Ref: 'Pattern' } }],
    ['the bounds', { type: 'String', default: 'x', maxChars: { Ref: 'Max' } }],
    ['the default', { type: 'String', default: { Ref: 'Default' } }],
  ])('have no rule where %s is known only at deployment', (_, parameter) => {
    expect(check({ schemaVersion: '2.2', parameters: { Any: parameter } }, { Any: ['something'] })).toEqual([]);
  });

  test('are not missing where a declaration is known only at deployment', () => {
    expect(check({ schemaVersion: '2.2', parameters: { Any: { 'Fn::If': ['A', {}, {}] } } }, {})).toEqual([]);
  });

  test.each([[4096, 1], [4097, 0]])('with a value of %d characters that breaks the pattern give %d warnings', (length, count) => {
    const content = { schemaVersion: '2.2', parameters: { Any: { type: 'String', allowedPattern: '^[a-z]+$' } } };

    expect(check(content, { Any: ['1'.repeat(length)] })).toHaveLength(count);
  });

  test('are not tried on a pattern that may hang or not compile', () => {
    const content = (allowedPattern: string) => ({ schemaVersion: '2.2', parameters: { Any: { type: 'String', allowedPattern } } });

    expect(check(content('^(a+)+$'), { Any: [`${'a'.repeat(200)}!`] })).toEqual([]);
    expect(check(content('(?i)^abc$'), { Any: ['!'] })).toEqual([]);
    expect(check(content('['), { Any: ['!'] })).toEqual([]);
  });
});
