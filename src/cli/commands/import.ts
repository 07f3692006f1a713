import { IMPORT_USAGE, parseImportOptions, type ImportOptions } from './import-options';
import { importReport, nextSteps, type Stacks } from './import-report';
import type { Model } from '../../importer/model';
import { parseSources } from '../../importer/read/parse-sources';
import { withoutDeprecated } from '../../importer/task-parameters';
import { compare, compareCustomResources, type Difference } from '../../importer/verify/compare';
import { importSteps, type ImportStep } from '../../importer/verify/import-map';
import { inStacks } from '../../importer/write/partition';
import { printPython } from '../../importer/write/print-python';
import { printJavaScript, printTypeScript } from '../../importer/write/print-typescript';
import { buildProgram, type Program } from '../../importer/write/program';
import { CliError } from '../cli-error';
import type { Command } from '../command';
import { requireTwoFiles, type Io, type OutputFile } from '../io';
import { openSsmSource } from '../ssm-source';
import type { Rendered } from '../text-check';
import { ToolsOfPackage, type Synthesis, type Tools } from '../tools';
import type { LiveOptions, WindowSource } from '../window-source';

const MAX_REFUSALS = 50;
const INCOMPLETE = 2;

/** What the command uses besides files. */
interface ImportDependencies {
  readonly tools: Tools;
  openSource(options: LiveOptions): WindowSource;
}

/** The command with other dependencies than those of the program. */
export function importCommandWith(dependencies: ImportDependencies): Command {
  return {
    summary: 'Write a CDK stack for maintenance windows that exist',
    usage: IMPORT_USAGE,
    run: async (args, io) => new ImportRun(parseImportOptions(args), io, dependencies).run(),
  };
}

export const importCommand: Command = importCommandWith({
  tools: new ToolsOfPackage(),
  openSource: openSsmSource,
});

/** What a file renders, or why nobody knows. */
type Proof = { readonly stacks: readonly Rendered[] } | { readonly unproven: string };

class ImportRun {
  /** What is not proven, in words. */
  private readonly unproven: string[] = [];
  private differences: Difference[] = [];

  constructor(private readonly options: ImportOptions, private readonly io: Io, private readonly dependencies: ImportDependencies) {}

  public async run(): Promise<number> {
    const { output, importMap, save, moveTaskParameters } = this.options;
    requireTwoFiles('--output', output, '--import-map', importMap);
    [output, importMap].forEach(file => file !== undefined && this.io.requireFolderOf(file));
    save !== undefined && this.io.makeFolder(save);
    this.refuseOverwriting([output, importMap]);

    const read = await this.read();
    const models = inStacks(moveTaskParameters ? withoutDeprecated(read) : read);
    const { stacks, proof } = await this.accepted(models);
    const text = this.textOf(stacks.programs);
    await this.prove(stacks, proof, text);
    const steps = this.options.importMap === undefined ? [] : this.importSteps(stacks);
    const files = this.files(text, steps);
    this.refuseOverwriting(files.map(({ path }) => path));

    importReport(models, stacks.programs).forEach(line => this.io.report(line));
    this.differences.forEach(({ place, message }) => this.io.report(`difference: ${place}: ${message}`));
    this.unproven.forEach(reason => this.io.report(`not proven: ${reason}`));
    this.io.writeFiles(files);
    output === undefined && this.io.print(text);
    nextSteps(stacks, steps, files, this.options).forEach(line => this.io.report(line));
    const isComplete = this.differences.length + this.unproven.length === 0 && stacks.programs.every(({ notCarried }) => notCarried.length === 0);
    return isComplete ? 0 : INCOMPLETE;
  }

  private textOf(programs: readonly Program[]): string {
    return (this.options.language === 'python' ? printPython(programs) : printTypeScript(programs)).text;
  }

  private refuseOverwriting(files: ReadonlyArray<string | undefined>): void {
    const given = files.filter(file => file !== undefined);
    const existing = this.options.force ? [] : given.filter(file => this.io.exists(file));
    if (existing.length > 0) {
      throw new CliError(`${existing.join(' and ')} exists already, give --force to overwrite it`);
    }
  }

