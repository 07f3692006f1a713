import { editDistance, nearest } from '../../src/rules/nearest';

test.each([
  ['', '', 0],
  ['', 'abc', 3],
  ['abc', '', 3],
  ['abc', 'abc', 0],
  ['abc', 'abd', 1],
  ['abc', 'acb', 1],
  ['kitten', 'sitting', 3],
])('the edit distance of %j and %j is %d', (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
});

test.each([
  ['rebootoption', ['Operation', 'RebootOption'], 'RebootOption'],
  ['Reboot_Option', ['Operation', 'RebootOption'], 'RebootOption'],
  ['RebotOption', ['Operation', 'RebootOption'], 'RebootOption'],
  ['RbotOption', ['Operation', 'RebootOption'], 'RebootOption'],
  ['RtOption', ['Operation', 'RebootOption'], undefined],
  ['instal', ['Scan', 'Install'], 'Install'],
  ['insta', ['Scan', 'Install'], undefined],
  ['can', ['Scan', 'Install'], 'Scan'],
  ['b', ['a', 'c'], undefined],
  ['A', ['a', 'c'], 'a'],
  ['WINDOW_TARSK_ID', ['WINDOW_TARGET_ID', 'WINDOW_TASK_ID'], 'WINDOW_TASK_ID'],
  ['anything', [], undefined],
])('the nearest to %j among %j is %j', (got, candidates, expected) => {
  expect(nearest(got, candidates)).toBe(expected);
});
