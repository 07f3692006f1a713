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

interface Assembly {
  readonly types: Record<string, { readonly name: string; readonly kind: string; readonly namespace?: string }>;
  readonly submodules?: object;
}

function assembly(): Assembly {
  return JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf-8'));
}

/** The submodules of the API. */
function submodules(): string[] {
  return Object.keys(assembly().submodules ?? {}).map((name) => name.split('.').pop()!);
}

/** The classes and enums of the API, or of a submodule of it, which exist at run time. */
function declared(submodule?: string): string[] {
  return Object.values(assembly().types).filter(({ kind, namespace }) => kind !== 'interface' && namespace === submodule).map(({ name }) => name).sort();
}

test('the compiled package has each class and enum of the API, and nothing else', () => {
  const program = 'const library = require("cdk-ssm-maintenance-windows"); console.log(JSON.stringify(Object.keys(library).filter(name => library[name]).sort()))';

  expect(declared().length).toBeGreaterThan(15);
  expect(printed(program)).toEqual([...declared(), ...submodules()].sort());
});

test('each submodule of the compiled package has its classes and enums, and nothing else', () => {
  const program = 'const library = require("cdk-ssm-maintenance-windows"); '
    + `console.log(JSON.stringify(${JSON.stringify(submodules())}.map(name => Object.keys(library[name]).sort())))`;

  expect(submodules()).toContain('patching');
  expect(printed(program)).toEqual(submodules().map(declared));
});

test('the compiled package can be imported by name from an ES module', () => {
  const names = declared();
  const program = `import { ${names.join(', ')} } from "cdk-ssm-maintenance-windows"; console.log(JSON.stringify([${names.join(', ')}].every(Boolean)))`;

  expect(printed(program, '--input-type=module')).toBe(true);
});