  private async read(): Promise<Model> {
    const { live, sources, save } = this.options;
    if (live) {
      const keep = (files: readonly OutputFile[]) => save !== undefined && this.io.writeFiles(files.map(({ path, text }) => ({ path: `${save}/${path}`, text })));
      return this.dependencies.openSource(live).read(line => this.io.progress(line), keep).finally(() => this.io.progress(''));
    }
    const listed = sources.map(source => this.io.listFolder(source));
    const isFolder = listed.some(names => names !== undefined);
    const names = sources.flatMap((source, index) => listed[index]?.filter(name => /(^|[\\/])[^.\\/][^\\/]*\.json$/i.test(name)) ?? [source]);
    if (names.length === 0) {
      throw new CliError(`${sources.join(' and ')} holds no .json files, give the folder into which the AWS CLI's output was written`);
    }
    return parseSources(sources.join(', '), names.map(name => ({ name, text: this.io.readFile(name) })), isFolder);
  }

  /** Runs the file; what the constructs refuse is made by L1 constructs in the next round. */
  private async accepted(models: readonly Model[]): Promise<{ readonly stacks: Stacks; readonly proof: Proof }> {
    const { tools } = this.dependencies;
    const refused = new Map<string, string[]>();
    const build = (): Stacks => ({ models, programs: models.map(model => buildProgram(model, refused)) });
    const missing = this.options.check ? tools.missingForRun() : '--no-check is given';
    if (missing !== undefined) {
      return { stacks: build(), proof: { unproven: missing } };
    }
    for (let stacks = build(); ; stacks = build()) {
      this.io.progress('checking the program');
      const result = await tools.synthesize(printJavaScript(stacks.programs), stacks.programs).finally(() => this.io.progress(''));
      if (result.stacks) {
        return { stacks, proof: { stacks: result.stacks } };
      }
      const { key, message } = result.refusal!;
      if (key === undefined || stacks.programs.some(({ mistakes }) => mistakes.has(key)) || refused.size >= MAX_REFUSALS) {
        return { stacks, proof: { unproven: `the program cannot be run: ${message}` } };
      }
      refused.set(key, [message]);
    }
  }

  /** Compares what the file renders with the source, and has the text itself checked. */
  private async prove(stacks: Stacks, proof: Proof, text: string): Promise<void> {
    const { tools } = this.dependencies;
    if ('unproven' in proof) {
      this.unproven.push(proof.unproven);
    } else {
      this.differences = differencesOf(stacks, proof.stacks);
    }
    if (!this.options.check) {
      return;
    }
    this.io.progress('checking the text');
    const { problem, unchecked, stacks: rendered } = await (this.options.language === 'python'
      ? tools.checkPython(text, stacks.programs) : tools.checkTypes(text)).finally(() => this.io.progress(''));
    if (problem !== undefined) {
      this.unproven.push(`the program has an error: ${problem}`);
    }
    if (rendered) {
      const known = new Set(this.differences.map(({ place, message }) => `${place}: ${message}`));
      this.differences.push(...differencesOf(stacks, rendered).filter(({ place, message }) => !known.has(`${place}: ${message}`)));
    }
    if (unchecked !== undefined) {
      this.tellUnchecked(unchecked);
    }
  }

  /** Without its types a program in TypeScript is run as it is written; one in Python is not, unless Python runs it. */
  private tellUnchecked(unchecked: string): void {
    if (this.options.language === 'python') {
      this.unproven.push(`the text in Python: ${unchecked}`);
    } else {
      this.io.report(`note: the types are not checked: ${unchecked}`);
    }
  }

  private files(text: string, steps: readonly ImportStep[]): OutputFile[] {
    const { output, importMap = '' } = this.options;
    return [
      ...output === undefined ? [] : [{ path: output, text }],
      ...steps.map(({ resources }, index) => ({
        path: steps.length === 1 ? importMap : importMap.replace(/(\.json)?$/, `.${index + 1}.json`),
        text: `${JSON.stringify(resources, undefined, 2)}\n`,
      })),
    ];
  }

  private importSteps({ models, programs }: Stacks): readonly ImportStep[] {
    const { steps, unknown } = importSteps(models, programs);
    if (steps.length === 0) {
      throw new CliError(`--import-map needs the ids of the resources, which ${models[0].source} does not have, read the account by --window-id or --all`);
    }
    unknown.forEach(place => this.io.report(`warning: ${place}: not in the import map, its id is not known`));
    return steps;
  }
}

function differencesOf({ models, programs }: Stacks, rendered: NonNullable<Synthesis['stacks']>): Difference[] {
  return programs.flatMap((program, index) => {
    const { template, templateWithCustomResources } = rendered[index];
    return [
      ...compare(models[index], program, template),
      ...templateWithCustomResources === undefined ? [] : compareCustomResources(models[index], program, templateWithCustomResources),
    ];
  });
}
