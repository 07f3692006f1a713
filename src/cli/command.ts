import type { Io } from './io';

/** A command of the CLI. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string;
  /** What `--help` prints. */
  readonly usage: string;
  /** Runs the command and returns its exit code. */
  run(args: string[], io: Io): Promise<number>;
}
