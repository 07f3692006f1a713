import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './project';

/** Compiles a copy of the sources, so that nothing that another test reads changes, and returns what jsii says. */
function jsiiOutput(): string {
  const copy = mkdtempSync(join(realpathSync(tmpdir()), 'jsii-'));
  for (const name of ['src', 'package.json', 'tsconfig.json', 'README.md', 'LICENSE']) {
    cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'), 'junction');
  const jsii = spawnSync(process.execPath, [join(ROOT, 'node_modules', 'jsii', 'bin', 'jsii')], { cwd: copy, encoding: 'utf-8' });
  rmSync(copy, { recursive: true });
  expect(jsii.status).toBe(0);
  return jsii.stdout + jsii.stderr;
}

test('the name of the factory for Lambda tasks is the only one that another language reserves', () => {
  const warnings = jsiiOutput().match(/warning JSII\d+.*/g);
  expect(warnings).toEqual([expect.stringMatching(/^warning JSII5018: "lambda" is a reserved word in Python/)]);
});
