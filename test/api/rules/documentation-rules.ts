import type { Assembly } from 'jsii-reflect';
import { membersOf, nameOf } from '../assembly';
import type { Rules } from './rule';

/** All that has a docstring of its own. */
export function documentedOf(api: Assembly): { readonly place: string; readonly summary: string }[] {
  return [
    ...api.allTypes.map(({ name, docs }) => ({ place: name, summary: docs.summary })),
    ...membersOf(api)
      // a constructor is documented by its class
      .filter((member) => member.name !== '<initializer>')
      .map((member) => ({ place: nameOf(member), summary: member.docs.summary })),
    ...api.allEnums.flatMap(({ name, members }) => members.map((member) => ({ place: `${name}.${member.name}`, summary: member.docs.summary }))),
  ];
}

export const DOCUMENTATION_RULES: Rules = {
  'the documentation of each type, member and enum member is a sentence': {
    find: (api) => documentedOf(api).filter(({ summary }) => !/^[`A-Z].*\.$/s.test(summary)).map(({ place, summary }) => `${place}: ${summary}`),
  },

  'the documentation does not announce that something goes away: nothing is old yet': {
    find: (api) => [
      ...api.allTypes.filter(({ docs }) => docs.deprecated).map(({ name }) => name),
      ...membersOf(api).filter(({ docs }) => docs.deprecated).map(nameOf),
    ],
  },
};
