import { parseArgs } from 'node:util';
import type { Model } from '../../importer/model';
import { parseApi } from '../../importer/read/parse-api';
import { isTemplateFile, parseTemplate } from '../../importer/read/parse-template';
import { compare, compareAlarms, type Difference } from '../../importer/verify/compare';
import { importMapOf } from '../../importer/verify/import-map';
import { printTypeScript } from '../../importer/write/print-typescript';
import { buildProgram, type Program } from '../../importer/write/program';
import { untranslatablePart } from '../../importer/write/translatable';
import { CliError } from '../cli-error';
import type { Command } from '../command';
import { requireTwoFiles, type Io, type OutputFile } from '../io';
import { openSsmSource } from '../ssm-source';
import { ToolsOfPackage, type Synthesis, type Tools } from '../tools';
import { parseFilters, type LiveOptions, type WindowSource } from '../window-source';

const LANGUAGES: { readonly [language: string]: string } = { typescript: 'ts', python: 'py', java: 'java', csharp: 'cs', go: 'go' };
const MAX_REFUSALS = 50;
const INCOMPLETE = 2;

const USAGE = `Usage: ssm-windows import [FILE|FOLDER...] [options]

Writes a CDK stack for maintenance windows that exist, and proves that it renders what the source says.

Sources, one of:
  FILE                    a CloudFormation template, in JSON or YAML
  FILE... or FOLDER       JSON that the AWS CLI printed: describe-maintenance-windows, get-maintenance-window,
                          describe-maintenance-window-targets, describe-maintenance-window-tasks, get-maintenance-window-task,
                          and list-tags-for-resource in a file with the window's id in its name
  --window-id ID          a window of the account; can be given again
  --all                   all windows of the account and region

Options:
  --region REGION         the region of the account to read
  --profile PROFILE       the profile of the AWS configuration
  --filter KEY=VALUE      only some tasks, by TaskType, TaskArn, Priority or WindowTaskId; can be given again
  --output FILE           where to write the program; standard output otherwise
  --import-map FILE       where to write the resource mapping for cdk import
  --language LANGUAGE     typescript (default), python, java, csharp or go; the latter by jsii-rosetta, if that is installed
  --no-check              do not compile and run the program to compare what it renders with the source
  --force                 overwrite files

Exit codes: 0 the program holds everything, 2 it is written and something is not carried, 1 failed and nothing is written.
`;

interface Options {
  readonly sources: string[];
  readonly live?: LiveOptions;
  readonly output?: string;
  readonly importMap?: string;
  readonly language: string;
  readonly check: boolean;
  readonly force: boolean;
}

/** What the command uses besides files. */
interface ImportDependencies {
  readonly tools: Tools;
  openSource(options: LiveOptions): WindowSource;
}

/** The command with other dependencies than those of the program. */
export function importCommandWith(dependencies: ImportDependencies): Command {
  return {
    summary: 'Write a CDK stack for maintenance windows that exist',
    usage: USAGE,
    run: async (args, io) => new ImportRun(parseOptions(args), io, dependencies).run(),
  };
}

export const importCommand: Command = importCommandWith({
  tools: new ToolsOfPackage(),
  openSource: openSsmSource,
});

function parseOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      'region': { type: 'string' },
      'profile': { type: 'string' },
      'window-id': { type: 'string', multiple: true },
      'all': { type: 'boolean' },
      'filter': { type: 'string', multiple: true },
      'output': { type: 'string', short: 'o' },
      'import-map': { type: 'string' },
      'language': { type: 'string' },
      'no-check': { type: 'boolean' },
      'force': { type: 'boolean' },
    },
  });
  const { 'window-id': windowIds, all, filter, region, profile, language = 'typescript' } = values;
  const isLive = windowIds !== undefined || all === true;
  if (isLive === (positionals.length > 0)) {
    throw new CliError(isLive ? 'specify either files, or --window-id or --all, not both' : 'nothing to import, give files, --window-id or --all');
  }
  if (windowIds !== undefined && all) {
    throw new CliError('--window-id and --all cannot be given together, remove one of them');
  }
  const needless = Object.entries({ '--region': region, '--profile': profile, '--filter': filter }).filter(([, value]) => value !== undefined).map(([name]) => name);
  if (!isLive && needless.length > 0) {
    throw new CliError(`${needless.join(' and ')} can only be given together with --window-id or --all, got files`);
  }
  if (!Object.hasOwn(LANGUAGES, language)) {
    throw new CliError(`--language must be one of ${Object.keys(LANGUAGES).join(', ')}, got "${language}"`);
  }
  return {
    sources: positionals,
    ...isLive && { live: { region, profile, windowIds, filters: parseFilters(filter ?? []) } },
    output: values.output,
    importMap: values['import-map'],
    language,
    check: values['no-check'] !== true,
    force: values.force === true,
  };
}

class ImportRun {
  constructor(private readonly options: Options, private readonly io: Io, private readonly dependencies: ImportDependencies) {}

  public async run(): Promise<number> {
    const { output, importMap, language } = this.options;
    requireTwoFiles('--output', output, '--import-map', importMap);
    this.refuseOverwriting(output, importMap);
    const model = await this.read();
    const { program, source } = await this.checked(model, buildProgram(model));
    const text = language === 'typescript' ? source : await this.translated(program, language);
    const files: OutputFile[] = [
      ...output === undefined ? [] : [{ path: output, text }],
      ...importMap === undefined ? [] : [{ path: importMap, text: this.importMapText(model, program) }],
    ];
    this.reportOn(model, program);
    this.io.writeFiles(files);
    if (output === undefined) {
      this.io.print(text);
    }
    return program.notCarried.length > 0 ? INCOMPLETE : 0;
  }

