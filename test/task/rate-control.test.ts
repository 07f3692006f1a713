import { Fn } from 'aws-cdk-lib';
import { RateControl } from '../../src';
import { testStack } from '../support/app';
import { laterNumber } from '../support/tokens';

const LATER = { 'Fn::ImportValue': 'Value' };

test.each([0, 1, 50, 9_999_999])('counts %d targets', (count) => {
  expect(RateControl.count(count).expression).toBe(`${count}`);
});

test.each([
  [-1, '-1'],
  [10_000_000, '10000000'],
  [1.5, '1.5'],
  [Number.NaN, 'NaN'],
  [Number.POSITIVE_INFINITY, 'Infinity'],
])('fails when the count is %d', (count, got) => {
  expect(() => RateControl.count(count)).toThrow(new Error(`'count' must be a whole number from 0 to 9999999, got ${got}`));
});

test.each([0, 1, 9, 10, 99, 100])('takes %d percent of the targets', (percentage) => {
  expect(RateControl.percentage(percentage).expression).toBe(`${percentage}%`);
});

test.each([[-1, '-1'], [101, '101'], [0.5, '0.5']])('fails when the percentage is %d', (percentage, got) => {
  expect(() => RateControl.percentage(percentage)).toThrow(new Error(`'percentage' must be a whole number from 0 to 100, got ${got}`));
});

test.each(['0', '1', '10', '9999999', '0%', '9%', '10%', '99%', '100%'])('takes the expression %s', (expression) => {
  expect(RateControl.of(expression).expression).toBe(expression);
});

test.each(['', '-1', '01', '00%', '01%', '101%', '1.5%', '10000000', '10 %', 'ten', '%'])('fails when the expression is %j', (expression) => {
  expect(() => RateControl.of(expression)).toThrow(new Error(
    `'RateControl.of(expression)' must be a whole number of at most 7 digits such as "10", or a percentage from "0%" to "100%", got "${expression}"`));
});

test('values that are tokens pass', () => {
  const stack = testStack();

  expect(stack.resolve(RateControl.count(laterNumber()).expression)).toEqual(LATER);
  expect(stack.resolve(RateControl.percentage(laterNumber()).expression)).toEqual({ 'Fn::Join': ['', [LATER, '%']] });
  expect(stack.resolve(RateControl.of(Fn.importValue('Value')).expression)).toEqual(LATER);
});
