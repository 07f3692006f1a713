import { Construct } from 'constructs';
import { statusAdvice, WINDOW_EVENTS, windowEventPattern } from '../../src/window/window-events';
import { testStack } from '../support/app';

const FILTER = { kind: WINDOW_EVENTS.EXECUTION, windowId: 'mw-0123456789abcdef0' };

test('the detail types are those of the EventBridge reference', () => {
  expect(Object.values(WINDOW_EVENTS).map(({ detailType }) => detailType)).toEqual([
    'Maintenance Window State-change Notification',
    'Maintenance Window Execution State-change Notification',
    'Maintenance Window Task Execution State-change Notification',
    'Maintenance Window Task Target Invocation State-change Notification',
    'Maintenance Window Target Registration Notification',
    'Maintenance Window Task Registration Notification',
  ]);
});

test('a pattern keeps what the caller gives beside what it filters by', () => {
  expect(windowEventPattern(testStack(), { ...FILTER, statuses: ['FAILED'] }, { region: ['eu-central-1'], detail: { other: ['x'] } })).toEqual({
    source: ['aws.ssm'],
    detailType: ['Maintenance Window Execution State-change Notification'],
    region: ['eu-central-1'],
    detail: { 'other': ['x'], 'window-id': ['mw-0123456789abcdef0'], 'status': ['FAILED'] },
  });
});

test('a status may be given where the method does not filter by it', () => {
  expect(windowEventPattern(testStack(), FILTER, { detail: { status: ['SUCCESS'] } }).detail).toEqual({
    'status': ['SUCCESS'], 'window-id': ['mw-0123456789abcdef0'],
  });
});

test('an empty list cannot widen the filter either', () => {
  expect(() => windowEventPattern(new Construct(testStack(), 'Window'), FILTER, { source: [] })).toThrow(new Error(
    '\'eventPattern\' cannot have source, which this method sets, got [], remove it or use another onXxx method (at Stack/Window)'));
});

test('there is no advice without a status', () => {
  expect(statusAdvice(FILTER)).toEqual([]);
  expect(statusAdvice(FILTER, { detail: {} })).toEqual([]);
});
