import { spawn, type ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import * as ts from 'typescript';

const ROOT = path.join(__dirname, '..', '..');

/** A package with the compiled sources of the checkout, as a user has it installed. */
export class CompiledCli {
  /** Compiles the sources, the declarations included: generated programs are type-checked against them. */
  public static make(): CompiledCli {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ssm-windows-package-'));
    const config = ts.getParsedCommandLineOfConfigFile(path.join(ROOT, 'tsconfig.json'), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} })!;
    const options: ts.CompilerOptions = {
      ...config.options, outDir: path.join(folder, 'lib'), declaration: true, noEmitOnError: false, inlineSourceMap: false, inlineSources: false,
    };
    ts.createProgram(config.fileNames, options).emit();
    fs.copyFileSync(path.join(ROOT, 'package.json'), path.join(folder, 'package.json'));
    fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    fs.symlinkSync(path.join(ROOT, 'assets'), path.join(folder, 'assets'));
    fs.writeFileSync(path.join(folder, 'run.js'), "require('./lib/cli/main').runAsProgram();");
    fs.mkdirSync(path.join(folder, 'work'));
    return new CompiledCli(folder);
  }

  private constructor(
    /** The root of the package. */
    public readonly folder: string,
  ) {}

  /** The current folder of the runs. */
  public get workFolder(): string {
    return path.join(this.folder, 'work');
  }

  public file(name: string): string {
    return path.join(this.workFolder, name);
  }

  public async run(
    args: string[], env: NodeJS.ProcessEnv = {},
  ): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
    const child: ChildProcess = spawn(process.execPath, [path.join(this.folder, 'run.js'), ...args], { cwd: this.workFolder, env: { ...process.env, ...env } });
    let stdout = '';
    let stderr = '';
    child.stdout!.on('data', chunk => stdout += chunk);
    child.stderr!.on('data', chunk => stderr += chunk);
    const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
    return { code, stdout, stderr };
  }

  public remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }
}
