import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ClassType } from 'jsii-reflect';
import type { Assembly } from 'jsii-reflect';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import * as library from '../../src';
import { compiledApi } from '../api/assembly';
import { templateOf, testApp, warningsOf } from '../support/app';

type StackClass = new (scope: Construct, id: string) => Stack;

function textOf(guide: string): string {
  return readFileSync(join(__dirname, '..', '..', 'docs', 'guides', guide), 'utf-8');
}

/** The programs in a guide, as what they export. */
function programsOf(guide: string): Record<string, unknown>[] {
  return [...textOf(guide).matchAll(/^```ts\n([^]*?)^```/gm)].map(([, code]) => {
    const compilerOptions = { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022, esModuleInterop: true };
    const { outputText } = transpileModule(code, { compilerOptions });
    const exported = {};
    const load = (name: string) => name === 'cdk-ssm-maintenance-windows' ? library : jest.requireActual<object>(name);
    new Function('exports', 'require', outputText)(exported, load);
    return exported;
  });
}

/** What became of what: the cells of a table in a guide, below those of its head. */
interface Table {
  readonly from: string;
  readonly to: string;
  readonly rows: string[][];
}

function tablesOf(text: string): Table[] {
  return [...text.matchAll(/(^\|.*\|\n)+/gm)].map(([table]) => {
    const [[from, to], , ...rows] = table.trim().split('\n').map((line) => line.slice(1, -1).split('|').map((cell) => cell.trim()));
    return { from, to, rows };
  });
}

/** The pieces of code in a cell. */
function spansIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
}

function hasStatic(api: Assembly, type: string, method: string): boolean {
  const found = api.system.tryFindFqn(`${api.name}.${type}`) ?? api.system.tryFindFqn(`aws-cdk-lib.${type}`);
  return found instanceof ClassType && found.allMethods.some(({ name, static: isStatic }) => isStatic && name === method);
}

/** The names of the properties of a struct of Systems Manager in aws-cdk-lib. */
function propertiesOf(api: Assembly, struct: string): string[] {
  return api.system.findInterface(`aws-cdk-lib.aws_ssm.${struct}`).allProperties.map(({ name }) => name);
}

/** The names of the properties that the head of a table stands for: those of a construct, or of the options of methods that add one, of any task if it names none. */
function propertiesBelow(api: Assembly, { to }: Table): Set<string> {
  const window = api.findType(`${api.name}.MaintenanceWindow`) as ClassType;
  const heads = to === 'property' ? ['window.addXxxTask()'] : spansIn(to);
  const structs = heads.flatMap((code) => {
    const [, method] = /^(?:window\.)?(add\w+)\(\)$/.exec(code) ?? [];
    if (!method) { return [`${api.name}.${code}Props`]; }
    const adding = window.allMethods.filter(({ name }) => method === 'addXxxTask' ? /^add\w+Task$/.test(name) : name === method);
    return adding.map(({ parameters }) => parameters[1].type.fqn!);
  });
  return new Set(structs.flatMap((struct) => api.system.findInterface(struct).allProperties.map(({ name }) => name)));
}

/** What the right of a table names and the library does not have. */
function unknownNames(api: Assembly, table: Table): string[] {
  const properties = propertiesBelow(api, table);
  const window = api.findType(`${api.name}.MaintenanceWindow`) as ClassType;
  return table.rows.flatMap(([left, right]) => {
    if (/^the same\b/.test(right)) { return spansIn(left).filter((name) => !properties.has(name)); }
    let type = '';
    return spansIn(right).filter((code) => {
      const [, called, method] = /^(?:([A-Z]\w+)\.)?(\w+)\(.*\)$/.exec(code) ?? [];
      type = called ?? type;
      if (method) { return !hasStatic(api, type, method); }
      const [, name, value] = /^([a-z]\w*)(?:: (.*))?$/.exec(code) ?? [];
      return name && !properties.has(name) && (value !== undefined || !window.allMethods.some((one) => one.name === name));
    });
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

describe('the tables', () => {
  let api: Assembly;

  beforeAll(async () => {
    api = await compiledApi();
  });

  test.each([['from-l1-to-l2.md', 3], ['from-terraform.md', 4]])('of %s name properties and methods that exist', (guide, count) => {
    const tables = tablesOf(textOf(guide));
    expect(tables).toHaveLength(count);
    expect(tables.flatMap((table) => unknownNames(api, table))).toEqual([]);
  });

  test('of the guide from generated classes have a row for each property of them', () => {
    const tables = tablesOf(textOf('from-l1-to-l2.md'));
    expect(tables.map(({ from }) => from)).toEqual(['`CfnMaintenanceWindow`', '`CfnMaintenanceWindowTarget`', '`CfnMaintenanceWindowTask`']);
    for (const { from, rows } of tables) {
      const [generated] = spansIn(from);
      const named = rows.map(([left]) => spansIn(left));
      // the window is the one whose method is called
      const properties = propertiesOf(api, `${generated}Props`).filter((name) => name !== 'windowId');
      expect(named.filter(([first]) => !first.startsWith('…')).flat().sort()).toEqual(properties.sort());
      for (const [first, ...others] of named.filter(([name]) => name.startsWith('…'))) {
        const [parameters, ...path] = first.slice(1).split('.');
        expect(propertiesOf(api, `${generated}.MaintenanceWindow${parameters}Property`)).toEqual(expect.arrayContaining([...path, ...others]));
      }
    }
  });

  test.each([
    ['a property', '`sizeOfIt`'],
    ['a property with a value', '`sizeOfIt: 3`'],
    ['a method of a class', '`schedule`: `MaintenanceWindowSchedule.yearly()`'],
    ['a second method of a class', '`schedule`: `MaintenanceWindowSchedule.cron()`, `yearly()`'],
    ['a class', '`schedule`: `WindowSchedule.cron()`'],
    ['the same property', 'the same'],
  ])('would be found wrong: %s', (_name, cell) => {
    const table = { from: '`CfnMaintenanceWindow`', to: '`MaintenanceWindow`', rows: [['`name`', '`maintenanceWindowName`'], ['`sizeOfIt`', cell]] };
    expect(unknownNames(api, table)).toEqual([expect.stringMatching(/^(sizeOfIt|sizeOfIt: 3|MaintenanceWindowSchedule\.yearly\(\)|yearly\(\)|WindowSchedule\.cron\(\))$/)]);
  });
});

test('what the texts call on classes of the library exists', async () => {
  const api = await compiledApi();
  const calls = ['from-l1-to-l2.md', 'from-terraform.md']
    .flatMap((guide) => [...textOf(guide).matchAll(/\b([A-Z]\w+)\.(\w+)\(/g)])
    .filter(([, type]) => api.tryFindType(`${api.name}.${type}`));

  expect(calls.length).toBeGreaterThan(15);
  expect(calls.filter(([, type, method]) => !hasStatic(api, type, method)).map(([call]) => call)).toEqual([]);
});
