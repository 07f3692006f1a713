import { forecastJson } from '../../forecast/forecast';
import { forecastText } from '../../forecast/forecast-text';
import type { Command } from '../command';
import { commonUsage, forecastOfOne, parseForecastOptions } from '../forecast-options';

const USAGE = `Usage: ssm-windows preview [FOLDER|FILE] [options]

Shows when each maintenance window opens, before it is deployed.

  FOLDER                  what cdk synth wrote (default cdk.out), stages and nested stacks included
  FILE                    a CloudFormation template, or what ssm-windows import reads

Options:
${commonUsage()}
Exit codes: 0 shown, 1 failed.
`;

export const previewCommand: Command = {
  summary: 'Show when each maintenance window of an app opens',
  usage: USAGE,
  run: async (args, io) => {
    const options = parseForecastOptions(args, io);
    const found = forecastOfOne(options, io);
    io.print(options.json ? forecastJson(found) : forecastText(found, options.timeZone) || 'no maintenance windows\n');
    return 0;
  },
};
