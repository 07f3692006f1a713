import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Rendered, TextCheck } from './text-check';
import { lastLine, runIn, type Packages } from './workspace';
import type { Program } from '../importer/write/program';

/** Runs the stacks of a file and writes their templates. */
const RUNNER = `
import json, os, sys, tempfile
from aws_cdk import App, DefaultStackSynthesizer
import program

def synthesize(name, **kwargs):
    app = App(analytics_reporting=False, outdir=tempfile.mkdtemp(dir=os.getcwd()))
    synthesizer = DefaultStackSynthesizer(generate_bootstrap_version_rule=False)
    getattr(program, name)(app, "Imported", synthesizer=synthesizer, **kwargs)
    return app.synth().get_stack_by_name("Imported").template

stacks = []
for argument in sys.argv[1:]:
    name, custom = argument.split(":")
    stacks.append({"template": synthesize(name), **({"templateWithCustomResources": synthesize(name, custom_resources=True)} if custom else {})})
with open("result.json", "w") as file:
    json.dump(stacks, file)
`;

/** Fails when a package is not installed; loading them would take seconds. */
const FIND_PACKAGES = 'from importlib.util import find_spec; assert find_spec("aws_cdk") and find_spec("cdk_ssm_maintenance_windows")';

/** Compiles a file and, if the packages are installed for Python, runs it. */
export async function checkPython(text: string, programs: readonly Program[], packages: Packages): Promise<TextCheck> {
  const python = findPython();
  return packages.inWorkspace([], async folder => {
    fs.writeFileSync(path.join(folder, 'program.py'), text);
    fs.writeFileSync(path.join(folder, 'run.py'), RUNNER);
    const compiled = await runIn(folder, python, ['-m', 'py_compile', 'program.py']);
    if (compiled.failed) {
      const isMissing = /ENOENT/.test(compiled.stderr);
      return isMissing ? { unchecked: 'python3 is not installed here' } : { problem: lastLine(compiled) };
    }
    const imported = await runIn(folder, python, ['-c', FIND_PACKAGES]);
    if (imported.failed) {
      return { unchecked: 'it compiles, and aws-cdk-lib and cdk-ssm-maintenance-windows are not installed for python3' };
    }
    const outcome = await runIn(folder, python, ['run.py', ...programs.map(({ className, hasCustomResources }) => `${className}:${hasCustomResources ? 'custom' : ''}`)]);
    const resultFile = path.join(folder, 'result.json');
    return fs.existsSync(resultFile) ? { stacks: JSON.parse(fs.readFileSync(resultFile, 'utf8')) as Rendered[] } : { problem: lastLine(outcome) };
  });
}

/** That of the environment that is active, else that of the path. */
function findPython(): string {
  const environment = process.env.VIRTUAL_ENV;
  const found = environment === undefined ? undefined
    : [path.join(environment, 'bin', 'python'), path.join(environment, 'Scripts', 'python.exe')].find(file => fs.existsSync(file));
  return found ?? 'python3';
}
