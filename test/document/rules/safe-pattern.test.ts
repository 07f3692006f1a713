import * as fc from 'fast-check';
import { isSafePattern } from '../../../src/document/rules/safe-pattern';

test.each([
  ['^[a-z]+$'],
  ['^[a-z][a-z0-9-]{1,30}$'],
  ['^ami-[0-9a-f]{8,17}$'],
  ['^[^/]+/[^/]+$'],
  ['^\\d{1,3}$'],
  ['^\\d+\\.\\d+$'],
  ['^s3://[a-z0-9.-]+$'],
  ['^[\\w.@-]*$'],
  ['^$'],
  ['^abc'],
])('the pattern %s is safe', (pattern) => {
  expect(isSafePattern(pattern)).toBe(true);
  expect(() => new RegExp(pattern)).not.toThrow();
});

test.each([
  ['a group', '^(abc)$'],
  ['nested repetition', '^(a+)+$'],
  ['alternatives', '^a|b$'],
  ['no anchor', '[a-z]+$'],
  ['three varying repetitions', '^a*a*a*$'],
  ['an inline flag', '(?i)^abc$'],
  ['a property class', '^\\p{L}+$'],
  ['white space, which dialects define differently', '^\\S+$'],
  ['a range out of order', '^[z-a]$'],
  ['a repetition out of order', '^a{3,1}$'],
  ['a possessive repetition', '^a++$'],
  ['a lazy repetition', '^a+?$'],
  ['nothing to repeat', '^*'],
  ['an open class', '^[abc'],
  ['an open repetition', '^a{1'],
  ['a nested class', '^[[:alpha:]]$'],
  ['nothing at all', ''],
])('a pattern with %s is not safe', (_, pattern) => {
  expect(isSafePattern(pattern)).toBe(false);
});

test('a pattern called safe always compiles', () => {
  const piece = fc.constantFrom('a', 'z', '0', '9', '-', '[', ']', '^', '$', '{', '}', '1', ',', '*', '+', '?', '\\', '\\d', '[a-z]', '.', '{2,3}', '|', '(');
  let safe = 0;
  fc.assert(fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
    const pattern = `^${pieces.join('')}`;
    if (!isSafePattern(pattern)) return;
    safe += 1;
    new RegExp(pattern).test('aaaa');
  }), { numRuns: 5000, seed: 6 });
  expect(safe).toBeGreaterThan(100);
});

test('a pattern called safe does not hang on the longest value that is tried', () => {
  const started = performance.now();
  expect(isSafePattern('^a*a*b$')).toBe(true);
  expect(/^a*a*b$/.test('a'.repeat(4096))).toBe(false);
  expect(performance.now() - started).toBeLessThan(2000);
});
