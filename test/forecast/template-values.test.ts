import { UNKNOWN } from '../../src/forecast/intrinsic-functions';
import { decisionOf, valueOf, withParameters } from '../../src/forecast/template-values';
import type { JsonObject } from '../../src/importer/json';

const TEMPLATE: JsonObject = {
  Parameters: {
    Hour: { Type: 'Number', Default: 4 },
    Zone: { Type: 'String', Default: 'Europe/Berlin' },
    Open: { Type: 'String' },
    Days: { Type: 'CommaDelimitedList', Default: 'MON, TUE' },
    Stored: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/patching/hour' },
  },
  Conditions: {
    Yes: { 'Fn::Equals': [{ Ref: 'Hour' }, '4'] },
    No: { 'Fn::Not': [{ Condition: 'Yes' }] },
    Open: { 'Fn::Equals': [{ Ref: 'Open' }, 'x'] },
    A: { 'Fn::Not': [{ Condition: 'B' }] },
    B: { 'Fn::And': [{ Condition: 'A' }, { Condition: 'Open' }] },
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
  ['a list without what has no value', ['a', { Ref: 'AWS::NoValue' }], ['a']],
  ['a parameter that is a list', { Ref: 'Days' }, ['MON', 'TUE']],
  ['a parameter called as a member of every object', { Ref: 'constructor' }, UNKNOWN],
  ['a mapping called as a member of every object', { 'Fn::FindInMap': ['constructor', 'name', 'length'] }, UNKNOWN],
  ['a key called as a member of every object', { 'Fn::FindInMap': ['Hours', '__proto__', 'hasOwnProperty'] }, UNKNOWN],
  ['a mapping with too few keys', { 'Fn::FindInMap': ['Hours', 'prod'] }, UNKNOWN],
  ['a default for a key that a mapping has not', { 'Fn::FindInMap': ['Hours', 'dev', 'hour', { DefaultValue: { Ref: 'Hour' } }] }, 4],
  ['a joined parameter', { 'Fn::Join': ['-', { Ref: 'Days' }] }, 'MON-TUE'],
  ['a choice of what holds', { 'Fn::If': ['Yes', { Ref: 'Hour' }, 'b'] }, 4],
  ['a choice of what does not hold', { 'Fn::If': ['No', 'a', { Ref: 'Zone' }] }, 'Europe/Berlin'],
  ['a choice of nothing', { 'Fn::If': ['No', 'a', { Ref: 'AWS::NoValue' }] }, null],
  ['an open choice', { 'Fn::If': ['Open', 'a', 'b'] }, UNKNOWN],
  ['an open choice between equals', { 'Fn::If': ['Open', 4, { Ref: 'Hour' }] }, 4],
  ['a choice under a condition that is not there', { 'Fn::If': ['Nobody', 'a', 'b'] }, UNKNOWN],
  ['a choice under a condition that depends on itself', { 'Fn::If': ['A', 'a', 'b'] }, UNKNOWN],
  ['a choice without branches', { 'Fn::If': 'Yes' }, UNKNOWN],
  ['an element', { 'Fn::Select': [1, ['a', 'b']] }, 'b'],
  ['an element beside an open one', { 'Fn::Select': ['0', ['a', { Ref: 'Open' }]] }, 'a'],
  ['an open element', { 'Fn::Select': [1, ['a', { Ref: 'Open' }]] }, UNKNOWN],
  ['an element that is not there', { 'Fn::Select': [2, ['a', 'b']] }, UNKNOWN],
  ['an element of no list', { 'Fn::Select': [0, 'a'] }, UNKNOWN],
  ['an element of nothing', { 'Fn::Select': 'a' }, UNKNOWN],
  ['an element at no number', { 'Fn::Select': ['a', ['a']] }, UNKNOWN],
  ['an element of a split text', { 'Fn::Select': [1, { 'Fn::Split': ['/', { Ref: 'Zone' }] }] }, 'Berlin'],
  ['a split open text', { 'Fn::Split': ['/', { Ref: 'Open' }] }, UNKNOWN],
  ['a split without a separator', { 'Fn::Split': ['', 'a'] }, UNKNOWN],
  ['a split of nothing', { 'Fn::Split': '/' }, UNKNOWN],
  ['an empty map', {}, UNKNOWN],
  ['an attribute', { 'Fn::GetAtt': ['A', 'B'] }, UNKNOWN],
  ['a map', { a: 1, b: 2 }, UNKNOWN],
  ['a dynamic reference in a substitution', { 'Fn::Sub': 'cron(0 {{resolve:ssm:/${Zone}}} * * ? *)' }, UNKNOWN],
  ['a dynamic reference of parts', { 'Fn::Join': ['', ['{{res', 'olve:ssm:/a}}']] }, UNKNOWN],
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

describe('a condition', () => {
  const OPEN = { 'Fn::Equals': [{ Ref: 'Open' }, 'x'] };
  const [YES, NO] = [{ 'Fn::Equals': [1, 1] }, { 'Fn::Equals': [1, 2] }];
  const decide = (expression: JsonObject[string]) => decisionOf({ ...TEMPLATE, Conditions: { ...TEMPLATE.Conditions as JsonObject, It: expression } }, 'It');

  test.each<[string, JsonObject[string], boolean]>([
    ['equal texts', { 'Fn::Equals': ['a', 'a'] }, true],
    ['texts in other letters', { 'Fn::Equals': ['a', 'A'] }, false],
    ['a number and its text', { 'Fn::Equals': [{ Ref: 'Hour' }, '4'] }, true],
    ['equal lists', { 'Fn::Equals': [{ Ref: 'Days' }, ['MON', 'TUE']] }, true],
    ['all', { 'Fn::And': [YES, YES] }, true],
    ['not all', { 'Fn::And': [YES, NO] }, false],
    ['not all, whatever the other is', { 'Fn::And': [OPEN, NO] }, false],
    ['any', { 'Fn::Or': [NO, YES] }, true],
    ['any, whatever the other is', { 'Fn::Or': [OPEN, YES] }, true],
    ['not any', { 'Fn::Or': [NO, NO] }, false],
    ['the opposite', { 'Fn::Not': [NO] }, true],
    ['another one', { Condition: 'No' }, false],
    ['another one twice', { 'Fn::Or': [{ Condition: 'No' }, { Condition: 'No' }] }, false],
  ])('of %s is decided', (_, expression, holds) => {
    expect(decide(expression)).toEqual({ holds });
  });

  const GIVE_OPEN = 'depends on Open, give --parameter Open=VALUE';
  test.each<[string, JsonObject[string], string]>([
    ['an open operand', OPEN, GIVE_OPEN],
    ['all of open ones', { 'Fn::And': [OPEN, YES] }, GIVE_OPEN],
    ['any of open ones', { 'Fn::Or': [OPEN, NO] }, GIVE_OPEN],
    ['the opposite of an open one', { 'Fn::Not': [OPEN] }, GIVE_OPEN],
    ['the region', { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-central-1'] }, 'depends on AWS::Region, give --region'],
    ['the account', { 'Fn::Equals': [{ Ref: 'AWS::AccountId' }, '1'] }, 'depends on AWS::AccountId'],
    ['a parameter of Parameter Store', { 'Fn::Equals': [{ Ref: 'Stored' }, '1'] }, 'depends on Stored'],
    ['an attribute', { 'Fn::Equals': [{ 'Fn::GetAtt': ['A', 'B'] }, '1'] }, 'depends on Fn::GetAtt'],
    ['a dynamic reference', { 'Fn::Equals': ['{{resolve:ssm:/a}}', '1'] }, 'depends on a dynamic reference'],
    ['one that depends on itself', { Condition: 'It' }, 'depends on It, which depends on itself'],
    ['two that depend on each other', { Condition: 'A' }, 'depends on A, which depends on itself'],
    ['one that is not there', { Condition: 'hasOwnProperty' }, 'is not declared by the template'],
    ['nothing', 'text', 'is known only at deployment'],
    ['two functions', { ...YES, 'Fn::Not': [NO] }, 'is known only at deployment'],
    ['an unknown function', { 'Fn::Xor': [YES, NO] }, 'is known only at deployment'],
    ['too few operands', { 'Fn::Equals': ['a'] }, 'is known only at deployment'],
    ['the opposite of two', { 'Fn::Not': [YES, NO] }, 'is known only at deployment'],
    ['no operand', { 'Fn::And': [] }, 'is known only at deployment'],
    ['no list', { 'Fn::Or': 'a' }, 'is known only at deployment'],
    ['a reference to no name', { Condition: 7 }, 'is known only at deployment'],
  ])('of %s is not', (_, expression, undecided) => {
    expect(decide(expression)).toEqual({ undecided });
  });

  test.each(['constructor', 'hasOwnProperty', '__proto__'])('may be called %s', name => {
    const template = JSON.parse(`{ "Conditions": { "${name}": { "Fn::Equals": [{ "Ref": "${name}" }, "a"] } }, "Parameters": { "${name}": { "Type": "String" } } }`) as JsonObject;
    expect(decisionOf(template, name)).toEqual({ undecided: `depends on ${name}, give --parameter ${name}=VALUE` });
    expect(decisionOf(withParameters(template, [[name, 'a']]), name)).toEqual({ holds: true });
  });

  test('of ten thousand in a row is decided or refused, and never overflows', () => {
    const conditions = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`C${i}`, i === 0 ? YES : { Condition: `C${i - 1}` }]));
    expect(decisionOf({ Conditions: conditions }, 'C100')).toEqual({ holds: true });
    expect(decisionOf({ Conditions: conditions }, 'C9999')).toEqual({ undecided: 'depends on more than 200 values in one another' });
    const deep = Object.fromEntries(Array.from({ length: 150 }, (_, i) => [`C${i}`, Array.from({ length: 90 }).reduce<JsonObject>(inner => ({ 'Fn::Not': [inner] }), { Condition: `C${i + 1}` })]));
    expect(decisionOf({ Conditions: deep }, 'C0')).toEqual({ undecided: 'depends on more than 200 values in one another' });
  });
});

describe('with parameters given', () => {
  test('they count instead of their defaults', () => {
    const template = withParameters(TEMPLATE, Object.entries({ 'Hour': '7', 'Open': 'x', 'AWS::Region': 'eu-central-1' }));
    expect([{ Ref: 'Hour' }, { Ref: 'Open' }, { Ref: 'AWS::Region' }, { Ref: 'Zone' }].map(value => valueOf(template, value)))
      .toEqual(['7', 'x', 'eu-central-1', 'Europe/Berlin']);
  });

  test('an unknown one has no default any more', () => {
    expect(valueOf(withParameters(TEMPLATE, Object.entries({ Hour: UNKNOWN })), { Ref: 'Hour' })).toBe(UNKNOWN);
  });

  test('a name of Parameter Store stays a name', () => {
    expect(valueOf(withParameters(TEMPLATE, Object.entries({ Stored: '/other' })), { Ref: 'Stored' })).toBe(UNKNOWN);
  });

  test('a template without parameters has them', () => {
    expect(valueOf(withParameters({}, Object.entries({ A: 1 })), { Ref: 'A' })).toBe(1);
  });
});