  /** What a translator does not quote is refused, because it would be code in the other language. */
  private async translated(program: Program, language: string): Promise<string> {
    const part = untranslatablePart(program);
    if (part !== undefined) {
      throw new CliError(`${part} cannot be translated to ${language} without a change, leave out --language to write TypeScript`);
    }
    return this.dependencies.tools.translate(printTypeScript(program, { stackProps: false }), language);
  }

  private refuseOverwriting(...files: Array<string | undefined>): void {
    const given = files.filter(file => file !== undefined);
    const existing = this.options.force ? [] : given.filter(file => this.io.exists(file));
    if (existing.length > 0) {
      throw new CliError(`${existing.join(' and ')} exists already, give --force to overwrite it`);
    }
  }

  private async read(): Promise<Model> {
    const { live, sources } = this.options;
    if (live) {
      return this.dependencies.openSource(live).read(line => this.io.progress(line)).finally(() => this.io.progress(''));
    }
    const names = sources.flatMap(source => this.io.listFolder(source)?.filter(name => /\.json$/i.test(name)) ?? [source]);
    if (names.length === 0) {
      throw new CliError(`${sources.join(' and ')} holds no .json files, give the folder into which the AWS CLI's output was written`);
    }
    const files = names.map(name => ({ name, text: this.io.readFile(name) }));
    if (files.length === 1) {
      return isTemplateFile(files[0]) ? parseTemplate(files[0]) : parseApi(files[0].name, files);
    }
    const templates = files.filter(isTemplateFile).map(file => file.name);
    if (templates.length > 0) {
      throw new CliError(`a template is imported by itself, got ${files.length} files with the template ${templates[0]}`);
    }
    return parseApi(sources.join(', '), files);
  }

  /** Runs the program and compares; what the constructs refuse is made by L1 constructs in the next round. */
  private async checked(model: Model, first: Program): Promise<{ program: Program; source: string }> {
    const { tools } = this.dependencies;
    const source = printTypeScript(first);
    const missing = this.options.check ? tools.missingForCheck() : undefined;
    if (!this.options.check || missing !== undefined) {
      this.io.report(`note: not checked: ${missing ?? '--no-check is given'}`);
      return { program: first, source };
    }
    const refused = new Map<string, string[]>();
    for (let program = first, text = source; ; program = buildProgram(model, refused), text = printTypeScript(program)) {
      this.io.progress('checking the program');
      const result = await tools.synthesize(program, text);
      this.io.progress('');
      if (result.refusal) {
        this.refuse(refused, result.refusal, program);
        continue;
      }
      const differences = differencesOf(model, program, result);
      if (differences.length > 0) {
        differences.forEach(({ place, message }) => this.io.report(`difference: ${place}: ${message}`));
        throw new CliError('the program does not render what the source says, so nothing is written; --no-check writes it nevertheless');
      }
      return { program, source: text };
    }
  }

  private refuse(refused: Map<string, string[]>, { key, message }: NonNullable<Synthesis['refusal']>, program: Program): void {
    if (key === undefined || program.mistakes.has(key) || refused.size >= MAX_REFUSALS) {
      throw new CliError(`the program cannot be run: ${message}; --no-check writes it nevertheless`);
    }
    refused.set(key, [message]);
  }

  private importMapText(model: Model, program: Program): string {
    const map = importMapOf(model, program);
    if (Object.keys(map.resources).length === 0) {
      throw new CliError(`--import-map needs the ids of the resources, which ${model.source} does not have, read the account by --window-id or --all`);
    }
    map.unknown.forEach(place => this.io.report(`warning: ${place}: not in the import map, its id is not known`));
    return `${JSON.stringify(map.resources, undefined, 2)}\n`;
  }

  private reportOn(model: Model, program: Program): void {
    for (const { place, message, key } of program.remarks) {
      this.io.report(`${key === undefined ? 'note' : 'warning'}: ${place}: ${message}`);
    }
    for (const [key, mistakes] of program.mistakes) {
      const { place } = model.entities.find(entity => entity.key === key)!;
      mistakes.forEach(mistake => this.io.report(`warning: ${place}: ${mistake}; generated as an L1 construct`));
    }
    for (const { place, what, reason } of program.notCarried) {
      this.io.report(`not carried: ${place}: ${what}: ${reason}`);
    }
    const count = (kind: string, one: string) => {
      const { length } = model.entities.filter(entity => entity.kind === kind);
      return `${length} ${one}${length === 1 ? '' : 's'}`;
    };
    this.io.report(`imported ${count('window', 'window')}, ${count('target', 'target')} and ${count('task', 'task')}`
      + `${this.options.output === undefined ? '' : ` into ${this.options.output}`}`);
  }
}

function differencesOf(model: Model, program: Program, { template, templateWithAlarms }: Synthesis): Difference[] {
  return [
    ...compare(model, program, template ?? null),
    ...templateWithAlarms === undefined ? [] : compareAlarms(model, program, templateWithAlarms),
  ];
}
