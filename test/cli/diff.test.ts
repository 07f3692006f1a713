import { ForecastIo, template } from './forecast-io';
import { diffCommand } from '../../src/cli/commands/diff';

const LEFT = '\nNot compared, what the templates say of it is as before:\n  Prod/Open  Schedule is known only at deployment, which depends on P, give --parameter P=VALUE\n';
const SAME = `no window opens at another time from 2027-03-08 to 2028-03-13\n${LEFT}`;
const chosen = (stage: string) => ({
  Parameters: { P: { Type: 'String' } },
  Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, stage] } },
  Resources: { W: { Type: 'AWS::SSM::MaintenanceWindow', Properties: { Schedule: { 'Fn::If': ['C', 'cron(0 4 * * ? *)', 'cron(0 5 * * ? *)'] }, Duration: 3, Cutoff: 0 } } },
});
const TEMPLATES = {
  'if.json': chosen('prod'),
  'other/if.json': chosen('dev'),
  'none.json': { Resources: {} },
  'Prod.json': template('cron(0 4 ? * SUN *)'),
  'new/Prod.json': template('cron(0 5 ? * SUN *)'),
  'before.json': template('cron(0 4 ? * SUN *)'),
};
const MOVED_WORDS = 'Sunday 04:00 → 05:00 Europe/Berlin, first on 2027-03-14';
const MOVED = `Prod/Weekly: ${MOVED_WORDS}\n${LEFT}`;
const CANNOT_TELL = 'if/W: cannot tell: what it depends on is not as before, Schedule is known only at deployment, which depends on P, give --parameter P=VALUE\n';

async function diff(...args: string[]): Promise<[code: number, printed: string]> {
  const io = new ForecastIo(TEMPLATES);
  return [await diffCommand.run([...args, '--from', '2027-03-08'], io), io.printed];
}

test.each<[string[], number, string]>([
  [['Prod.json', 'new/Prod.json'], 0, MOVED],
  [['Prod.json', 'new/Prod.json', '--fail'], 2, MOVED],
  [['before.json', 'new/Prod.json', '--fail'], 2, MOVED],
  [['before.json', 'Prod.json', '--fail'], 0, SAME],
  [['Prod.json', 'Prod.json'], 0, SAME],
  [['Prod.json', 'Prod.json', '--fail'], 0, SAME],
  [['if.json', 'other/if.json'], 0, CANNOT_TELL],
  [['if.json', 'other/if.json', '--fail'], 2, CANNOT_TELL],
  [['if.json', 'other/if.json', '--fail', '--parameter', 'P=prod'], 2, 'if/W: Monday 04:00 → 05:00 UTC, first on 2027-03-08\n'],
  [['if.json', 'if.json', '--fail'], 0, 'nothing could be compared\n\nNot compared, what the templates say of it is as before:\n  if/W  Schedule is known only at deployment, which depends on P, give --parameter P=VALUE\n'],
  [['none.json', 'none.json', '--fail'], 0, 'nothing could be compared, there are no maintenance windows\n'],
])('%j exits with %d', async (args, code, printed) => {
  expect(await diff(...args)).toEqual([code, printed]);
});

test('JSON is printed when asked for', async () => {
  const [code, printed] = await diff('Prod.json', 'new/Prod.json', '--json', '--weeks', '1');
  expect(code).toBe(0);
  expect(JSON.parse(printed)).toEqual({
    from: '2027-03-08T00:00:00.000Z',
    to: '2027-03-15T00:00:00.000Z',
    compared: 1,
    notCompared: [{ path: 'Prod/Open', reason: 'Schedule is known only at deployment, which depends on P, give --parameter P=VALUE' }],
    differences: [{ path: 'Prod/Weekly', change: 'moved', words: MOVED_WORDS, first: '2027-03-14T04:00:00.000Z' }],
  });
});

test('looks over a year ahead', async () => {
  expect(JSON.parse((await diff('Prod.json', 'Prod.json', '--json'))[1]).to).toBe('2028-03-13T00:00:00.000Z');
});

test.each([[[], 0], [['Prod.json'], 1], [['a', 'b', 'c'], 3]])('fails for %j', async (args, count) => {
  await expect(diff(...args)).rejects.toThrow(new Error(`give two folders or templates, the old one first, got ${count}`));
});
