import { Duration, Stack, Tags, TimeZone } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { InstanceTarget } from 'aws-cdk-lib/aws-elasticloadbalancingv2-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import { MaintenanceWindowSchedule, patching, RateControl, TargetSelector } from 'cdk-ssm-maintenance-windows';
import type { Construct } from 'constructs';

const NODES = ['One', 'Two', 'Three'];

/** Three nodes behind an Application Load Balancer, patched one by one while the other two serve. */
export class WebStack extends Stack {
  public readonly runbook: patching.PatchRunbook;
  public readonly patching: patching.PatchWindows;

  public constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const vpc = new ec2.Vpc(this, 'Vpc', { maxAzs: 2, natGateways: 1 });
    const role = new iam.Role(this, 'NodeRole', {
      assumedBy: new iam.ServicePrincipal('ec2.amazonaws.com'),
      managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonSSMManagedInstanceCore')],
    });
    const nodes = NODES.map((name) => this.webNode(name, vpc, role));

    const balancer = new elbv2.ApplicationLoadBalancer(this, 'Balancer', { vpc, internetFacing: true });
    const group = balancer.addListener('Http', { port: 80 }).addTargets('Nodes', {
      port: 80,
      targets: nodes.map((node) => new InstanceTarget(node)),
      // what a request may take at the longest
      deregistrationDelay: Duration.seconds(60),
      healthCheck: { path: '/', interval: Duration.seconds(10), healthyThresholdCount: 2 },
    });
    nodes.forEach((node) => node.connections.allowFrom(balancer, ec2.Port.tcp(80)));

    this.runbook = new patching.PatchRunbook(this, 'Runbook', {
      targetGroups: [group],
      backup: patching.PatchBackup.snapshot({ timeout: Duration.minutes(20) }),
      healthChecks: [
        patching.PatchHealthCheck.hook(patching.PatchHook.shellScript('curl --fail --silent --retry 10 --retry-connrefused http://localhost/')),
        patching.PatchHealthCheck.targetGroups({ timeout: Duration.minutes(5) }),
      ],
      stepTimeout: Duration.minutes(30),
      // two nodes can carry the load until somebody has looked at the third
      afterFailure: patching.NodeAfterFailure.LEAVE_OUT,
    });
    this.patching = new patching.PatchWindows(this, 'Patching', {
      selector: TargetSelector.patchGroup('web'),
      installSchedule: MaintenanceWindowSchedule.patchTuesday({ daysAfter: Duration.days(8), hour: '2', timeZone: TimeZone.EUROPE_PARIS }),
      installDuration: Duration.hours(4),
      installWith: this.runbook,
      installMaxConcurrency: RateControl.count(1),
      installMaxErrors: RateControl.count(0),
    });
    this.patching.grantWriteOutput(role);
  }

  private webNode(name: string, vpc: ec2.IVpc, role: iam.IRole): ec2.Instance {
    const instance = new ec2.Instance(this, name, {
      vpc,
      role,
      instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.SMALL),
      machineImage: ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 }),
      requireImdsv2: true,
      blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(16, { encrypted: true }) }],
    });
    instance.userData.addCommands('dnf install -y nginx', 'systemctl enable --now nginx');
    Tags.of(instance).add('PatchGroup', 'web');
    return instance;
  }
}
