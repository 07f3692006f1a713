/*
 * Stand-ins for Amazon EC2, Elastic Load Balancing, Amazon EC2 Auto Scaling, CloudWatch and Systems Manager, with one node. They keep state and take time.
 */

export const NODE = 'i-0123456789abcdef0';

export interface Beginning {
  readonly state: 'running' | 'stopped';
  /** The ports with which the node is registered, by target group. */
  readonly ports?: { readonly [group: string]: readonly number[] };
  /** Its state in the Auto Scaling group. */
  readonly lifecycle?: 'InService' | 'Standby';
  readonly minSize?: number;
  readonly drainSeconds?: number;
  /** Whether the node is healthy once it is patched. */
  readonly healthy?: boolean;
  readonly alarm?: string;
  /** The commands that fail, by a part of their parameters. */
  readonly failing?: string;
}

interface Registration {
  state: 'initial' | 'healthy' | 'unhealthy' | 'draining' | 'unused';
  until?: number;
}

export const GROUP = 'web-group';

export class World {
  public now = 0;
  public state: string;
  /** What was done to the node, in words. */
  public readonly done: string[] = [];
  public patched = false;
  public lifecycle?: string;
  private readonly groups = new Map<string, Map<number, Registration>>();
  private changeAt = Infinity;
  private nextState = '';
  private standbyAt = Infinity;
  private snapshotsAt = Infinity;

  public constructor(private readonly beginning: Beginning) {
    this.state = beginning.state;
    this.lifecycle = beginning.lifecycle;
    for (const [group, ports] of Object.entries(beginning.ports ?? {})) {
      this.groups.set(group, new Map(ports.map((port) => [port, { state: this.state === 'running' ? 'healthy' : 'unused' }])));
    }
  }

  /** The ports that are registered and do not drain, by target group. */
  public registered(): { [group: string]: number[] } {
    return Object.fromEntries([...this.groups].map(([group, ports]) => (
      [group, [...ports].filter(([, { state }]) => state !== 'draining').map(([port]) => port)])));
  }

  /** Whether requests reach the node. */
  public inService(): boolean {
    return this.lifecycle === 'InService' || [...this.groups.values()].some((ports) => [...ports.values()].some(({ state }) => state === 'healthy'));
  }

  public advance(seconds: number): void {
    this.now += seconds;
    if (this.now >= this.changeAt) {
      this.changeAt = Infinity;
      this.state = this.nextState;
    }
    if (this.now >= this.standbyAt && this.lifecycle === 'EnteringStandby') { this.lifecycle = 'Standby'; }
    for (const ports of this.groups.values()) {
      for (const [port, registration] of ports) { this.age(ports, port, registration); }
    }
  }

  /** Whether requests reach the node, or some still run. */
  private hasRequests(): boolean {
    const states = [...this.groups.values()].flatMap((ports) => [...ports.values()].map(({ state }) => state));
    return this.inService() || this.lifecycle === 'EnteringStandby' || states.includes('draining');
  }

  /** A node that runs and is registered becomes healthy by itself. */
  private age(ports: Map<number, Registration>, port: number, registration: Registration): void {
    if (registration.state === 'draining' && this.now >= registration.until!) {
      ports.delete(port);
    } else if (this.state !== 'running' && registration.state !== 'draining') {
      registration.state = 'unused';
    } else if (registration.state === 'unused') {
      Object.assign(registration, { state: 'initial', until: this.now + 30 });
    } else if (registration.state === 'initial' && this.now >= registration.until!) {
      registration.state = this.patched && this.beginning.healthy === false ? 'unhealthy' : 'healthy';
    }
  }

