import { DOCUMENT_ARN, DOCUMENT_NAME, SHA_256 } from '../../src/rules/document';
import { Findings } from '../../src/rules/findings';
import type { PatternRule } from '../../src/rules/findings';
import { canBeJson } from '../../src/rules/json-text';
import { NAME } from '../../src/rules/names';
import { PartialText } from '../../src/rules/partial-text';
import { ROLE_ARN } from '../../src/rules/role';
import { fromTemplate } from '../../src/rules/template-value';
import { UNKNOWN } from '../../src/rules/value';

/** With values between that may be anything. */
function textOf(literals: readonly string[]): PartialText {
  return new PartialText(literals, literals.slice(1).map(() => undefined));
}

function messages(check: (findings: Findings) => void): string[] {
  const findings = new Findings();
  check(findings);
  return findings.all.map(({ message }) => message);
}

test.each<[string, PatternRule, string[]]>([
  ['a name', NAME, ['web-', '.nightly']],
  ['a name of the longest parts', NAME, ['a'.repeat(64), 'b'.repeat(64)]],
  ['the name of a document', DOCUMENT_NAME, ['AWS-', '']],
  ['a hash', SHA_256, ['', 'abcdef']],
  ['an ARN that begins with a token', ROLE_ARN, ['', ':role/web']],
  ['the beginning of an ARN', ROLE_ARN, ['ar', '']],
  ['the ARN of a role', ROLE_ARN, ['arn:aws:iam::', '']],
  ['the ARN of a document', DOCUMENT_ARN, ['arn:aws:ssm:eu-central-1:123456789012:document/', '']],
])('%s can match', (_name, rule, literals) => {
  expect(messages((findings) => findings.pattern('P', textOf(literals), rule))).toEqual([]);
});

test.each<[string, PatternRule, string[], string]>([
  ['a character that no name has', NAME, ['', ' nightly'], '<known at deployment> nightly'],
  ['parts that are too long for a name', NAME, ['a'.repeat(64), 'b'.repeat(65)], `${'a'.repeat(64)}<known at deployment>${'b'.repeat(14)}`],
  ['a letter that no hash has', SHA_256, ['x', ''], 'x<known at deployment>'],
  ['an ARN of another service', ROLE_ARN, ['arn:aws:sts::', ''], 'arn:aws:sts::<known at deployment>'],
  ['an ARN of another resource', ROLE_ARN, ['arn:aws:iam::123456789012:user/', ''], 'arn:aws:iam::123456789012:user/<known at deployment>'],
  ['what begins like no ARN', ROLE_ARN, ['role/', ''], 'role/<known at deployment>'],
])('fails with %s', (_name, rule, literals, shown) => {
  const [message] = messages((findings) => findings.pattern('P', textOf(literals), rule));

  expect(message).toContain(`'P' must ${rule.rule}, got "${shown}`);
});

test('a length counts what is literal', () => {
  const bounds = { min: 10, max: 100 };

  expect(messages((findings) => findings.length('P', textOf(['a'.repeat(50), 'b'.repeat(50)]), bounds))).toEqual([]);
  expect(messages((findings) => findings.length('P', textOf(['a'.repeat(50), 'b'.repeat(51)]), bounds))).toEqual([
    `'P' must be at most 100 characters long, got at least 101 characters: "${'a'.repeat(50)}<known at deployment>${'b'.repeat(28)}…`,
  ]);
});

test.each<[string, string[], 'yes' | 'perhaps' | 'no']>([
  ['a text in quotes', ['{"region": "', '"}'], 'yes'],
  ['a number', ['{"count": ', '}'], 'yes'],
  ['a key', ['{', ': 1}'], 'yes'],
  ['a member', ['{"a": 1, ', '}'].map((part) => part.replace(', ', ',')), 'yes'],
  ['a list of nothing known', ['[', ']'], 'yes'],
  ['a key without quotes', ['{id: "', '"}'], 'no'],
  ['a quote that is missing', ['{"id: "', '"}'], 'perhaps'],
  ['an escaped quote', ['{"id": "\\"', '"}'], 'yes'],
  ['what a pseudo parameter may complete', ['{"id": {{TARGET_ID}}, "b": "', '"}'], 'perhaps'],
])('%s beside a token is JSON: %s', (_name, literals, expected) => {
  expect(canBeJson(textOf(literals))).toBe(expected);
});

test.each<[string, object, unknown]>([
  ['Fn::Join', { 'Fn::Join': ['', ['a', { Ref: 'AWS::Region' }, 'b', 1]] }, new PartialText(['a', 'b1'], ['AWS::Region'])],
  ['Fn::Join with a separator', { 'Fn::Join': ['-', ['a', { 'Fn::GetAtt': ['R', 'Arn'] }]] }, new PartialText(['a-', ''], [undefined])],
  ['Fn::Join of literals', { 'Fn::Join': ['', ['a', 'b']] }, 'ab'],
  ['Fn::Join of a list that is not known', { 'Fn::Join': ['', { Ref: 'List' }] }, UNKNOWN],
  ['Fn::Sub', { 'Fn::Sub': 'a${AWS::Region}b${!Literal}' }, new PartialText(['a', 'b${Literal}'], ['AWS::Region'])],
  ['Fn::Sub with values', { 'Fn::Sub': ['${A}-${B}', { A: 'a', B: { Ref: 'C' } }] }, new PartialText(['a-', ''], ['C'])],
  ['Ref', { Ref: 'Name' }, UNKNOWN],
])('of %s is known what is literal', (_name, value, expected) => {
  expect(fromTemplate(value)).toEqual(expected);
});
