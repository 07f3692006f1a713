import { templatesToCompare } from '../../forecast/assembly';
import { compare } from '../../forecast/difference';
import { comparisonJson, comparisonText } from '../../forecast/difference-text';
import { CliError } from '../cli-error';
import type { Command } from '../command';
import { commonUsage, forecastOf, parseForecastOptions, readerOf } from '../forecast-options';

/** A year has both changes of the clocks in it, and each day of the month. */
const DEFAULT_WEEKS = 53;
const DIFFERENT = 2;

const USAGE = `Usage: ssm-windows diff OLD NEW [options]

Says in words how the openings of maintenance windows move from one version of an app to another.

  OLD, NEW                what cdk synth wrote, a CloudFormation template, or what ssm-windows import reads

Options:
  --fail                  exit with ${DIFFERENT} if there is a difference, or it cannot be told whether there is one
${commonUsage(DEFAULT_WEEKS)}
Exit codes: 0 compared, ${DIFFERENT} with --fail and a difference, 1 failed.
`;

export const diffCommand: Command = {
  summary: 'Say how the openings of maintenance windows move between two versions of an app',
  usage: USAGE,
  run: async (args, io) => {
    const options = parseForecastOptions(args, io, { flags: ['fail'], defaultWeeks: DEFAULT_WEEKS });
    if (options.locations.length !== 2) {
      throw new CliError(`give two folders or templates, the old one first, got ${options.locations.length}`);
    }
    const [old, now] = options.locations;
    const [before, after] = templatesToCompare(readerOf(io), old, now, options.deployment).map((templates) => forecastOf(templates, options));
    const comparison = compare(before, after);
    io.print(options.json ? comparisonJson(comparison, options.range) : comparisonText(comparison, options.range));
    return options.flags.has('fail') && comparison.differences.length > 0 ? DIFFERENT : 0;
  },
};
