import type { EntityKind, Model } from '../../importer/model';
import type { ImportStep } from '../../importer/verify/import-map';
import type { Program } from '../../importer/write/program';
import type { OutputFile } from '../io';
import type { ImportOptions } from './import-options';

/** The stacks of a file, each of a part of what was read. */
export interface Stacks {
  readonly models: readonly Model[];
  readonly programs: readonly Program[];
}

/** What deserves a look, what is made by L1 constructs, and what is not carried: a line each. */
export function importReport(models: readonly Model[], programs: readonly Program[]): string[] {
  return programs.flatMap(({ remarks, mistakes, notCarried }, index) => [
    ...remarks.map(({ place, message, key }) => `${key === undefined ? 'note' : 'warning'}: ${place}: ${message}`),
    ...[...mistakes].flatMap(([key, messages]) => {
      const { place } = models[index].entities.find(entity => entity.key === key)!;
      return messages.map(message => `warning: ${place}: ${message}; generated as an L1 construct`);
    }),
    ...notCarried.map(({ place, what, reason }) => `not carried: ${place}: ${what}: ${reason}`),
  ]);
}

/** What was imported, and the commands to run now. */
export function nextSteps(
  { models, programs }: Stacks, steps: readonly ImportStep[], files: readonly OutputFile[], options: ImportOptions,
): string[] {
  const count = (kind: EntityKind) => {
    const { length } = models.flatMap(({ entities }) => entities).filter(entity => entity.kind === kind);
    return `${length} ${kind}${length === 1 ? '' : 's'}`;
  };
  const { output } = options;
  const done = `imported ${count('window')}, ${count('target')} and ${count('task')}${output === undefined ? '' : ` into ${output}`}`;
  if (output === undefined) {
    return [done];
  }
  const names = programs.map(({ className }) => className);
  const maps = files.filter(({ path }) => path !== output).map(({ path }) => path);
  return [
    done,
    `next: ${names.map(name => (options.language === 'python' ? `${name}(app, "${name}")` : `new ${name}(app, '${name}')`)).join(', ')} in your app`,
    ...steps.map(({ stack }, index) => `next: npx cdk import ${names[stack]} --resource-mapping ${maps[index]}`),
    ...programs.some(({ hasCustomResources }) => hasCustomResources) && steps.length > 0
      ? [`next: set ${options.language === 'python' ? 'custom_resources=True' : 'customResources: true'}, then npx cdk deploy ${names.join(' ')}`] : [],
    `next: npx cdk diff ${names.join(' ')}`,
  ];
}
