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
  'src/maintenance-window.ts', 'src/maintenance-window-task.ts', 'src/rate-control.ts', 'src/lambda-task.ts', 'src/private/errors.ts',
  'src/private/documents/catalogue.ts', 'src/private/schedule/grammar.ts', 'src/importer/model.ts', 'src/handlers/task-alarm-logic.ts', 'src/cli/io.ts',
];

const FORBIDDEN: [file: string, statement: string, message: string][] = [
  ['src/private/schedule/a.ts', "import { it } from '../errors';", 'the schedule engine is pure'],
  ['src/private/schedule/b.ts', "import { it } from '../../maintenance-window';", 'the schedule engine is pure'],
  ['src/private/schedule/c.ts', "import { Token as it } from 'aws-cdk-lib/core';", 'the schedule engine is pure'],
  ['src/private/schedule/d.ts', "import { Construct as it } from 'constructs';", 'the schedule engine is pure'],
  ['src/private/schedule/e.ts', "import { Cron as it } from 'croner';", 'the matcher alone knows croner'],
  ['src/importer/a.ts', "import { Stack as it } from 'aws-cdk-lib/core';", 'the importer knows the public API only by name'],
  ['src/importer/b.ts', "import { it } from '../maintenance-window';", 'the importer knows the public API only by name'],
  ['src/importer/c.ts', "import { it } from '../private/errors';", 'the importer knows the public API only by name'],
  ['src/handlers/a.ts', "import { Stack as it } from 'aws-cdk-lib/core';", 'handlers run without constructs'],
  ['src/handlers/b.ts', "import { Construct as it } from 'constructs';", 'handlers run without constructs'],
  ['src/handlers/c.ts', "import { it } from '../private/errors';", 'handlers run without constructs'],
  ['src/handlers/d.ts', "import { SSMClient as it } from '@aws-sdk/client-ssm';", 'the SDK belongs to the handlers'],
  ['src/a.ts', "import { SSMClient as it } from '@aws-sdk/client-ssm';", 'the SDK belongs to the handlers'],
  ['src/b.ts', "import { it } from './cli/io';", 'nothing imports the command line'],
  ['src/importer/d.ts', "import { it } from '../cli/io';", 'nothing imports the command line'],
  ['src/private/a.ts', "import { it } from '../cli/io';", 'nothing imports the command line'],
  ['src/c.ts', "import { it } from './importer/model';", 'constructs do not know importer or handlers'],
  ['src/d.ts', "import { it } from './handlers/task-alarm-logic';", 'constructs do not know importer or handlers'],
  ['src/private/b.ts', "import { it } from '../importer/model';", 'constructs do not know importer or handlers'],
  ['src/private/c.ts', "import { it } from '../rate-control';", 'dependencies point downward'],
  ['src/private/documents/a.ts', "import { it } from '../../rate-control';", 'dependencies point downward'],
  ['src/run-command-task.ts', "import { it } from './lambda-task';", 'the kinds of tasks do not know each other'],
  ['src/automation-task.ts', "import { it } from './maintenance-window-task';", 'the kinds of tasks do not know each other'],
  ['src/cli/a.ts', "import { it } from '../maintenance-window';", 'the command line calls the forecast, the importer and the schedule engine only'],
  ['src/cli/b.ts', "import { SSMClient as it } from '@aws-sdk/client-ssm';", 'the SDK belongs to the handlers'],
  ['src/e.ts', "import { Stack as it } from 'aws-cdk-lib/core/lib/stack';", 'internals of aws-cdk-lib change without notice'],
];

const ALLOWED: [file: string, statement: string][] = [
  ['src/private/schedule/matcher.ts', "import { Cron as it } from 'croner';"],
  ['src/private/schedule/f.ts', "import { it } from './grammar';"],
  ['src/private/d.ts', "import { it } from './errors';"],
  ['src/private/e.ts', "import { it } from './schedule/grammar';"],
  ['src/private/documents/b.ts', "import { it } from '../errors';"],
  ['src/importer/e.ts', "import { it } from '../private/schedule/grammar';"],
  ['src/handlers/e.lambda.ts', "import { SSMClient as it } from '@aws-sdk/client-ssm';"],
  ['src/f.ts', "import { it } from './private/errors';"],
  ['src/cli/c.ts', "import { it } from '../importer/model';"],
  ['src/cli/d.ts', "import { it } from '../private/schedule/grammar';"],
  ['src/cli/ssm-source.ts', "import { SSMClient as it } from '@aws-sdk/client-ssm';"],
  ['src/private/f.ts', "import type { it } from '../rate-control';"],
  ['src/handlers/f.ts', "import type { SSMClient as it } from '@aws-sdk/client-ssm';"],
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

test.each(FORBIDDEN)('%s may not hold %s', (file, _, message) => {
  expect(messagesOf(file)).toContainEqual(expect.stringContaining(message));
});

test.each(ALLOWED)('%s may hold %s', file => {
  const layerRules = ['import/no-restricted-paths', 'no-restricted-imports', '@typescript-eslint/no-restricted-imports'];
  expect(found.get(file)!.filter(message => layerRules.includes(message.ruleId))).toEqual([]);
});

test.each(OTHER)('%s is refused', (file, _, message) => {
  expect(messagesOf(file)).toContainEqual(expect.stringContaining(message));
});
