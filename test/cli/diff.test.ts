import { ForecastIo, template } from './forecast-io';
import { diffCommand } from '../../src/cli/commands/diff';

const TEMPLATES = { 'Prod.json': template('cron(0 4 ? * SUN *)'), 'new/Prod.json': template('cron(0 5 ? * SUN *)'), 'before.json': template('cron(0 4 ? * SUN *)') };
const MOVED = 'Prod/Weekly: Sunday 04:00 → 05:00 Europe/Berlin, first on 2027-03-14\n';

async function diff(...args: string[]): Promise<[code: number, printed: string]> {
  const io = new ForecastIo(TEMPLATES);
  return [await diffCommand.run([...args, '--from', '2027-03-08'], io), io.printed];
}

test.each<[string[], number, string]>([
  [['Prod.json', 'new/Prod.json'], 0, MOVED],
  [['Prod.json', 'new/Prod.json', '--fail'], 2, MOVED],
  [['before.json', 'new/Prod.json', '--fail'], 2, MOVED],
  [['before.json', 'Prod.json', '--fail'], 0, 'no window opens at another time\n'],
  [['Prod.json', 'Prod.json'], 0, 'no window opens at another time\n'],
  [['Prod.json', 'Prod.json', '--fail'], 0, 'no window opens at another time\n'],
])('%j exits with %d', async (args, code, printed) => {
  expect(await diff(...args)).toEqual([code, printed]);
});

test('JSON is printed when asked for', async () => {
  const [code, printed] = await diff('Prod.json', 'new/Prod.json', '--json', '--weeks', '1');
  expect(code).toBe(0);
  expect(JSON.parse(printed)).toEqual({
    from: '2027-03-08T00:00:00.000Z',
    to: '2027-03-15T00:00:00.000Z',
    differences: [{ path: 'Prod/Weekly', change: 'moved', words: MOVED.slice('Prod/Weekly: '.length, -1), first: '2027-03-14T04:00:00.000Z' }],
  });
});

test('looks over a year ahead', async () => {
  expect(JSON.parse((await diff('Prod.json', 'Prod.json', '--json'))[1]).to).toBe('2028-03-13T00:00:00.000Z');
});

test.each([[[], 0], [['Prod.json'], 1], [['a', 'b', 'c'], 3]])('fails for %j', async (args, count) => {
  await expect(diff(...args)).rejects.toThrow(new Error(`give two folders or templates, the old one first, got ${count}`));
});
