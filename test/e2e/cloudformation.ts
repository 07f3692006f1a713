import { pause } from './rig';

/** What became of a deployment. */
export interface Outcome {
  readonly status: string;
  /** Why resources failed, in order. */
  readonly failures: string[];
}

export interface StackResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
}

/** The CloudFormation API, faster than the CLI. */
export class CloudFormation {
  public constructor(private readonly endpoint: string) {}

  /** Creates or updates a stack and waits for the end, whatever it is. */
  public async deploy(stackName: string, template: object): Promise<Outcome> {
    const exists = await this.status(stackName) !== undefined;
    const known = new Set((await this.events(stackName)).map(({ id }) => id));
    await this.call(exists ? 'UpdateStack' : 'CreateStack', {
      'StackName': stackName,
      'TemplateBody': JSON.stringify(template),
      'Capabilities.member.1': 'CAPABILITY_IAM',
      'Capabilities.member.2': 'CAPABILITY_NAMED_IAM',
    });
    const status = await this.ended(stackName);
    const failures = (await this.events(stackName)).filter(({ id, status: event }) => !known.has(id) && event.endsWith('_FAILED'));
    return { status: status ?? 'DELETE_COMPLETE', failures: failures.map(({ logicalId, reason }) => `${logicalId}: ${reason}`) };
  }

  /** Deletes a stack; undefined when it is gone, else the status it is left in. */
  public async delete(stackName: string): Promise<string | undefined> {
    await this.call('DeleteStack', { StackName: stackName });
    const status = await this.ended(stackName);
    return status === 'DELETE_COMPLETE' ? undefined : status;
  }

  public async status(stackName: string): Promise<string | undefined> {
    const answer = await this.tryCall('DescribeStacks', { StackName: stackName });
    const status = answer && text(answer, 'StackStatus');
    return status === 'DELETE_COMPLETE' ? undefined : status;
  }

  public async resources(stackName: string): Promise<StackResource[]> {
    const answer = await this.call('DescribeStackResources', { StackName: stackName });
    return members(answer).map((member) => ({
      logicalId: text(member, 'LogicalResourceId')!,
      physicalId: text(member, 'PhysicalResourceId') ?? '',
      type: text(member, 'ResourceType')!,
    }));
  }

  private async events(stackName: string): Promise<{ id: string; logicalId: string; status: string; reason: string }[]> {
    const answer = await this.tryCall('DescribeStackEvents', { StackName: stackName });
    return members(answer ?? '').map((member) => ({
      id: text(member, 'EventId')!,
      logicalId: text(member, 'LogicalResourceId')!,
      status: text(member, 'ResourceStatus')!,
      reason: text(member, 'ResourceStatusReason') ?? '',
    }));
  }

  private async ended(stackName: string): Promise<string | undefined> {
    for (;;) {
      const status = await this.status(stackName);
      if (status === undefined || !status.endsWith('_IN_PROGRESS')) {
        return status;
      }
      await pause(50);
    }
  }

  private async call(action: string, parameters: { [name: string]: string }): Promise<string> {
    const answer = await this.post(action, parameters);
    if (!answer.ok) {
      throw new Error(`${action} was refused: ${answer.body}`);
    }
    return answer.body;
  }

  private async tryCall(action: string, parameters: { [name: string]: string }): Promise<string | undefined> {
    const answer = await this.post(action, parameters);
    return answer.ok ? answer.body : undefined;
  }

  private async post(action: string, parameters: { [name: string]: string }): Promise<{ ok: boolean; body: string }> {
    const answer = await fetch(this.endpoint, {
      method: 'POST',
      body: new URLSearchParams({ Action: action, Version: '2010-05-15', ...parameters }),
      // the emulator reads the service and the region from here and checks no signature
      headers: { authorization: 'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/cloudformation/aws4_request, SignedHeaders=host, Signature=none' },
    });
    return { ok: answer.ok, body: await answer.text() };
  }
}

function members(xml: string): string[] {
  return [...xml.matchAll(/<member>(.*?)<\/member>/gs)].map(([, member]) => member).filter((member) => member.includes('<LogicalResourceId>'));
}

function text(xml: string, element: string): string | undefined {
  const found = new RegExp(`<${element}>(.*?)</${element}>`, 's').exec(xml)?.[1];
  return found?.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;|&#39;|&#x27;/g, "'").replace(/&amp;/g, '&');
}
