/**
 * What each folder of `src` may use. Nothing is used by what stands above it, so that dependencies point one way.
 *
 * The lint rules, the picture in docs/architecture.md and the test of both come from this table.
 */
export interface Layer {
  /** What the folder holds. */
  readonly holds: string;
  /** The folders that its files may import, beside their own. */
  readonly uses: readonly string[];
  /** The packages that its files may import. */
  readonly packages: readonly PackageName[];
  /** Why it uses no more. */
  readonly because: string;
}

export type PackageName = 'cdk' | 'sdk' | 'node' | 'yaml' | 'leven';

/** Packages by the name that the table calls them. */
export const PACKAGES: Readonly<Record<PackageName, { readonly title: string; readonly modules: RegExp; readonly drawn: boolean }>> = {
  cdk: { title: 'aws-cdk-lib, constructs', modules: /^(aws-cdk-lib|constructs)(\/|$)/, drawn: true },
  sdk: { title: 'AWS SDK', modules: /^@(aws-sdk|smithy)\//, drawn: true },
  node: { title: 'Node.js', modules: /^node:/, drawn: false },
  yaml: { title: 'yaml', modules: /^yaml$/, drawn: false },
  leven: { title: 'leven', modules: /^leven$/, drawn: false },
};

/** From the bottom up: a folder uses only folders that stand before it. */
export const LAYERS: Readonly<Record<string, Layer>> = {
  'schedule/engine': {
    holds: 'the schedule engine: expressions, time zones, openings',
    uses: [],
    packages: [],
    because: 'it is pure: the same input gives the same openings, whatever the clock or the machine says',
  },
  'rules': {
    holds: 'the rule book: every pattern, bound and limit of the service, over the shape that CloudFormation has',
    uses: ['schedule/engine'],
    packages: [],
    because: 'it is pure: constructs, the importer and policies ask it',
  },
  'common': {
    holds: 'errors, warnings, checks by the rule book, statements of roles',
    uses: ['rules'],
    packages: ['cdk'],
    because: 'every construct uses it',
  },
  'schedule': {
    holds: 'schedules of windows, their previews and warnings',
    uses: ['rules', 'common', 'schedule/engine'],
    packages: ['cdk'],
    because: 'a schedule does not know its window',
  },
  'timeline': {
    holds: 'openings as text, page and iCalendar',
    uses: ['schedule/engine'],
    packages: [],
    because: 'it is pure, and used by constructs and the command line',
  },
  'document/rules': {
    holds: 'what documents declare, and whether a task fits it',
    uses: ['rules'],
    packages: [],
    because: 'it is pure: constructs and the importer ask it',
  },
  'document': {
    holds: 'documents and runbooks as values, and their ARNs',
    uses: ['rules', 'common', 'document/rules'],
    packages: ['cdk'],
    because: 'a document does not know its task',
  },
  'target': {
    holds: 'targets of windows and of tasks, selectors',
    uses: ['rules', 'common'],
    packages: ['cdk'],
    because: 'a target knows its window by reference only',
  },
  'alarm/handler': {
    holds: 'the function that sets alarms, as it runs in Lambda',
    uses: [],
    packages: ['sdk', 'node'],
    because: 'it runs without constructs',
  },
  'alarm': {
    holds: 'what attaches an alarm to a task',
    uses: ['rules', 'common'],
    packages: ['cdk', 'node'],
    because: 'an alarm knows its task and window by reference only',
  },
  'task': {
    holds: 'tasks of each type, their roles and inputs',
    uses: ['rules', 'common', 'document/rules', 'document', 'target', 'alarm'],
    packages: ['cdk'],
    because: 'a task knows its window by reference only',
  },
  'window': {
    holds: 'windows, their grants and events, overlap warnings',
    uses: ['rules', 'common', 'schedule/engine', 'schedule', 'target', 'task'],
    packages: ['cdk'],
    because: 'a window is the sum of schedule, targets and tasks',
  },
  'calendar': {
    holds: 'the calendar of an app, and proofs of the order of windows',
    uses: ['common', 'schedule/engine', 'schedule', 'timeline', 'window'],
    packages: ['cdk'],
    because: 'it reads windows, and changes none',
  },
  'patching': {
    holds: 'the submodule patching: patterns for Patch Manager',
    uses: ['rules', 'common', 'schedule/engine', 'schedule', 'document', 'target', 'task', 'window'],
    packages: ['cdk'],
    because: 'patterns use constructs as users do',
  },
  'importer': {
    holds: 'the model of windows that exist, and what all stages of the import share',
    uses: ['rules'],
    packages: ['node'],
    because: 'the importer knows the API by name only',
  },
  'importer/read': {
    holds: 'templates and answers of the API to the model',
    uses: ['rules', 'importer'],
    packages: ['node', 'yaml'],
    because: 'the importer knows the API by name only',
  },
  'importer/check': {
    holds: 'what is wrong in the model',
    uses: ['rules', 'importer', 'schedule/engine', 'document/rules'],
    packages: ['node'],
    because: 'the importer knows the API by name only',
  },
  'importer/write': {
    holds: 'the model to code',
    uses: ['rules', 'importer', 'importer/read', 'importer/check', 'schedule/engine'],
    packages: ['node'],
    because: 'the importer knows the API by name only',
  },
  'importer/verify': {
    holds: 'whether the code defines what was read',
    uses: ['rules', 'importer', 'importer/read', 'importer/check', 'importer/write'],
    packages: ['node'],
    because: 'the importer knows the API by name only',
  },
  'forecast': {
    holds: 'openings of synthesized templates',
    uses: ['rules', 'schedule/engine', 'timeline', 'importer', 'importer/read'],
    packages: ['node'],
    because: 'it reads templates of any language, L1 or L2, so it knows no constructs',
  },
  'cli': {
    holds: 'the command line',
    uses: ['schedule/engine', 'timeline', 'importer', 'importer/read', 'importer/write', 'importer/verify', 'forecast'],
    packages: ['node', 'sdk', 'leven'],
    because: 'it reads arguments and prints; nothing imports it',
  },
};

/** The folder of the table that a path below `src` belongs to: the longest that holds it. */
export function layerOf(path: string): string | undefined {
  return Object.keys(LAYERS)
    .filter((layer) => path.startsWith(`${layer}/`))
    .sort((a, b) => b.length - a.length)[0];
}
