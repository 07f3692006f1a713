import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import * as library from '../src';
import { templateOf, testApp, warningsOf } from './support/app';

type StackClass = new (scope: Construct, id: string) => Stack;

/** The programs in a guide, as what they export. */
function programsOf(guide: string): Record<string, unknown>[] {
  const text = readFileSync(join(__dirname, '..', 'docs', guide), 'utf-8');
  return [...text.matchAll(/^```ts\n([^]*?)^```/gm)].map(([, code]) => {
    const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true };
    const { outputText } = transpileModule(code, { compilerOptions });
    const exported = {};
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- a program loads modules by name
    const load = (name: string) => name === 'cdk-ssm-maintenance-windows' ? library : require(name);
    new Function('exports', 'require', outputText)(exported, load);
    return exported;
  });
}

test('what the guide from generated classes shows before and after defines the same resources', () => {
  // GIVEN
  const programs = programsOf('from-l1-to-l2.md').map(({ PatchingStack }) => PatchingStack as StackClass);
  expect(programs).toHaveLength(2);

  // WHEN
  const [before, after] = programs.map((Program) => {
    const app: App = testApp();
    const stack = new Program(app, 'Patching');
    const template = templateOf(stack).toJSON();
    expect(warningsOf(app)).toEqual([]);
    return template.Resources;
  });

  // THEN
  expect(Object.keys(before)).toHaveLength(4);
  expect(after).toEqual(before);
});

test('the guides name methods and properties that exist', () => {
  const names = ['from-l1-to-l2.md', 'from-terraform.md']
    .map((guide) => readFileSync(join(__dirname, '..', 'docs', guide), 'utf-8'))
    .flatMap((text) => [...text.matchAll(/\b(MaintenanceWindowSchedule|TargetSelector|TaskTargets|RateControl|TaskInput|DocumentVersion|MaintenanceWindow)\.(\w+)\(/g)]);

  expect(names.length).toBeGreaterThan(15);
  expect(names.filter(([, type, method]) => typeof (library as Record<string, any>)[type][method] !== 'function').map(([name]) => name)).toEqual([]);
});
