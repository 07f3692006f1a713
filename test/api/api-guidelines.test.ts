import type { Assembly } from 'jsii-reflect';
import { compiledApi, constructsOf, membersOf, methodsOf, propertiesOfStructs, usesOf } from './assembly';
import { BROKEN_RULES } from './broken-rules';
import { DOCUMENTATION_RULES, documentedOf } from './rules/documentation-rules';
import { MEMBER_RULES, resourcesOf } from './rules/member-rules';
import type { Rule, Rules } from './rules/rule';
import { STRUCT_RULES } from './rules/struct-rules';
import { TYPE_RULES } from './rules/type-rules';
import { smallApi } from './small-api';

const RULES: Rules = { ...TYPE_RULES, ...STRUCT_RULES, ...MEMBER_RULES, ...DOCUMENTATION_RULES };

/** What the rules find in an API, by the rule. */
function findingsIn(api: Assembly): [string, string][] {
  return Object.entries(RULES).flatMap(([name, { find }]) => find(api).map((finding): [string, string] => [name, finding]));
}

describe('in the library', () => {
  let api: Assembly;

  beforeAll(async () => {
    api = await compiledApi();
  });

  test.each(Object.entries(RULES))('%s', (_name, { find, except = [] }) => {
    expect(find(api).filter((finding) => !except.includes(finding))).toEqual([]);
  });

  test.each(Object.entries(RULES).filter((entry): entry is [string, Required<Rule>] => entry[1].except !== undefined))('%s: nothing is excepted that is not there', (_name, { find, except }) => {
    expect(find(api)).toEqual(expect.arrayContaining([...except]));
  });

  test('there is enough to look at', () => {
    expect(api.allTypes.length).toBeGreaterThan(50);
    expect(membersOf(api).length).toBeGreaterThan(200);
    expect(usesOf(api).length).toBeGreaterThan(membersOf(api).length);
    expect(propertiesOfStructs(api).length).toBeGreaterThan(100);
    expect(documentedOf(api).length).toBeGreaterThan(300);
    expect(constructsOf(api).map(({ name }) => name)).toEqual(expect.arrayContaining(['MaintenanceWindow', 'MaintenanceWindowTarget', 'PatchWindows']));
    expect(resourcesOf(api).map(({ name }) => name).sort()).toEqual(['IMaintenanceWindow', 'IMaintenanceWindowTarget', 'IMaintenanceWindowTask', 'IPatchBaseline']);
    expect(api.allInterfaces.filter(({ name }) => /(Task|Target)Props$/.test(name)).length).toBeGreaterThan(4);
    expect(api.allEnums.flatMap(({ members }) => members).length).toBeGreaterThan(10);
    expect(methodsOf(api).filter(({ name }) => /^on[A-Z]/.test(name)).length).toBeGreaterThan(10);
    expect(methodsOf(api).filter(({ name }) => /^add[A-Z]/.test(name)).length).toBeGreaterThan(10);
    expect(methodsOf(api).map(({ parentType, name }) => `${parentType.name}.${name}`)).toEqual(expect.arrayContaining([
      'MaintenanceWindow.fromMaintenanceWindowArn',
      'MaintenanceWindow.fromMaintenanceWindowId',
      'MaintenanceWindowTarget.fromMaintenanceWindowTargetAttributes',
      'MaintenanceWindowTask.fromMaintenanceWindowTaskAttributes',
    ]));
  });
});

describe('in a small API', () => {
  test('nothing is found when it keeps the rules', () => {
    const api = smallApi();
    expect(membersOf(api).length).toBeGreaterThan(20);
    expect(findingsIn(api)).toEqual([]);
  });

  test.each(BROKEN_RULES)('$what is found: $rule', ({ rule, types, finding }) => {
    expect(findingsIn(smallApi(types))).toEqual([[rule, finding]]);
  });

  test('each rule is broken', () => {
    expect(Object.keys(RULES).filter((name) => !BROKEN_RULES.some(({ rule }) => rule === name))).toEqual([]);
  });
});
