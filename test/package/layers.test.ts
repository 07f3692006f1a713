import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { ROOT } from './project';

interface Message {
  readonly ruleId: string;
  readonly message: string;
}

/** A tree with the layers of the library, so that a rule is tried before the first file that could break it is there. */
const TREE = mkdtempSync(join(realpathSync(tmpdir()), 'layers-'));

const TARGETS = [
  'src/window/maintenance-window.ts', 'src/task/maintenance-window-task.ts', 'src/task/rate-control.ts', 'src/task/lambda-task.ts', 'src/common/errors.ts',
  'src/document/rules/catalogue.ts', 'src/schedule/engine/grammar.ts', 'src/schedule/preview.ts', 'src/importer/model.ts', 'src/importer/write/code.ts',
  'src/setting/handler/task-alarm.ts', 'src/cli/io.ts', 'src/cli/commands/diff.ts', 'src/target/task-targets.ts', 'src/timeline/timeline.ts',
];

const FORBIDDEN: [file: string, statement: string, message: string][] = [
  ['src/schedule/engine/a.ts', "import { it } from '../../common/errors';", 'it is pure'],
  ['src/schedule/engine/b.ts', "import { it } from '../preview';", 'it is pure'],
  ['src/schedule/engine/c.ts', "import { Token as it } from 'aws-cdk-lib/core';", 'src/schedule/engine may not use aws-cdk-lib or constructs'],
  ['src/schedule/engine/d.ts', "import type { Construct as it } from 'constructs';", 'src/schedule/engine may not use aws-cdk-lib or constructs'],
  ['src/schedule/engine/e.ts', "import { Cron as it } from 'croner';", 'src/schedule/engine may not use this package'],
  ['src/schedule/a.ts', "import type { it } from '../window/maintenance-window';", 'a schedule does not know its window'],
  ['src/schedule/b.ts', "import { readFileSync as it } from 'node:fs';", 'src/schedule may not use this package'],
  ['src/common/a.ts', "import type { it } from '../window/maintenance-window';", 'every construct uses it'],
  ['src/common/b.ts', "import { it } from '../cli/io';", 'every construct uses it'],
  ['src/target/a.ts', "import type { it } from '../window/maintenance-window';", 'a target knows its window by reference only'],
  ['src/target/b.ts', "import { it } from '../task/rate-control';", 'a target knows its window by reference only'],
  ['src/alarm/a.ts', "import type { it } from '../task/maintenance-window-task';", 'an alarm knows its task and window by reference only'],
  ['src/alarm/b.ts', "import { it } from '../setting/handler/task-alarm';", 'an alarm knows its task and window by reference only'],
  ['src/task/a.ts', "import type { it } from '../window/maintenance-window';", 'a task knows its window by reference only'],
  ['src/task/run-command-task.ts', "import { it } from './lambda-task';", 'the kinds of tasks do not know each other'],
  ['src/task/automation-task.ts', "import { it } from './maintenance-window-task';", 'the kinds of tasks do not know each other'],
  ['src/window/a.ts', "import { it } from '../importer/model';", 'a window is the sum of schedule, targets and tasks'],
  ['src/window/b.ts', "import { SSMClient as it } from '@aws-sdk/client-ssm';", 'src/window may not use this package'],
  ['src/document/rules/a.ts', "import { it } from '../../common/errors';", 'it is pure'],
  ['src/importer/a.ts', "import { Stack as it } from 'aws-cdk-lib/core';", 'src/importer may not use aws-cdk-lib or constructs'],
  ['src/importer/b.ts', "import { it } from '../window/maintenance-window';", 'the importer knows the API by name only'],
  ['src/importer/c.ts', "import { it } from './write/code';", 'the importer knows the API by name only'],
  ['src/importer/check/a.ts', "import { it } from '../write/code';", 'the importer knows the API by name only'],
  ['src/importer/check/b.ts', "import { it } from '../../common/errors';", 'the importer knows the API by name only'],
  ['src/importer/read/a.ts', "import { it } from '../../cli/io';", 'the importer knows the API by name only'],
  ['src/setting/handler/a.ts', "import { Stack as it } from 'aws-cdk-lib/core';", 'src/setting/handler may not use aws-cdk-lib or constructs'],
  ['src/setting/handler/b.ts', "import { it } from '../../common/errors';", 'it runs without constructs'],
  ['src/setting/handler/c.ts', "import { SSMClient as it } from '@aws-sdk/client-ssm';", 'src/setting/handler may not use this package'],
  ['src/cli/a.ts', "import { it } from '../window/maintenance-window';", 'it reads arguments and prints'],
  ['src/cli/commands/a.ts', "import { it } from '../../window/maintenance-window';", 'it reads arguments and prints'],
  ['src/cli/b.ts', "import { SSMClient as it } from '@aws-sdk/client-ssm';", 'src/cli may not use this package'],
  ['src/a.ts', "import { it } from './importer/model';", 'the index exports constructs and their values only'],
  ['src/b.ts', "import { it } from './cli/io';", 'the index exports constructs and their values only'],
  ['src/window/c.ts', "import { it } from '../a-public-index';", 'a window is the sum of schedule, targets and tasks'],
  ['src/window/d.ts', "import { Stack as it } from 'aws-cdk-lib/core/lib/stack';", 'internals of aws-cdk-lib change without notice'],
];

