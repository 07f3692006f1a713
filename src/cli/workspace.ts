import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as os from 'node:os';
import * as path from 'node:path';

const OWN_PACKAGE = 'cdk-ssm-maintenance-windows';

/** The packages that programs use, as this package or the current folder sees them. */
export class Packages {
  constructor(private readonly root: string = packageRoot()) {}

  public folderOf(name: string): string | undefined {
    const places = [this.root, process.cwd()];
    const folders = places.flatMap(place => (createRequire(path.join(place, 'package.json')).resolve.paths(name) ?? []).map(folder => path.join(folder, name)));
    return name === OWN_PACKAGE ? this.root : folders.find(folder => fs.existsSync(path.join(folder, 'package.json')));
  }

  /** Works in a new folder that sees some packages. */
  public async inWorkspace<T>(packages: readonly string[], work: (folder: string) => Promise<T>): Promise<T> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'ssm-windows-'));
    try {
      fs.mkdirSync(path.join(folder, 'node_modules'));
      for (const name of packages) {
        const target = this.folderOf(name);
        target !== undefined && fs.symlinkSync(target, path.join(folder, 'node_modules', name), 'junction');
      }
      return await work(folder);
    } finally {
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
}

/** What a process said. */
interface Outcome {
  readonly failed: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program in a folder, without a shell. */
export async function runIn(folder: string, program: string, args: readonly string[]): Promise<Outcome> {
  const { NODE_OPTIONS: _, ...environment } = process.env;
  const env = { ...environment, CDK_VALIDATION: 'false', CDK_OUTDIR: path.join(folder, 'cdk.out'), JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
  return new Promise(resolve => {
    execFile(program, args, { cwd: folder, env, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ failed: error !== null, stdout, stderr: stderr || (error?.message.split('\n')[0] ?? '') });
    });
  });
}

/** The last line that a process said. */
export function lastLine({ stdout, stderr }: Outcome): string {
  return (stderr.trim() || stdout.trim()).split('\n').pop()!;
}

/** The version of this package. */
export function packageVersion(): string {
  return (JSON.parse(fs.readFileSync(path.join(packageRoot(), 'package.json'), 'utf8')) as { readonly version: string }).version;
}

/** The folder of this package, which is above the compiled files and above the bundle. */
function packageRoot(): string {
  let folder = __dirname;
  while (!isOwnRoot(folder) && path.dirname(folder) !== folder) {
    folder = path.dirname(folder);
  }
  return folder;
}

function isOwnRoot(folder: string): boolean {
  const file = path.join(folder, 'package.json');
  return fs.existsSync(file) && (JSON.parse(fs.readFileSync(file, 'utf8')) as { readonly name?: string }).name === OWN_PACKAGE;
}
