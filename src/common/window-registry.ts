import type { IConstruct } from 'constructs';
import { perConstruct } from './per-construct';
import { addWarning, atEndOfSynthesis } from './warnings';
import { WINDOW_QUOTAS } from '../rules/window';

type MemberKind = keyof typeof WINDOW_QUOTAS;

/** Who belongs to which window: members register from other stacks too, so the tree cannot tell. */
const allMembersOf = perConstruct('WindowMembers', (): Record<MemberKind, IConstruct[]> => ({ tasks: [], targets: [] }));

/** How many members the windows of an app have. */
const versionOf = perConstruct('MembershipVersion', () => ({ count: 0 }));

/** What must be there before the tasks of a window. */
const gateOf = perConstruct('WindowGate', (): { resource?: IConstruct } => ({}));

/** Has the tasks of a window created after a resource and deleted before it; called before the window can have any. */
export function holdTasks(window: IConstruct, resource: IConstruct): void {
  gateOf(window).resource = resource;
}

/** Counts a task or a target of a window; more than the default quota is a warning at the end of synthesis. */
export function registerMember(window: IConstruct, kind: MemberKind, member: IConstruct): void {
  const members = allMembersOf(window);
  if (members.tasks.length + members.targets.length === 0) {
    atEndOfSynthesis(window, () => quotaWarnings(window));
  }
  members[kind].push(member);
  const { resource: gate } = gateOf(window);
  if (gate && kind === 'tasks') {
    member.node.addDependency(gate);
  }
  versionOf(window.node.root).count += 1;
}

/** Changes whenever a window of an app gets a task or a target. */
export function membershipVersion(root: IConstruct): number {
  return versionOf(root).count;
}

export function membersOf<T extends IConstruct>(window: IConstruct, kind: MemberKind): T[] {
  return allMembersOf(window)[kind] as T[];
}

function quotaWarnings(window: IConstruct): void {
  for (const kind of Object.keys(WINDOW_QUOTAS) as MemberKind[]) {
    const count = membersOf(window, kind).length;
    if (count > WINDOW_QUOTAS[kind]) {
      addWarning(window.node.defaultChild ?? window, {
        id: kind === 'tasks' ? 'tasksOverQuota' : 'targetsOverQuota',
        message: `a maintenance window should have at most ${WINDOW_QUOTAS[kind]} ${kind}, the default quota, got ${count}, `
          + 'spread them over several windows or have the quota raised',
      });
    }
  }
}
