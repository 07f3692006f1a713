import { Duration, Fn } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { validationError } from '../../src/common/errors';
import {
  checkCount, checkDate, checkDescription, checkInteger, checkLength, checkName, checkPattern, isKnown, formatValue, wholeNumberOf,
} from '../../src/common/validation';
import { testStack } from '../support/app';
import { later, laterNumber } from '../support/tokens';


describe('validationError', () => {
  test('ends with the path of the construct', () => {
    const error = validationError(new Construct(testStack(), 'Thing'), 'something is wrong');

    expect(error.name).toBe('ValidationError');
    expect(error.message).toBe('something is wrong (at Stack/Thing)');
  });

  test('has no path when there is no construct', () => {
    expect(validationError(undefined, 'something is wrong').message).toBe('something is wrong');
  });
});

describe('formatValue', () => {
  test.each<[unknown, string]>([
    ['text', '"text"'],
    ['"', '"\\""'],
    [1.5, '1.5'],
    [Number.NaN, 'NaN'],
    [true, 'true'],
    [undefined, 'undefined'],
    [['a', 1], '["a",1]'],
    [{ a: 'b' }, '{"a":"b"}'],
    ['x'.repeat(98), `"${'x'.repeat(98)}"`],
    ['x'.repeat(99), `"${'x'.repeat(99)}…`],
  ])('writes %j as %s', (value, text) => {
    expect(formatValue(value)).toBe(text);
  });

  test('does not show the encoding of a token', () => {
    expect(formatValue(later())).toBe('"<known at deployment>"');
    expect(formatValue(`tag:${later()}`)).toBe('"tag:<known at deployment>"');
    expect(formatValue(Fn.split(',', later()))).toBe('["<known at deployment>"]');
  });
});

test.each<[unknown, boolean]>([
  ['', true],
  [0, true],
  [undefined, false],
  [later(), false],
  [laterNumber(), false],
  [Fn.split(',', later()), false],
])('a value is known when it is given and no token, %j', (value, known) => {
  expect(isKnown(value)).toBe(known);
});

describe('checkLength', () => {
  test.each(['ab', 'abcd', '🛠🛠🛠🛠', undefined, later()])('passes %j', (value) => {
    expect(() => checkLength(undefined, 'prop', value, { min: 2, max: 4 })).not.toThrow();
  });

  test.each([
    ['a', '1 characters: "a"'],
    ['abcde', '5 characters: "abcde"'],
    ['', '0 characters: ""'],
  ])('fails when it is %j', (value, got) => {
    expect(() => checkLength(undefined, 'prop', value, { min: 2, max: 4 })).toThrow(new Error(`'prop' must be 2 to 4 characters long, got ${got}`));
  });

  test('speaks of the upper bound only when there is no other', () => {
    expect(() => checkLength(undefined, 'prop', 'abc', { min: 0, max: 2 }))
      .toThrow(new Error('\'prop\' must be at most 2 characters long, got 3 characters: "abc"'));
  });
});

describe('checkPattern', () => {
  const RULE = { pattern: /^x+$/, rule: 'hold only "x"' };

  test.each(['x', 'xx', undefined, later()])('passes %j', (value) => {
    expect(() => checkPattern(undefined, 'prop', value, RULE)).not.toThrow();
  });

  test('fails when it does not match', () => {
    expect(() => checkPattern(new Construct(testStack(), 'Thing'), 'prop', 'y', RULE))
      .toThrow(new Error('\'prop\' must hold only "x", got "y" (at Stack/Thing)'));
  });
});

describe('checkInteger', () => {
  test.each([2, 4, undefined, laterNumber()])('passes %d', (value) => {
    expect(() => checkInteger(undefined, 'prop', value, { min: 2, max: 4 })).not.toThrow();
  });

  test.each([1, 5, 2.5, Number.NaN])('fails when it is %d', (value) => {
    expect(() => checkInteger(undefined, 'prop', value, { min: 2, max: 4 }))
      .toThrow(new Error(`'prop' must be a whole number from 2 to 4, got ${value}`));
  });

  test('may have no upper bound', () => {
    expect(() => checkInteger(undefined, 'prop', Number.MAX_SAFE_INTEGER, { min: 2 })).not.toThrow();
    expect(() => checkInteger(undefined, 'prop', 1, { min: 2 })).toThrow(new Error('\'prop\' must be a whole number 2 or more, got 1'));
  });
});

