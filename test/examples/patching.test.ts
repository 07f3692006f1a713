import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import type { App, Stack } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { CONTEXT, definePatching } from '../../examples/patching/patching';
import { summarize } from '../../examples/summary/summary';
import { readTemplates } from '../../examples/summary/templates';
import { templateOf, testApp, warningsOf } from '../support/app';

const ROOT = resolve(__dirname, '..', '..');

let app: App;
let stacks: Record<'windows' | 'followUp', Stack>;
let temporary: string;

beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'patching-'));
  app = testApp({ outdir: join(temporary, 'cdk.out'), context: CONTEXT });
  stacks = definePatching(app);
});

afterEach(() => {
  rmSync(temporary, { recursive: true, force: true });
});

test.each(['windows', 'followUp'] as const)('the stack %s of the example synthesizes what it did before', (name) => {
  expect(templateOf(stacks[name]).toJSON()).toMatchSnapshot();
});

test('the example has no warnings', () => {
  app.synth();

  expect(warningsOf(app)).toEqual([]);
});

test('what cdk-nag finds in the example is acknowledged there', () => {
  expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
});

test('the summary of the example tells its windows, their targets and their tasks by priority', () => {
  // GIVEN
  const { directory } = app.synth();

  // WHEN
  const summary = summarize(readTemplates(directory)).replaceAll(relative(process.cwd(), directory), 'cdk.out');

  // THEN
  expect(summary).toMatchSnapshot();
});

describe('the command that prints the summary', () => {
  function printSummary(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [
      require.resolve('ts-node/dist/bin'), '--transpile-only', '--project', 'examples/tsconfig.json', 'examples/print-summary.ts', ...args,
    ], { cwd: ROOT, encoding: 'utf-8' });
    return { status, stdout, stderr };
  }

  test('prints what a directory holds', () => {
    const { directory } = app.synth();

    expect(printSummary(directory)).toEqual({ status: 0, stdout: expect.stringMatching(/^2 maintenance windows in 2 stacks\n/), stderr: '' });
  });

  test('fails when no directory is given', () => {
    expect(printSummary()).toEqual({
      status: 1,
      stdout: '',
      stderr: 'exactly one argument is needed, the directory of a synthesized app, got 0\n',
    });
  });

  test('fails when nothing was synthesized into the directory', () => {
    expect(printSummary(temporary)).toEqual({
      status: 1,
      stdout: '',
      stderr: `'${temporary}' must be a directory that the CDK has synthesized into, got no file manifest.json in it, synthesize the app first\n`,
    });
  });

  test('fails when a file is not JSON', () => {
    // GIVEN
    const manifest = join(temporary, 'manifest.json');
    writeFileSync(manifest, '{');

    // THEN
    const { status, stdout, stderr } = printSummary(temporary);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^'${manifest}' must be a JSON file that can be read, got .+, synthesize the app again\\n$`));
  });
});
