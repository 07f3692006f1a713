import { closest } from './closest';
import type { Command } from './command';
import { calendarCommand } from './commands/calendar';
import { diffCommand } from './commands/diff';
import { importCommand } from './commands/import';
import { previewCommand } from './commands/preview';
import { NodeIo, type Io } from './io';
import { packageVersion } from './workspace';

const COMMANDS: { readonly [name: string]: Command } = {
  preview: previewCommand,
  calendar: calendarCommand,
  diff: diffCommand,
  import: importCommand,
};

const FAILURE = 1;

/** Runs the command that the arguments name and returns its exit code. */
export async function main(args: string[], io: Io): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.print(overview());
    return name === undefined ? FAILURE : 0;
  }
  if (name === '--version' || name === '-v') {
    io.print(`${packageVersion()}\n`);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) {
    const suggestion = closest(name, Object.keys(COMMANDS));
    io.report(`error: unknown command "${name}", ${suggestion === undefined ? `use one of ${Object.keys(COMMANDS).join(', ')}` : `did you mean ${suggestion}?`}`);
    return FAILURE;
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    io.print(command.usage);
    return 0;
  }
  try {
    return await command.run(rest, io);
    // eslint-disable-next-line no-restricted-syntax -- whatever fails is said in one line, without a stack trace
  } catch (error) {
    io.report(`error: ${messageOf(error)}`);
    return FAILURE;
  }
}

function overview(): string {
  const width = Math.max(...Object.keys(COMMANDS).map(name => name.length));
  return [
    'Usage: ssm-windows <command> [options]',
    '',
    'Commands:',
    ...Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`),
    '',
    'Options of a command: ssm-windows <command> --help',
    'Version: ssm-windows --version',
    '',
  ].join('\n');
}

function messageOf(error: unknown): string {
  const message = (error as Error | undefined)?.message || String(error);
  return message.split('\n')[0];
}

/** Runs as the program that was started; the exit code is set and not forced, so that everything printed arrives. */
export async function runAsProgram(): Promise<void> {
  process.exitCode = await main(process.argv.slice(2), new NodeIo());
}
