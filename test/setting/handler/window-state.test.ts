import type { SettingRequest } from '../../../src/setting/handler/decide';
import { decide } from '../../../src/setting/handler/decide';
import { physicalResourceId, subjectText } from '../../../src/setting/handler/registration';
import type { CurrentWindow } from '../../../src/setting/handler/window-state';
import { describeLostState, parseState, wantedState, WINDOW_STATE } from '../../../src/setting/handler/window-state';

const WINDOW: CurrentWindow = { WindowId: 'mw-0123456789abcdef0', Name: 'Nightly', Schedule: 'rate(1 day)', Duration: 2, Cutoff: 0, Enabled: true };
const DISABLED: CurrentWindow = { ...WINDOW, Enabled: false };
const SET: SettingRequest<'disabled'> = { kind: 'set', wanted: 'disabled' };
const CLEAR: SettingRequest<'disabled'> = { kind: 'clear' };
const HEAL: SettingRequest<'disabled'> = { kind: 'heal', wanted: 'disabled' };

describe('disabling a window', () => {
  test.each([
    ['is enabled', WINDOW],
    ['does not say whether it is', { ...WINDOW, Enabled: undefined }],
  ])('sends Enabled and nothing else when it %s', (_, current) => {
    expect(decide(WINDOW_STATE, SET, current)).toEqual({ kind: 'update', change: { Enabled: false } });
  });

  test('does nothing when it is disabled', () => {
    expect(decide(WINDOW_STATE, SET, DISABLED)).toEqual({ kind: 'nothing', because: 'the window is disabled' });
  });

  test('fails when it is gone', () => {
    expect(decide(WINDOW_STATE, SET, undefined)).toEqual({
      kind: 'fail',
      reason: 'the window does not exist, it was deleted outside the stack: remove it from the stack, deploy, and add it again',
    });
  });
});

describe('taking it back', () => {
  test('enables a disabled window, and changes nothing else of it', () => {
    expect(decide(WINDOW_STATE, CLEAR, DISABLED)).toEqual({ kind: 'update', change: { Enabled: true } });
  });

  test.each([
    ['it is enabled', WINDOW, 'the window is enabled'],
    ['it is gone', undefined, 'the window does not exist'],
  ])('does nothing when %s', (_, current, because) => {
    expect(decide(WINDOW_STATE, CLEAR, current)).toEqual({ kind: 'nothing', because });
  });
});

describe('healing', () => {
  test('disables a window that was enabled', () => {
    expect(decide(WINDOW_STATE, HEAL, WINDOW)).toEqual({ kind: 'update', change: { Enabled: false } });
  });

  test.each([
    ['it is disabled', HEAL, DISABLED, 'the window is disabled'],
    ['it is gone', HEAL, undefined, 'the window does not exist'],
    ['nothing is wanted', { kind: 'heal', wanted: undefined } as SettingRequest<'disabled'>, WINDOW, 'the deployment does not disable this window'],
  ])('does nothing when %s', (_, request, current, because) => {
    expect(decide(WINDOW_STATE, request, current)).toEqual({ kind: 'nothing', because });
  });
});

describe('properties of the custom resource', () => {
  test.each([['false'], [false]])('with Enabled %j ask for a disabled window', (Enabled) => {
    expect(parseState({ WindowId: 'mw-1', Enabled, Window: {} })).toEqual({ windowId: 'mw-1', wanted: 'disabled' });
  });

  test.each([
    ['no WindowId', { Enabled: 'false' }],
    ['an empty WindowId', { WindowId: '', Enabled: 'false' }],
    ['no Enabled', { WindowId: 'mw-1' }],
    ['Enabled true', { WindowId: 'mw-1', Enabled: 'true' }],
  ])('give nothing with %s', (_, properties) => {
    expect(parseState(properties)).toBeUndefined();
  });

  test('give an id that no task of the window has', () => {
    expect(physicalResourceId({ windowId: 'mw-1' })).toBe('mw-1/state');
    expect(subjectText({ windowId: 'mw-1' })).toBe('maintenance window mw-1');
  });
});

describe('inputs of the healing rule', () => {
  const input = (disabled: string) => JSON.stringify({ rule: 'R', windowId: '<windowId>', disabled });

  test('say which window is wanted disabled', () => {
    expect(wantedState([input('mw-1')], 'mw-1')).toBe('disabled');
  });

  test('want nothing of another window, nor when there are none', () => {
    expect(wantedState([input('mw-1')], 'mw-2')).toBeUndefined();
    expect(wantedState([JSON.stringify({ rule: 'R', alarms: {} })], 'mw-1')).toBeUndefined();
    expect(wantedState([JSON.stringify({ rule: 'R', alarms: {} })], undefined as any)).toBeUndefined();
    expect(wantedState([], 'mw-1')).toBeUndefined();
  });
});

test.each([
  ['is enabled', WINDOW],
  ['does not exist', undefined],
])('tells that the window %s', (words, found) => {
  expect(describeLostState('disabled', found)).toBe(`the window did not stay disabled, the service reports that it ${words}`);
});
