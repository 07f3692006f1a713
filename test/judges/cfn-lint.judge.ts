import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FEWEST_TEMPLATES, RECORDED_TEMPLATES, recordedTemplates } from '../support/recorded-templates';

const ROOT = resolve(__dirname, '..', '..');
const VENV = join(ROOT, '.tools', 'venv');
const CFN_LINT = [join(VENV, 'bin', 'cfn-lint'), join(VENV, 'Scripts', 'cfn-lint.exe')].find(existsSync);

interface Finding {
  readonly Filename: string;
  readonly Message: string;
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path?: (string | number)[] };
}

const IGNORED_RULES = [
  // aws-cdk-lib makes every function depend on its role, beside the reference that already says so
  'W3005',
  // tests declare parameters to have tokens, also where the library renders nothing of them; the library declares none
  'W2001',
];

/** The rule reads each document as JSON or YAML, also the iCalendar text of a Change Calendar, whose format is TEXT. */
function isTextDocument({ Filename, Rule, Location: { Path: path = [] } }: Finding): boolean {
  if (Rule.Id !== 'E3051') { return false; }
  const { Resources } = JSON.parse(readFileSync(Filename, 'utf-8')) as { Resources: Record<string, { Properties: { DocumentFormat?: string } }> };
  return Resources[path[1]].Properties.DocumentFormat === 'TEXT';
}

function lint(directory: string): string[] {
  if (!CFN_LINT) { throw new Error(`cfn-lint is not installed in ${VENV}, run 'npm run verify'`); }
  const run = spawnSync(CFN_LINT, ['--ignore-checks', ...IGNORED_RULES, '--format', 'json', '--template', join(directory, '*.json')], {
    encoding: 'utf-8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (run.error) { throw run.error; }
  if (run.stderr.trim() !== '') { throw new Error(run.stderr); }
  return (JSON.parse(run.stdout) as Finding[])
    .filter(finding => !isTextDocument(finding))
    .map(finding => `${finding.Rule.Id} ${finding.Message} at ${finding.Location.Path?.join('/') ?? ''} in ${finding.Filename}`);
}

test('cfn-lint finds nothing in the templates that the test-suite synthesized', () => {
  expect(recordedTemplates().size).toBeGreaterThanOrEqual(FEWEST_TEMPLATES);
  expect(lint(RECORDED_TEMPLATES)).toEqual([]);
});

test('cfn-lint sees a mistake in a template', () => {
  // GIVEN
  const directory = join(ROOT, 'test', '.out', 'bad-templates');
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const window = {
    Type: 'AWS::SSM::MaintenanceWindow',
    Properties: { Name: 'patching', Schedule: 'rate(7 days)', Duration: 25, Cutoff: 1, AllowUnassociatedTargets: false },
  };
  writeFileSync(join(directory, 'bad.json'), JSON.stringify({ Resources: { Window: window } }));

  // THEN
  expect(lint(directory)).toEqual([expect.stringMatching(/^E3034 25 is greater than the maximum of 24 at Resources\/Window\/Properties\/Duration/)]);
});
