import { FakeIo } from './fake-io';
import { main } from '../../src/cli/main';

const run = async (...args: string[]) => {
  const io = new FakeIo();
  return { code: await main(args, io), io };
};

test.each(['--help', '-h', 'help'])('%s lists the commands', async argument => {
  const { code, io } = await run(argument);
  expect(code).toBe(0);
  expect(io.printed).toMatch(/^Usage: ssm-windows <command> \[options\]\n\nCommands:\n/);
  expect(io.printed).toMatch(/^ {2}import +Write a CDK stack/m);
});

test('without a command the commands are listed, and that is a failure', async () => {
  const { code, io } = await run();
  expect(code).toBe(1);
  expect(io.printed).toContain('Commands:');
});

test('the help of a command is printed', async () => {
  const { code, io } = await run('import', '--help');
  expect(code).toBe(0);
  expect(io.printed).toMatch(/^Usage: ssm-windows import /);
});

test.each([
  [['export'], /^error: unknown command "export", did you mean import/],
  [['toString'], /^error: unknown command "toString"/],
  [['import'], /^error: nothing to import, give files, --window-id or --all$/],
  [['import', '--output'], /^error: Option '-o, --output <value>' argument missing$/],
  [['import', 'gone.yaml'], /^error: cannot read gone\.yaml: no such file or folder$/],
])('%j fails with one line', async (args, line) => {
  const { code, io } = await run(...args);
  expect(code).toBe(1);
  expect(io.reports).toEqual([expect.stringMatching(line)]);
  expect(io.printed).toBe('');
});