  public call(service: string, api: string, inputs: any): unknown {
    switch (`${service}.${api}`) {
      case 'ec2.DescribeInstances': return { Reservations: [{ Instances: [{ InstanceId: NODE, State: { Name: this.state } }] }] };
      case 'ec2.StartInstances': return this.start();
      case 'ec2.StopInstances': return this.stop();
      case 'ec2.CreateSnapshots': return this.createSnapshots();
      case 'ec2.DescribeSnapshots': return { Snapshots: inputs.SnapshotIds.map(() => ({ State: this.now < this.snapshotsAt ? 'pending' : 'completed' })) };
      case 'ec2.CreateImage': return this.note('image', { ImageId: 'ami-1' });
      case 'ec2.DescribeImages': return { Images: [{ State: 'available' }] };
      case 'ssm.DescribeInstanceInformation': return { InstanceInformationList: this.state === 'running' ? [{ PingStatus: 'Online' }] : [] };
      case 'cloudwatch.DescribeAlarms': return { MetricAlarms: [{ StateValue: this.beginning.alarm ?? 'OK' }], CompositeAlarms: [] };
      case 'elbv2.DescribeTargetHealth': return { TargetHealthDescriptions: this.describe(inputs.TargetGroupArn) };
      case 'elbv2.DeregisterTargets': return this.deregister(inputs);
      case 'elbv2.RegisterTargets': return this.register(inputs);
      case 'autoscaling.DescribeAutoScalingInstances': return {
        AutoScalingInstances: this.lifecycle ? [{ InstanceId: NODE, AutoScalingGroupName: GROUP, LifecycleState: this.lifecycle }] : [],
      };
      case 'autoscaling.EnterStandby': return this.enterStandby(inputs);
      case 'autoscaling.ExitStandby': return this.exitStandby(inputs);
      default: throw new Error(`the stand-ins have no ${service}.${api}`);
    }
  }

  public runCommand(document: string, instanceIds: string[], parameters: any): undefined {
    if (this.state !== 'running' || instanceIds[0] !== NODE) { throw new Error('the command was not delivered'); }
    this.advance(60);
    const failing = this.beginning.failing;
    if (failing !== undefined && JSON.stringify([document, parameters]).includes(failing)) { throw new Error(`${document} failed`); }
    if (document === 'AWS-RunPatchBaseline') {
      if (this.hasRequests()) { throw new Error('a node with requests was patched'); }
      this.patched = true;
    }
    this.done.push(document);
  }

  public runAutomation(document: string, _parameters: any): undefined {
    this.advance(60);
    this.done.push(document);
  }

  private createSnapshots(): object {
    this.snapshotsAt = this.now + 90;
    return this.note('snapshots', { Snapshots: [{ SnapshotId: 'snap-1' }, { SnapshotId: 'snap-2' }] });
  }

  private note(what: string, response: object): object {
    this.done.push(what);
    return response;
  }

  private later(state: string, via: string): object {
    this.state = via;
    this.changeAt = this.now + 40;
    this.nextState = state;
    return {};
  }

  private start(): object {
    return this.state === 'running' ? {} : this.later('running', 'pending');
  }

  private stop(): object {
    return this.state === 'stopped' ? {} : this.later('stopped', 'stopping');
  }

  private describe(group: string): object[] {
    return [
      ...[...this.groups.get(group) ?? []].map(([port, { state }]) => ({ Target: { Id: NODE, Port: port }, TargetHealth: { State: state } })),
      { Target: { Id: 'i-of-another-node', Port: 80 }, TargetHealth: { State: 'healthy' } },
    ];
  }

  private deregister({ TargetGroupArn, Targets: [{ Id, Port }] }: any): object {
    const found = Id === NODE && this.groups.get(TargetGroupArn)?.get(Port);
    if (found && found.state !== 'draining') {
      Object.assign(found, { state: 'draining', until: this.now + (this.beginning.drainSeconds ?? 60) });
    }
    return {};
  }

  private register({ TargetGroupArn, Targets: [{ Id, Port }] }: any): object {
    if (this.state !== 'running') { throw new Error('InvalidTarget: the instance is not running'); }
    if (Id !== NODE || !this.groups.has(TargetGroupArn)) { throw new Error('TargetGroupNotFound'); }
    this.groups.get(TargetGroupArn)!.set(Port, { state: 'initial', until: this.now + 30 });
    return {};
  }

  private enterStandby({ AutoScalingGroupName, InstanceIds, ShouldDecrementDesiredCapacity }: any): object {
    const desired = 2;
    if (AutoScalingGroupName !== GROUP || InstanceIds[0] !== NODE || ShouldDecrementDesiredCapacity !== true || this.lifecycle !== 'InService') {
      throw new Error('ValidationError: the instance is not in service');
    }
    if (desired - 1 < (this.beginning.minSize ?? 0)) { throw new Error('ValidationError: the group would be below its minimum size'); }
    this.lifecycle = 'EnteringStandby';
    this.standbyAt = this.now + (this.beginning.drainSeconds ?? 60);
    return {};
  }

  private exitStandby({ AutoScalingGroupName, InstanceIds }: any): object {
    if (AutoScalingGroupName !== GROUP || InstanceIds[0] !== NODE || this.lifecycle !== 'Standby') {
      throw new Error('ValidationError: the instance is not in standby');
    }
    this.lifecycle = 'InService';
    return {};
  }
}
