import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './project';

/** What a program in a process of its own prints as JSON; it finds the package by its name. */
function printed(program: string, ...options: string[]): unknown {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...options, '-e', program], { cwd: ROOT, encoding: 'utf-8' });
  if (status !== 0) { throw new Error(stderr); }
  return JSON.parse(stdout);
}

/** The classes and enums of the API, which exist at run time. */
function declared(): string[] {
  const { types } = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf-8')) as { types: Record<string, { name: string; kind: string }> };
  return Object.values(types).filter(({ kind }) => kind !== 'interface').map(({ name }) => name).sort();
}

test('the compiled package has each class and enum of the API, and nothing else', () => {
  const program = 'const library = require("cdk-ssm-maintenance-windows"); console.log(JSON.stringify(Object.keys(library).filter(name => library[name]).sort()))';

  expect(declared().length).toBeGreaterThan(15);
  expect(printed(program)).toEqual(declared());
});

test('the compiled package can be imported by name from an ES module', () => {
  const names = declared();
  const program = `import { ${names.join(', ')} } from "cdk-ssm-maintenance-windows"; console.log(JSON.stringify([${names.join(', ')}].every(Boolean)))`;

  expect(printed(program, '--input-type=module')).toBe(true);
});
