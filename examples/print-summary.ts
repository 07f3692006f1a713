import { UsageError } from './summary/errors';
import { summarize } from './summary/summary';
import { readTemplates } from './summary/templates';

/*
 * Prints what a synthesized app holds: `print-summary.ts <directory>`.
 */

function main(args: string[]): number {
  try {
    if (args.length !== 1) {
      throw new UsageError(`exactly one argument is needed, the directory of a synthesized app, got ${args.length}`);
    }
    console.log(summarize(readTemplates(args[0])));
    return 0;
    // eslint-disable-next-line no-restricted-syntax -- the user's mistakes are told without a stack trace
  } catch (error) {
    if (!(error instanceof UsageError)) {
      throw error;
    }
    console.error(error.message);
    return 1;
  }
}

process.exitCode = main(process.argv.slice(2));