describe('checkCount', () => {
  test.each([[['a', 'b']], [['a', 'b', 'c', 'd']], [Fn.split(',', later())]])('passes %j', (list) => {
    expect(() => checkCount(undefined, 'prop', list, 'things', { min: 2, max: 4 })).not.toThrow();
  });

  test.each([[['a'], 1], [['a', 'b', 'c', 'd', 'e'], 5]])('fails when it is %j', (list, count) => {
    expect(() => checkCount(undefined, 'prop', list, 'things', { min: 2, max: 4 })).toThrow(new Error(`'prop' must hold from 2 to 4 things, got ${count}`));
  });
});

test('names and descriptions have the bounds of the service', () => {
  expect(() => checkName(undefined, 'name', 'abc')).not.toThrow();
  expect(() => checkName(undefined, 'name', 'ab')).toThrow(new Error(
    '\'name\' must be 3 to 128 characters long and hold only letters, digits, "_", "-" and ".", got "ab"'));
  expect(() => checkDescription(undefined, 'a')).not.toThrow();
  expect(() => checkDescription(undefined, '')).toThrow(new Error('\'description\' must be 1 to 128 characters long, got 0 characters: ""'));
});

describe('wholeNumberOf', () => {
  test.each([
    [Duration.hours(2), 'seconds', 7200],
    [Duration.hours(2), 'hours', 2],
    [Duration.minutes(120), 'hours', 2],
    [Duration.hours(48), 'days', 2],
  ] as const)('is the number of %s in %s', (duration, unit, value) => {
    expect(wholeNumberOf(undefined, 'prop', duration, unit, { min: 1, max: 10_000 })).toBe(value);
  });

  test.each([
    [Duration.seconds(90), 'hours', '1 minute 30 seconds'],
    [Duration.minutes(90), 'hours', '1 hour 30 minutes'],
    [Duration.hours(11), 'hours', '11 hours'],
    [Duration.hours(0), 'hours', '0 hours'],
    [Duration.hours(36), 'days', '1 day 12 hours'],
    [Duration.millis(1500), 'seconds', '1 second 500 millis'],
  ] as const)('fails when it is %s in %s', (duration, unit, got) => {
    expect(() => wholeNumberOf(undefined, 'prop', duration, unit, { min: 1, max: 10 }))
      .toThrow(new Error(`'prop' must be a whole number of ${unit} from 1 to 10, got ${got}`));
  });

  test.each([
    ['seconds', Duration.seconds(laterNumber())],
    ['hours', Duration.hours(laterNumber())],
    ['days', Duration.days(laterNumber())],
  ] as const)('is passed on when it is a token and made in %s', (unit, duration) => {
    expect(testStack().resolve(wholeNumberOf(undefined, 'prop', duration, unit, { min: 1, max: 10 }))).toEqual({ 'Fn::ImportValue': 'Value' });
  });

  test('fails when it is a token and made in another unit', () => {
    expect(() => wholeNumberOf(undefined, 'prop', Duration.minutes(laterNumber()), 'hours', { min: 1, max: 10 })).toThrow(new Error(
      '\'prop\' must be made by Duration.hours() when its value is known only at deployment, got Duration.minutes()'));
  });
});

describe('checkDate', () => {
  test.each([undefined, new Date(0), new Date('0000-01-01T00:00:00Z'), new Date('9999-12-31T23:59:59.999Z')])('passes %s', (date) => {
    expect(() => checkDate(undefined, 'prop', date)).not.toThrow();
  });

  test('fails when it is invalid', () => {
    expect(() => checkDate(undefined, 'prop', new Date(Number.NaN))).toThrow(new Error('\'prop\' must be a valid date, got an invalid Date'));
  });

  test('fails when its year has more than four digits', () => {
    expect(() => checkDate(undefined, 'prop', new Date('+010000-01-01T00:00:00Z')))
      .toThrow(new Error('\'prop\' must have a year of four digits, got +010000-01-01T00:00:00.000Z'));
  });
});
