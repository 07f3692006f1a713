import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { SSMClient } from '@aws-sdk/client-ssm';
import { CloudFormation } from './cloudformation';

const ROOT = resolve(__dirname, '..', '..');
const TOOLS = join(ROOT, '.tools');
const PYTHON = join(TOOLS, 'ministack', 'bin', 'python');
const START_MS = 60_000;

/** In the user agent of the tests' own requests. */
export const TESTS = 'tests';

/** A request that reached the maintenance-window API. */
export interface RecordedRequest {
  readonly operation: string;
  readonly userAgent: string;
  readonly input: { readonly [name: string]: any };
}

/** Switches of the emulator, see emulator/control.py. */
export interface Switches {
  /** Events to functions: at once, held back until they are released, or dropped. */
  readonly delivery?: 'at once' | 'hold' | 'drop';
  /** Delivers what was held back, each that many times. */
  readonly release?: number;
  readonly reverse_order?: boolean;
  readonly reverse_rollback?: boolean;
  readonly enforce_iam?: boolean;
  /** Whether an update of a window by CloudFormation enables it. */
  readonly replace_enables?: boolean;
  readonly page_size?: number | null;
  /** Operation and how many answers are refused with ThrottlingException. */
  readonly throttled?: { readonly [operation: string]: number };
  readonly forget_requests?: true;
  /** The time on the clock of EventBridge Scheduler: what is due since the time before is called. */
  readonly scheduler_time?: string;
  readonly forget_calls?: true;
}

/** A call of EventBridge Scheduler to the maintenance-window API. */
interface SchedulerCall {
  readonly time: string;
  readonly input: { readonly WindowId: string; readonly Enabled: boolean };
  /** Why it was refused. */
  readonly error: string | null;
}

export interface EmulatorState {
  readonly requests: RecordedRequest[];
  readonly held: number;
  readonly released: number;
  readonly started: number;
  readonly running: number;
  readonly calls: SchedulerCall[];
  /** The contents of documents, by their names. */
  readonly documents: { readonly [name: string]: string };
}

/** The emulator as a process of its own, with clients for it. */
export class Rig {
  /** Starts the emulator on free ports of 127.0.0.1. It ends with this process, whatever happens: it watches it. */
  public static async start(): Promise<Rig> {
    if (!existsSync(PYTHON)) {
      throw new Error(`the emulator is not installed, run 'npm run e2e', got no ${PYTHON}`);
    }
    const [port, controlPort] = await Promise.all([freePort(), freePort()]);
    const rig = new Rig(port, controlPort);
    await rig.ready();
    return rig;
  }

  public readonly endpoint: string;
  public readonly cloudFormation: CloudFormation;
  public readonly ssm: SSMClient;
  /** Below the project, so that functions find the project's SDK by walking up: elsewhere they would get ministack's imitation. */
  public readonly directory: string;
  private readonly control: string;
  private readonly process: ChildProcess;
  private readonly log: string;
  private exited = false;

  private constructor(port: number, controlPort: number) {
    this.endpoint = `http://127.0.0.1:${port}`;
    this.control = `http://127.0.0.1:${controlPort}`;
    mkdirSync(TOOLS, { recursive: true });
    this.directory = mkdtempSync(join(TOOLS, 'e2e-'));
    mkdirSync(join(this.directory, 'tmp'));
    this.log = join(this.directory, 'emulator.log');
    const output = openSync(this.log, 'w');
    this.process = spawn(PYTHON, [join(__dirname, 'emulator', 'serve.py'), String(controlPort)], {
      env: {
        ...this.environment(),
        BIND_HOST: '127.0.0.1',
        GATEWAY_PORT: String(port),
        MINISTACK_HOST: '127.0.0.1',
        IOT_MTLS_ENABLED: '0',
        SFTP_ENABLED: '0',
        TMPDIR: join(this.directory, 'tmp'),
        PYTHONDONTWRITEBYTECODE: '1',
      },
      stdio: ['ignore', output, output],
      // a group of its own: its functions are its children
      detached: true,
    });
    closeSync(output);
    this.process.once('exit', () => { this.exited = true; });
    this.cloudFormation = new CloudFormation(this.endpoint);
    this.ssm = new SSMClient({
      region: 'us-east-1',
      endpoint: this.endpoint,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      userAgentAppId: TESTS,
    });
  }

  /** Sets switches and tells the state. */
  public async set(switches: Switches): Promise<EmulatorState> {
    const answer = await fetch(this.control, { method: 'POST', body: JSON.stringify(switches) });
    if (!answer.ok) {
      throw new Error(`the emulator refused ${JSON.stringify(switches)}: ${answer.status}`);
    }
    return await answer.json() as EmulatorState;
  }

  /** Waits until no function that EventBridge invoked is running any more. */
  public async settle(): Promise<EmulatorState> {
    for (;;) {
      const state = await this.set({});
      if (state.running === 0) {
        return state;
      }
      await pause(50);
    }
  }

  /** Runs the CDK CLI on a cloud assembly. */
  public cdk(...args: string[]): string {
    const result = spawnSync(join(ROOT, 'node_modules', '.bin', 'cdk'), [...args, '--no-notices', '--no-color', '--ci'], {
      cwd: this.directory,
      env: { ...this.environment(), CDK_DISABLE_CLI_TELEMETRY: 'true' },
      encoding: 'utf8',
      timeout: 600_000,
    });
    if (result.status !== 0) {
      throw new Error(`cdk ${args.join(' ')} ended with ${result.status}:\n${result.stdout}\n${result.stderr}`);
    }
    return result.stdout;
  }

  /** The environment of programs that are to reach the emulator, and nothing else. */
  public environment(): NodeJS.ProcessEnv {
    return {
      PATH: process.env.PATH,
      HOME: this.directory,
      AWS_ENDPOINT_URL: this.endpoint,
      AWS_ENDPOINT_URL_S3: this.endpoint,
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_EC2_METADATA_DISABLED: 'true',
    };
  }

  public async stop(): Promise<void> {
    this.ssm.destroy();
    if (!this.exited) {
      const gone = new Promise((done) => this.process.once('exit', done));
      process.kill(-this.process.pid!, 'SIGKILL');
      await gone;
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    const until = Date.now() + START_MS;
    for (;;) {
      const answered = await Promise.all([fetch(`${this.endpoint}/_ministack/ready`), this.set({})]).then(() => true, () => false);
      if (answered) {
        return;
      }
      if (this.exited || Date.now() > until) {
        const log = readFileSync(this.log, 'utf8');
        await this.stop();
        throw new Error(`the emulator did not start:\n${log}`);
      }
      await pause(100);
    }
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
