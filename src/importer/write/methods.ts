import { visitCode, type Code, type Statement, type Variable } from './code';

/** A method that defines a window with what belongs to it. */
export interface Method {
  readonly name: string;
  readonly documentation: string;
  readonly statements: readonly Statement[];
  /** Constants of the constructor that it uses. */
  readonly parameters: readonly Variable[];
  /** Whether it uses the properties of the stack. */
  readonly usesProps: boolean;
}

/** The window of an entity. */
export interface Owner {
  readonly window: string;
  readonly name: string;
}

/** So many windows are read in one go. */
const FEW = 3;

/**
 * Gives each window a method, once there are more than a few.
 *
 * What several windows use stays in the constructor. Windows that refer to each other share a method.
 */
export function inMethods(
  statements: readonly Statement[], owners: ReadonlyMap<string, Owner>, methodName: (window: string) => string,
): { readonly statements: readonly Statement[]; readonly methods: readonly Method[] } {
  const groups = groupsOf(statements, owners);
  const windows = new Set(groups.filter(group => group !== undefined));
  if (windows.size <= FEW) {
    return { statements, methods: [] };
  }
  const common = statements.filter((_, index) => groups[index] === undefined);
  const shared = new Set(common.flatMap(({ variable }) => variable ?? []));
  return {
    statements: common,
    methods: [...windows].map((window) => {
      const own = statements.filter((_, index) => groups[index] === window);
      const { name } = [...owners.values()].find((owner) => owner.window === window)!;
      return {
        name: methodName(name),
        documentation: `Defines the window ${name} with its targets and tasks.`,
        statements: own,
        parameters: [...new Set(own.flatMap(usedVariables))].filter((used) => shared.has(used)),
        usesProps: own.some(usesProps),
      };
    }),
  };
}

/** The window of each statement; undefined if several use it. */
function groupsOf(statements: readonly Statement[], owners: ReadonlyMap<string, Owner>): Array<string | undefined> {
  const bound = new Map<Variable, string>();
  const merged = new Map<string, string>();
  const rootOf = (window: string): string => (merged.has(window) ? rootOf(merged.get(window)!) : window);
  const used = statements.map(usedVariables);
  const found = statements.map((statement, index): string | undefined => {
    const own = statement.isShared || statement.key === undefined ? [] : [owners.get(statement.key)!.window];
    const [first, ...others] = [...new Set([...own, ...used[index].flatMap((name) => bound.get(name) ?? [])].map(rootOf))];
    others.forEach((other) => merged.set(other, first));
    first !== undefined && statement.variable && bound.set(statement.variable, first);
    return first;
  });
  const groups = found.map((window) => (window === undefined ? undefined : rootOf(window)));
  // what only one window uses goes to it; users come after what they use
  const users = new Map<Variable, Set<string | undefined>>();
  for (let index = statements.length - 1; index >= 0; index--) {
    const { variable } = statements[index];
    const windows = variable && users.get(variable);
    if (groups[index] === undefined && windows?.size === 1) {
      [groups[index]] = windows;
    }
    used[index].forEach((name) => users.set(name, (users.get(name) ?? new Set()).add(groups[index])));
  }
  return groups;
}

/** The constants that a statement uses. */
export function usedVariables(statement: Statement): Variable[] {
  return partsOf(statement).flatMap((part) => (part.kind === 'variable' ? [part.variable] : []));
}

function usesProps(statement: Statement): boolean {
  return partsOf(statement).some((part) => part.kind === 'keyword' && part.keyword === 'props');
}

function partsOf({ code, assigned }: Statement): Code[] {
  const parts: Code[] = [];
  [code, ...assigned ? [assigned] : []].forEach((root) => visitCode(root, (part) => parts.push(part)));
  return parts;
}
