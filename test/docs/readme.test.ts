import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import { blocksOf, PAGES, pageText } from './blocks';
import * as library from '../../src';
import { ROOT } from '../package/project';

const REPOSITORY = 'https://github.com/cdk-ssm-maintenance-windows/cdk-ssm-maintenance-windows/blob/main/';
const RAW = 'https://raw.githubusercontent.com/cdk-ssm-maintenance-windows/cdk-ssm-maintenance-windows/main/';

/** The targets of links and pictures in a page. */
function linksOf(page: string): string[] {
  return [...pageText(page).replace(/^```[^]*?^```/gm, '').matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
}

/** How headings are addressed. */
function anchorsOf(page: string): string[] {
  return [...pageText(page).matchAll(/^#+ (.*)$/gm)].map(([, title]) => title.toLowerCase().replace(/[^\w\- ]/g, '').replace(/ /g, '-'));
}

test('has at most 350 lines', () => {
  expect(pageText('README.md').split('\n').length).toBeLessThanOrEqual(350);
});

test('has absolute links only, as package pages cannot follow others', () => {
  expect(linksOf('README.md').length).toBeGreaterThan(25);
  expect(linksOf('README.md').filter((link) => !/^https:\/\//.test(link))).toEqual([]);
});

test('links to files of the repository that exist', () => {
  const files = linksOf('README.md')
    .flatMap((link) => [REPOSITORY, RAW].filter((base) => link.startsWith(base)).map((base) => link.slice(base.length).split('#')[0]));

  expect(files.length).toBeGreaterThan(15);
  expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

test.each(PAGES.filter((page) => page !== 'README.md'))('%s links to files and headings that exist', (page) => {
  const broken = linksOf(page).filter((link) => !/^https:/.test(link)).filter((link) => {
    const [file, anchor] = link.split('#');
    const target = file === '' ? page : join('docs', 'guides', file).replace(/\\/g, '/');
    return !existsSync(join(ROOT, target)) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
  });

  expect(broken).toEqual([]);
});

test('names every guide', () => {
  const linked = new Set(linksOf('README.md').map((link) => link.replace(REPOSITORY, '')));

  expect(PAGES.filter((page) => page !== 'README.md' && !linked.has(page))).toEqual([]);
});

test('has a first example that can be pasted and synthesized', () => {
  // GIVEN
  const [{ code, fixture }] = blocksOf('README.md');
  const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true };
  const { outputText } = transpileModule(code, { compilerOptions });
  const syntheses: string[] = [];
  const core = jest.requireActual<typeof import('aws-cdk-lib')>('aws-cdk-lib');
  class SeenApp extends core.App {
    public synth(...options: Parameters<App['synth']>): ReturnType<App['synth']> {
      const assembly = super.synth(...options);
      syntheses.push(...assembly.stacks.map(({ template }) => JSON.stringify(template)));
      return assembly;
    }
  }
  const modules: Record<string, unknown> = { 'aws-cdk-lib': { ...core, App: SeenApp }, 'cdk-ssm-maintenance-windows': library };

  // WHEN
  new Function('exports', 'require', outputText)({}, (name: string) => modules[name]);

  // THEN
  expect(fixture).toBeUndefined();
  expect(syntheses).toHaveLength(1);
  Template.fromJSON(JSON.parse(syntheses[0])).resourceCountIs('AWS::SSM::MaintenanceWindow', 2);
});

test('has the first example of all languages: `npm run consumers` runs it in each, from the packages', () => {
  const statementsIn = (text: string) => text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  const [, body] = /addFirstSteps\(app: App\): void \{\n([^]*)\n\}\n$/.exec(pageText('examples/typescript/first-steps.ts'))!;
  const [{ code }] = blocksOf('README.md');

  expect(statementsIn(body).length).toBeGreaterThan(5);
  expect(statementsIn(code.slice(code.indexOf('const stack'), code.indexOf('app.synth()')))).toEqual(statementsIn(body));
});
