import { Aws, Fn, Lazy, ScopedAws } from 'aws-cdk-lib';
import { knownText, literalParts, resolvedText } from '../../src/common/text';
import { arnParts } from '../../src/rules/arn';
import { PartialText } from '../../src/rules/partial-text';
import { UNKNOWN } from '../../src/rules/value';
import { testStack } from '../support/app';

const stack = testStack();

test.each<[string, string, unknown]>([
  ['a literal', 'nightly', 'nightly'],
  ['an empty text', '', ''],
  ['a token', Aws.REGION, UNKNOWN],
  ['two tokens', `${Aws.REGION}${Aws.ACCOUNT_ID}`, UNKNOWN],
  ['a text behind a token', `${Aws.REGION} nightly`, new PartialText(['', ' nightly'], ['AWS::Region'])],
  ['a text around tokens', `a${Fn.importValue('b')}c${new ScopedAws(stack).accountId}d`, new PartialText(['a', 'c', 'd'], [undefined, 'AWS::AccountId'])],
])('of %s is known what is literal', (_name, text, known) => {
  expect(knownText(text, stack)).toEqual(known);
});

test('a token that CDK resolves is known at the end of synthesis', () => {
  const text = `${Lazy.string({ produce: () => 'web' })}-${Aws.REGION}`;

  expect(knownText(text)).toEqual(new PartialText(['', '-', ''], [undefined, undefined]));
  expect(resolvedText(stack, text)).toEqual(new PartialText(['web-', ''], ['AWS::Region']));
});

test('a pseudo parameter holds no colon, another token may', () => {
  const arn = (account: string) => knownText(`arn:${Aws.PARTITION}:iam::${account}:role/web:x`, stack);

  expect(arnParts(arn(Aws.ACCOUNT_ID))).toEqual({ service: 'iam', region: '', resource: 'role/web:x' });
  expect(arnParts(arn(Fn.importValue('Account')))).toEqual({ service: 'iam', region: '' });
  expect(arnParts(knownText(`${Fn.importValue('Arn')}:x`, stack))).toBeUndefined();
});

test.each<[string, string, string[]]>([
  ['a text', 'text', ['text']],
  ['a text around tokens', `a${Aws.REGION}b${Aws.PARTITION}c`, ['a', 'b', 'c']],
  ['a text that is known only at deployment', Fn.importValue('Value'), []],
  ['a text that becomes known', Lazy.string({ produce: () => 'late' }), ['late']],
])('the literal parts of %s', (_, text, parts) => {
  expect(literalParts(stack, text)).toEqual(parts);
});

test('a dynamic reference is known only at deployment', () => {
  expect(knownText('{{resolve:ssm:/zone}}')).toBe(UNKNOWN);
  expect(knownText('rate({{resolve:ssm:/days}} days)')).toEqual(new PartialText(['rate(', ' days)'], [undefined]));
});
