import { CliError } from './cli-error';
import type { OutputFile } from './io';
import type { Model } from '../importer/model';

/** What to read from an account. */
export interface LiveOptions {
  readonly region?: string;
  readonly profile?: string;
  /** All windows if there are none. */
  readonly windowIds?: readonly string[];
  readonly filters: ReadonlyArray<{ readonly Key: string; readonly Values: string[] }>;
}

/** Where windows that run today are read. */
export interface WindowSource {
  /**
   * Reads the windows with their targets, tasks and tags, and tells how far it is.
   *
   * @param keep gets what was read of each window, as files that can be imported
   */
  read(progress: (line: string) => void, keep: (files: readonly OutputFile[]) => void): Promise<Model>;
}

const FILTER_KEYS = ['TaskType', 'TaskArn', 'Priority', 'WindowTaskId'];

/** Filters as DescribeMaintenanceWindowTasks takes them; several values of one key are alternatives. */
export function parseFilters(filters: readonly string[]): Array<{ Key: string; Values: string[] }> {
  const values = new Map<string, string[]>();
  for (const filter of filters) {
    const [, key, value] = /^([^=]+)=(.+)$/.exec(filter) ?? [];
    if (key === undefined || !FILTER_KEYS.includes(key)) {
      throw new CliError(`--filter must be KEY=VALUE with a key of ${FILTER_KEYS.join(', ')}, got "${filter}"`);
    }
    values.set(key, [...values.get(key) ?? [], value]);
  }
  return [...values].map(([Key, Values]) => ({ Key, Values }));
}
