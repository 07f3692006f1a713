import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GetMaintenanceWindowResult, GetMaintenanceWindowTaskResult } from '@aws-sdk/client-ssm';
import { GetMaintenanceWindowCommand, GetMaintenanceWindowTaskCommand } from '@aws-sdk/client-ssm';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import type { CfnElement } from 'aws-cdk-lib';
import type { Outcome, StackResource } from './cloudformation';
import type { Rig } from './rig';

export const TASK_TYPE = 'AWS::SSM::MaintenanceWindowTask';
export const STATE_TYPE = 'Custom::SSMMaintenanceWindowState';
export const ALARM_TYPE = 'Custom::SSMMaintenanceWindowTaskAlarm';

let apps = 0;

/** Builds an app with one stack and gives the directory of its cloud assembly. */
export function assemble(rig: Rig, stackName: string, build: (stack: Stack) => void): { directory: string; template: any } {
  const outdir = join(rig.directory, `cdk-${stackName}-${++apps}`);
  mkdirSync(outdir);
  const app = new App({ outdir });
  const stack = new Stack(app, stackName);
  build(stack);
  const assembly = app.synth();
  return { directory: assembly.directory, template: assembly.getStackByName(stackName).template };
}

/** A stack that is deployed again and again through the API. */
export class Deployment {
  public constructor(private readonly rig: Rig, public readonly stackName: string) {}

  /** Deploys, waits for what EventBridge does about it, and fails unless the deployment succeeds. */
  public async succeed(build: (stack: Stack) => void): Promise<void> {
    const { status, failures } = await this.deploy(build);
    if (!/^(CREATE|UPDATE)_COMPLETE$/.test(status)) {
      throw new Error(`the deployment of ${this.stackName} ended with ${status}: ${failures.join('; ')}`);
    }
  }

  public async deploy(build: (stack: Stack) => void, change: (template: any) => void = () => undefined): Promise<Outcome> {
    const { template } = assemble(this.rig, this.stackName, build);
    change(template);
    const outcome = await this.rig.cloudFormation.deploy(this.stackName, template);
    await this.rig.settle();
    return outcome;
  }

  public async delete(): Promise<string | undefined> {
    const status = await this.rig.cloudFormation.delete(this.stackName);
    await this.rig.settle();
    return status;
  }

  public async resources(type?: string): Promise<StackResource[]> {
    return (await this.rig.cloudFormation.resources(this.stackName)).filter((resource) => type === undefined || resource.type === type);
  }

  /** The physical id of the only resource of a type whose logical id begins so. */
  public async idOf(type: string, prefix: string = ''): Promise<string> {
    const found = (await this.resources(type)).filter(({ logicalId }) => logicalId.startsWith(prefix));
    if (found.length !== 1) {
      throw new Error(`${this.stackName} has ${found.length} resources of type ${type} that begin with '${prefix}'`);
    }
    return found[0].physicalId;
  }

  /** The only window whose logical id begins so, as the service has it. */
  public async window(prefix: string = ''): Promise<Awaited<ReturnType<typeof readWindow>>> {
    return readWindow(this.rig, await this.idOf('AWS::SSM::MaintenanceWindow', prefix));
  }

  /** A task as the service has it; undefined when it does not exist. */
  public async task(prefix: string = '', windowPrefix: string = ''): Promise<GetMaintenanceWindowTaskResult> {
    return readTask(this.rig, await this.idOf('AWS::SSM::MaintenanceWindow', windowPrefix), await this.idOf(TASK_TYPE, prefix));
  }
}

/** A window as the service has it, without its dates. */
export async function readWindow(rig: Rig, WindowId: string): Promise<Omit<GetMaintenanceWindowResult, 'CreatedDate' | 'ModifiedDate'>> {
  const { $metadata, CreatedDate, ModifiedDate, ...window } = await rig.ssm.send(new GetMaintenanceWindowCommand({ WindowId }));
  return window;
}

export async function readTask(rig: Rig, WindowId: string, WindowTaskId: string): Promise<GetMaintenanceWindowTaskResult> {
  const { $metadata, ...task } = await rig.ssm.send(new GetMaintenanceWindowTaskCommand({ WindowId, WindowTaskId }));
  return task;
}

/** A resource that can never be created, after some others and before some others. */
export function failing(stack: Stack, options: { readonly after: CfnElement[]; readonly before?: CfnElement[] }): void {
  const bad = new CfnResource(stack, 'Bad', { type: 'AWS::SSM::Parameter', properties: { Type: 'Impossible', Value: 'x' } });
  options.after.forEach((element) => bad.addDependency(element as CfnResource));
  options.before?.forEach((element) => (element as CfnResource).addDependency(bad));
}