const ALLOWED: [file: string, statement: string][] = [
  ['src/schedule/engine/f.ts', "import { it } from './grammar';"],
  ['src/schedule/c.ts', "import { it } from './engine/grammar';"],
  ['src/common/c.ts', "import { it } from './errors';"],
  ['src/document/a.ts', "import { it } from './rules/catalogue';"],
  ['src/task/b.ts', "import type { it } from '../target/task-targets';"],
  ['src/window/e.ts', "import { it } from '../task/maintenance-window-task';"],
  ['src/window/f.ts', "import { propertyInjectable as it } from 'aws-cdk-lib/core/lib/prop-injectable';"],
  ['src/importer/check/c.ts', "import { it } from '../../schedule/engine/grammar';"],
  ['src/importer/write/a.ts', "import { it } from '../model';"],
  ['src/setting/handler/calls.ts', "import { SSMClient as it } from '@aws-sdk/client-ssm';"],
  ['src/setting/handler/f.ts', "import type { SSMClient as it } from '@aws-sdk/client-ssm';"],
  ['src/cli/c.ts', "import { it } from './commands/diff';"],
  ['src/cli/commands/b.ts', "import { it } from '../io';"],
  ['src/cli/ssm-source.ts', "import { SSMClient as it } from '@aws-sdk/client-ssm';"],
  ['src/a-public-index.ts', "export { it } from './window/maintenance-window';\nimport { it } from './window/maintenance-window';"],
];

const OTHER: [file: string, code: string, message: string][] = [
  ['src/overload.ts', 'export class A {\n  public a(b: string): void;\n  public a(b: number): void;\n  public a(b: any): void { void b; }\n}', 'jsii keeps only the first overload'],
  ['src/catch.ts', 'export function a(): void {\n  try { void 0; } catch { void 0; }\n}', 'constructs never catch'],
  ['src/console.ts', "export function a(): void { console.log('a'); }", 'Unexpected console statement'],
  ['src/long.ts', 'export const a = 1;\n'.repeat(400), 'File has too many lines (401). Maximum allowed is 400'],
];

function write(file: string, text: string): void {
  mkdirSync(dirname(join(TREE, file)), { recursive: true });
  writeFileSync(join(TREE, file), text);
}

const found = new Map<string, Message[]>();

beforeAll(() => {
  for (const name of ['.eslintrc.json', 'tsconfig.json', 'package.json']) { cpSync(join(ROOT, name), join(TREE, name)); }
  symlinkSync(join(ROOT, 'node_modules'), join(TREE, 'node_modules'), 'junction');
  for (const file of TARGETS) { write(file, 'export const it = 1;\n'); }
  for (const [file, statement] of [...FORBIDDEN, ...ALLOWED]) { write(file, `${statement}\nexport type Use = typeof it;\n`); }
  for (const [file, code] of OTHER) { write(file, `${code}\n`); }
  const eslint = spawnSync(process.execPath, [join(ROOT, 'node_modules', 'eslint', 'bin', 'eslint.js'), '--ext', '.ts', '--format', 'json', 'src'], {
    cwd: TREE,
    encoding: 'utf-8',
    env: { ...process.env, ESLINT_USE_FLAT_CONFIG: 'false', NODE_NO_WARNINGS: '1' },
  });
  for (const result of JSON.parse(eslint.stdout) as { filePath: string; messages: Message[] }[]) {
    found.set(relative(TREE, result.filePath).split(sep).join('/'), result.messages);
  }
});

afterAll(() => rmSync(TREE, { recursive: true }));

function messagesOf(file: string): string[] {
  return found.get(file)!.map(message => message.message);
}

test.each(FORBIDDEN)('rejects in %s: %s', (file, _, message) => {
  expect(messagesOf(file)).toContainEqual(expect.stringContaining(message));
});

test.each(ALLOWED)('accepts in %s: %s', file => {
  const layerRules = ['import/no-restricted-paths', 'no-restricted-imports', '@typescript-eslint/no-restricted-imports'];
  expect(found.get(file)!.filter(message => layerRules.includes(message.ruleId))).toEqual([]);
});

test.each(OTHER)('rejects %s', (file, _, message) => {
  expect(messagesOf(file)).toContainEqual(expect.stringContaining(message));
});
