import { parseArgs } from 'node:util';
import { CliError } from '../cli-error';
import { closest } from '../closest';
import { parseFilters, type LiveOptions } from '../window-source';

/** The languages in which programs are written. */
type Language = 'typescript' | 'python';

const LANGUAGES: readonly Language[] = ['typescript', 'python'];
const OTHERS = ['java', 'csharp', 'dotnet', 'go'];

export const IMPORT_USAGE = `Usage: ssm-windows import [FILE|FOLDER...] [options]

Writes a CDK stack for maintenance windows that exist, and proves that it renders what the source says.

Sources, one of:
  FILE                    a CloudFormation template, in JSON or YAML, or what get-template printed
  FILE                    what "terraform show -json" printed of a state or a plan, or a cdk.tf.json
  FILE... or FOLDER       JSON that the AWS CLI printed: describe-maintenance-windows, get-maintenance-window,
                          describe-maintenance-window-targets, describe-maintenance-window-tasks, get-maintenance-window-task,
                          and list-tags-for-resource in a file with the window's id in its name
  --window-id ID          a window of the account; can be given again
  --all                   all windows of the account and region

Options:
  --region REGION         the region of the account to read
  --profile PROFILE       the profile of the AWS configuration
  --filter KEY=VALUE      only some tasks, by TaskType, TaskArn, Priority or WindowTaskId; can be given again
  --save FOLDER           also keep what was read of the account, as files that can be imported
  --output FILE           where to write the program; standard output otherwise
  --import-map FILE       where to write the resource mapping for cdk import; several files if there are over 200 resources
  --language LANGUAGE     typescript (default) or python
  --move-task-parameters  write the deprecated TaskParameters and LoggingInfo as the constructs have them, which changes the template
  --no-check              do not run the program to compare what it renders with the source
  --force                 overwrite files

Exit codes: 0 the program holds everything, and that is proven; 2 it is written, and something is not carried, differs or is not proven;
1 failed, and nothing is written.
`;

export interface ImportOptions {
  readonly sources: string[];
  readonly live?: LiveOptions;
  readonly save?: string;
  readonly output?: string;
  readonly importMap?: string;
  readonly language: Language;
  readonly moveTaskParameters: boolean;
  readonly check: boolean;
  readonly force: boolean;
}

const OPTIONS = {
  'region': { type: 'string' },
  'profile': { type: 'string' },
  'window-id': { type: 'string', multiple: true },
  'all': { type: 'boolean' },
  'filter': { type: 'string', multiple: true },
  'save': { type: 'string' },
  'output': { type: 'string', short: 'o' },
  'import-map': { type: 'string' },
  'language': { type: 'string' },
  'move-task-parameters': { type: 'boolean' },
  'no-check': { type: 'boolean' },
  'force': { type: 'boolean' },
} as const;

export function parseImportOptions(args: string[]): ImportOptions {
  const { values, positionals } = parseArgs({ args: knownOptions(args, Object.keys(OPTIONS)), allowPositionals: true, options: OPTIONS });
  const { 'window-id': windowIds, all, filter, region, profile, save } = values;
  const isLive = windowIds !== undefined || all === true;
  if (isLive === (positionals.length > 0)) {
    throw new CliError(isLive ? 'specify either files, or --window-id or --all, not both' : 'nothing to import, give files, --window-id or --all');
  }
  if (windowIds !== undefined && all) {
    throw new CliError('--window-id and --all cannot be given together, remove one of them');
  }
  const needless = Object.entries({ '--region': region, '--profile': profile, '--filter': filter, '--save': save })
    .filter(([, value]) => value !== undefined).map(([name]) => name);
  if (!isLive && needless.length > 0) {
    throw new CliError(`${needless.join(' and ')} can only be given together with --window-id or --all, got files`);
  }
  return {
    sources: positionals,
    ...isLive && { live: { region, profile, windowIds, filters: parseFilters(filter ?? []) } },
    save,
    output: values.output,
    importMap: values['import-map'],
    language: languageOf(values.language ?? 'typescript'),
    moveTaskParameters: values['move-task-parameters'] === true,
    check: values['no-check'] !== true,
    force: values.force === true,
  };
}

function languageOf(given: string): Language {
  const language = LANGUAGES.find(name => name === given);
  if (language === undefined) {
    const reason = OTHERS.includes(given) ? `, ${given} is not offered, because nothing here could compile and compare it` : '';
    throw new CliError(`--language must be one of ${LANGUAGES.join(', ')}, got "${given}"${reason}`);
  }
  return language;
}

/** The arguments, if all options are known: the parser's own message has no suggestion. */
function knownOptions(args: string[], known: readonly string[]): string[] {
  const options = args.slice(0, args.includes('--') ? args.indexOf('--') : args.length).filter(argument => argument.startsWith('--'));
  const [unknown] = options.map(option => option.slice(2).split('=')[0]).filter(name => !known.includes(name));
  if (unknown !== undefined) {
    const suggestion = closest(unknown, known);
    throw new CliError(`unknown option --${unknown}${suggestion === undefined ? ', see --help' : `, did you mean --${suggestion}?`}`);
  }
  return args;
}
