import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const ROOT = resolve(__dirname, '..', '..', '..');

export interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line of the checkout, bundled as for the package, in a folder of its own. */
export class BundledCli {
  /** Where it runs; what tests write is here too. */
  public readonly workFolder: string;
  private readonly folder = mkdtempSync(join(realpathSync(tmpdir()), 'ssm-windows-'));

  constructor() {
    buildSync({
      entryPoints: [join(ROOT, 'src', 'cli', 'main.ts')],
      outfile: join(this.folder, 'assets', 'cli', 'main', 'index.js'),
      bundle: true,
      platform: 'node',
      target: 'node20',
      external: ['typescript'],
    });
    mkdirSync(join(this.folder, 'bin'));
    copyFileSync(join(ROOT, 'bin', 'ssm-windows'), join(this.folder, 'bin', 'ssm-windows'));
    this.workFolder = join(this.folder, 'work');
    mkdirSync(this.workFolder);
  }

  public run(...args: string[]): Result {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(this.folder, 'bin', 'ssm-windows'), ...args], { cwd: this.workFolder, encoding: 'utf-8' });
    return { code: status, stdout, stderr };
  }

  public file(name: string): string {
    return join(this.workFolder, name);
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
