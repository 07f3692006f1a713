import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AutomationRunbook } from '../../src';
import { documentCatalogue } from '../../src/document/rules/catalogue';
import { ACTION } from '../../src/rules/role';
import type { RunbookStatement } from '../../src/rules/runbook-permissions';
import { roleParameterOf, RUNBOOK_PERMISSIONS } from '../../src/rules/runbook-permissions';

const ROWS = Object.keys(RUNBOOK_PERMISSIONS);
const PLACE = '\\{partition\\}:[a-z0-9-]+:(\\{region\\}|\\*)?:(\\{account\\}|\\*)?:';

function statementsOf(runbook: string): readonly RunbookStatement[] {
  const { steps, functions } = RUNBOOK_PERMISSIONS[runbook];
  return [...steps, ...functions?.calls ?? []];
}

function declaredBy(runbook: string): readonly string[] {
  return Object.keys(documentCatalogue().documents[runbook].parameters);
}

describe.each(ROWS)('the row of %s', (runbook) => {
  test('names a page of AWS', () => {
    expect(RUNBOOK_PERMISSIONS[runbook].page).toMatch(/^https:\/\/docs\.aws\.amazon\.com\/systems-manager-automation-runbooks\/latest\/userguide\/[a-z0-9-]+\.html$/);
  });

  test('is of a runbook that AWS owns, with the parameters that the row names', () => {
    const { functions } = RUNBOOK_PERMISSIONS[runbook];
    const named = statementsOf(runbook).flatMap(({ resources, onlyWith }) => [
      ...resources.flatMap((resource) => /\{(?:lower:)?([A-Z]\w*)\}/.exec(resource)?.[1] ?? []), ...onlyWith ? [onlyWith] : [],
    ]);

    expect(documentCatalogue().listed.Automation).toContain(runbook);
    expect(declaredBy(runbook)).toEqual(expect.arrayContaining([roleParameterOf(runbook), ...functions ? [functions.roleParameter] : [], ...named]));
  });

  // whether IAM knows the actions, and on these resources, says cfn-lint of the templates that the test of the roles makes
  test('allows actions on ARNs', () => {
    for (const { actions, resources } of statementsOf(runbook)) {
      expect(actions.length).toBeGreaterThan(0);
      expect(new Set(actions).size).toBe(actions.length);
      actions.forEach((action) => expect(action).toMatch(ACTION.pattern));
      actions.forEach((action) => expect(action).not.toContain('*'));
      resources.forEach((resource) => expect(resource).toMatch(new RegExp(`^(\\*|\\{[A-Z]\\w*\\}|arn:${PLACE}\\S+)$`)));
      // one parameter is filled in
      resources.forEach((resource) => expect(resource.match(/\{(lower:)?[A-Z]\w*\}/g)?.length ?? 0).toBeLessThanOrEqual(1));
    }
  });

  test('makes no role, and passes none by itself', () => {
    expect(statementsOf(runbook).flatMap(({ actions }) => actions).filter((action) => action.startsWith('iam:'))).toEqual([]);
  });
});

test('the constants of AutomationRunbook are all known', () => {
  const constants = Object.values(AutomationRunbook).filter((value): value is AutomationRunbook => value instanceof AutomationRunbook);
  expect(constants.length).toBeGreaterThan(10);
  expect(constants.map(({ nameOrArn }) => nameOrArn).filter((name) => !ROWS.includes(name))).toEqual([]);
});

test('the parameter for the role is the one that the documents of AWS declare', () => {
  const { documents, listed } = documentCatalogue();
  const automations = Object.keys(documents).filter((name) => listed.Automation.includes(name) && declaredBy(name).some((parameter) => /assumeRole$/i.test(parameter)));
  expect(automations.length).toBeGreaterThan(20);
  expect(automations.filter((name) => !declaredBy(name).includes(roleParameterOf(name)))).toEqual([]);
});

describe('the guide', () => {
  const guide = readFileSync(join(__dirname, '..', '..', 'docs', 'guides', 'permissions.md'), 'utf-8');

  /** The actions, each service named once. */
  function cell(statements: readonly RunbookStatement[] | undefined): string {
    const actions = [...new Set(statements?.flatMap((statement) => statement.actions))].sort();
    const services = [...new Set(actions.map((action) => action.split(':')[0]))];
    return services.map((service) => {
      const names = actions.filter((action) => action.startsWith(`${service}:`)).map((action) => action.split(':')[1]);
      return `\`${service}\`: ${names.join(', ')}`;
    }).join('; ');
  }

  test('lists what each runbook may do', () => {
    const rows = ROWS.map((runbook) => {
      const { page, steps, functions } = RUNBOOK_PERMISSIONS[runbook];
      return `| [${runbook}](${page}) | ${cell(steps)} | ${cell(functions?.calls)} |`.replace(/ {2}\|$/, ' |');
    });
    expect(guide.split('\n').filter((line) => line.startsWith('| [AWS'))).toEqual(rows);
  });
});
