import { UNKNOWN, valueOf, withParameters } from '../../src/forecast/template-values';
import type { JsonObject } from '../../src/importer/json';

const TEMPLATE: JsonObject = {
  Parameters: {
    Hour: { Type: 'Number', Default: 4 },
    Zone: { Type: 'String', Default: 'Europe/Berlin' },
    Open: { Type: 'String' },
    Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/patching/hour' },
  },
  Mappings: { Hours: { prod: { hour: 5, list: ['a', 'b'] }, Berlin: { hour: 6 } }, Names: { city: { it: 'Berlin' } } },
};

test.each<[string, JsonObject[string], unknown]>([
  ['a text', 'a', 'a'],
  ['a number', 3, 3],
  ['nothing', null, null],
  ['a list', ['a', { Ref: 'Hour' }], ['a', 4]],
  ['a list with an open element', ['a', { Ref: 'Open' }], UNKNOWN],
  ['a parameter with a default', { Ref: 'Hour' }, 4],
  ['a parameter without a default', { Ref: 'Open' }, UNKNOWN],
  ['a parameter of Parameter Store, whose default is a name', { Ref: 'Stored' }, UNKNOWN],
  ['a parameter that is not declared', { Ref: 'Nobody' }, UNKNOWN],
  ['a pseudo parameter', { Ref: 'AWS::Region' }, UNKNOWN],
  ['no value', { Ref: 'AWS::NoValue' }, null],
  ['a reference to nothing', { Ref: 7 }, UNKNOWN],
  ['a mapping', { 'Fn::FindInMap': ['Hours', 'prod', 'hour'] }, 5],
  ['a mapping by a mapping', { 'Fn::FindInMap': ['Hours', { 'Fn::FindInMap': ['Names', 'city', 'it'] }, 'hour'] }, 6],
  ['a mapping with a list', { 'Fn::FindInMap': ['Hours', 'prod', 'list'] }, ['a', 'b']],
  ['a mapping that is not there', { 'Fn::FindInMap': ['Nobody', 'prod', 'hour'] }, UNKNOWN],
  ['a key that a mapping has not', { 'Fn::FindInMap': ['Hours', 'dev', 'hour'] }, UNKNOWN],
  ['a mapping by an open key', { 'Fn::FindInMap': ['Hours', { Ref: 'Open' }, 'hour'] }, UNKNOWN],
  ['a mapping without keys', { 'Fn::FindInMap': 'Hours' }, UNKNOWN],
  ['a joined text', { 'Fn::Join': ['', ['cron(0 ', { Ref: 'Hour' }, ' * * ? *)']] }, 'cron(0 4 * * ? *)'],
  ['a joined text with an open part', { 'Fn::Join': ['', ['cron(0 ', { Ref: 'Open' }, ')']] }, UNKNOWN],
  ['a join of nothing', { 'Fn::Join': 'a' }, UNKNOWN],
  ['a substitution', { 'Fn::Sub': 'cron(0 ${Hour} * * ? *)' }, 'cron(0 4 * * ? *)'],
  ['a substitution with variables', { 'Fn::Sub': ['${Hour} ${Own}', { Own: { Ref: 'Zone' } }] }, '4 Europe/Berlin'],
  ['a substitution with an open part', { 'Fn::Sub': '${Open}' }, UNKNOWN],
  ['a substitution by an attribute', { 'Fn::Sub': '${Window.Id}' }, UNKNOWN],
  ['a literal in a substitution', { 'Fn::Sub': '${!Hour}' }, '${Hour}'],
  ['a substitution of nothing', { 'Fn::Sub': [1] }, UNKNOWN],
  ['a choice', { 'Fn::If': ['IsProd', 'a', 'b'] }, UNKNOWN],
  ['an attribute', { 'Fn::GetAtt': ['A', 'B'] }, UNKNOWN],
  ['a map', { a: 1, b: 2 }, UNKNOWN],
  ['a dynamic reference', '{{resolve:ssm:/patching/cron}}', UNKNOWN],
])('%s', (_, value, expected) => {
  expect(valueOf(TEMPLATE, value)).toEqual(expected);
});

test('what is missing is nothing', () => {
  expect(valueOf({}, undefined)).toBeNull();
});

test('a default that is a dynamic reference is known only at deployment', () => {
  expect(valueOf({ Parameters: { A: { Default: '{{resolve:ssm:/a}}' } } }, { Ref: 'A' })).toBe(UNKNOWN);
});

describe('with parameters given', () => {
  test('they count instead of their defaults', () => {
    const template = withParameters(TEMPLATE, { 'Hour': '7', 'Open': 'x', 'AWS::Region': 'eu-central-1' });
    expect([{ Ref: 'Hour' }, { Ref: 'Open' }, { Ref: 'AWS::Region' }, { Ref: 'Zone' }].map(value => valueOf(template, value)))
      .toEqual(['7', 'x', 'eu-central-1', 'Europe/Berlin']);
  });

  test('an unknown one has no default any more', () => {
    expect(valueOf(withParameters(TEMPLATE, { Hour: UNKNOWN }), { Ref: 'Hour' })).toBe(UNKNOWN);
  });

  test('a name of Parameter Store stays a name', () => {
    expect(valueOf(withParameters(TEMPLATE, { Stored: '/other' }), { Ref: 'Stored' })).toBe(UNKNOWN);
  });

  test('a template without parameters has them', () => {
    expect(valueOf(withParameters({}, { A: 1 }), { Ref: 'A' })).toBe(1);
  });
});
