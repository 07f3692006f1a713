import type { IConstruct } from 'constructs';
import { perConstruct } from './per-construct';
import { atEndOfSynthesis } from './warnings';

/**
 * Quotas per maintenance window.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/ssm.html
 */
const QUOTAS = { tasks: 20, targets: 100 } as const;

export type MemberKind = keyof typeof QUOTAS;

/** Who belongs to which window: members register from other stacks too, so the tree cannot tell. */
const allMembersOf = perConstruct('WindowMembers', (): Record<MemberKind, IConstruct[]> => ({ tasks: [], targets: [] }));

/** Counts a task or a target of a window; too many are an error at the end of synthesis. */
export function registerMember(window: IConstruct, kind: MemberKind, member: IConstruct): void {
  const members = allMembersOf(window);
  if (members.tasks.length + members.targets.length === 0) {
    atEndOfSynthesis(window, () => quotaProblems(window));
  }
  members[kind].push(member);
}

export function membersOf<T extends IConstruct>(window: IConstruct, kind: MemberKind): T[] {
  return allMembersOf(window)[kind] as T[];
}

function quotaProblems(window: IConstruct): string[] {
  return (Object.keys(QUOTAS) as MemberKind[])
    .map((kind) => ({ kind, count: membersOf(window, kind).length }))
    .filter(({ kind, count }) => count > QUOTAS[kind])
    .map(({ kind, count }) => `a maintenance window must have at most ${QUOTAS[kind]} ${kind}, got ${count}, spread them over several windows`);
}
