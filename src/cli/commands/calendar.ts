import { forecastJson, timelineOf } from '../../forecast/forecast';
import { closedText, undeterminedText } from '../../forecast/forecast-text';
import { iCalendar } from '../../timeline/icalendar';
import { timelineHtml } from '../../timeline/timeline-html';
import { timelineText } from '../../timeline/timeline-text';
import type { Command } from '../command';
import { commonUsage, forecastOfOne, parseForecastOptions } from '../forecast-options';
import { requireTwoFiles } from '../io';

const USAGE = `Usage: ssm-windows calendar [FOLDER|FILE] [options]

Shows the openings of all maintenance windows of an app in their order, with overlaps.

  FOLDER                  what cdk synth wrote (default cdk.out), stages and nested stacks included
  FILE                    a CloudFormation template, or what ssm-windows import reads

Options:
  --html FILE             write a page with a picture
  --ics FILE              write a calendar file (iCalendar)
${commonUsage()}
An existing file is replaced. Exit codes: 0 shown, 1 failed and nothing is written.
`;

export const calendarCommand: Command = {
  summary: 'Show the openings of all maintenance windows of an app, as text, page or calendar file',
  usage: USAGE,
  run: async (args, io) => {
    const options = parseForecastOptions(args, io, { values: ['html', 'ics'] });
    requireTwoFiles('--html', options.values.html, '--ics', options.values.ics);
    const found = forecastOfOne(options, io);
    const entries = timelineOf(found, options.timeZone);
    const closed = found.windows.filter(({ openings }) => openings.length === 0).map(({ path }) => path);
    const left = found.undetermined.map(({ path, undetermined: reason = '' }) => ({ path, reason }));
    const renderers: Record<string, () => string> = {
      html: () => timelineHtml(entries, options.range, left, closed),
      ics: () => iCalendar(entries, options.range),
    };
    const files = Object.entries(renderers).flatMap(([name, render]) => {
      const file = options.values[name];
      return file === undefined ? [] : [{ path: file, text: render() }];
    });
    io.writeFiles(files);
    const parts = [timelineText(entries, options.range), closedText(found.windows), undeterminedText(found.undetermined)];
    io.print(options.json ? forecastJson(found) : parts.filter((part) => part !== '').join('\n'));
    files.forEach(({ path }) => io.report(`written: ${path}`));
    return 0;
  },
};
