import { Fn, RemovalPolicy } from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

/*
 * Resources beside the ones under test. They pass cdk-nag by themselves, so that every finding is about the library.
 */

export function testFunction(scope: Construct, id: string = 'Function'): lambda.Function {
  return new lambda.Function(scope, id, {
    // a role with the managed policy of the default one would be a finding
    role: new iam.Role(scope, `${id}Role`, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') }),
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
  });
}

export function testTopic(scope: Construct, id: string = 'Topic', props: sns.TopicProps = {}): sns.Topic {
  return new sns.Topic(scope, id, { enforceSSL: true, ...props });
}

export function testBucket(scope: Construct, id: string = 'Bucket'): s3.Bucket {
  return new s3.Bucket(scope, id, {
    enforceSSL: true,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    serverAccessLogsBucket: s3.Bucket.fromBucketName(scope, `${id}Logs`, 'access-logs-of-the-tests'),
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

export function testLogGroup(scope: Construct, id: string = 'LogGroup'): logs.LogGroup {
  return new logs.LogGroup(scope, id, { retention: logs.RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
}

export function testStateMachine(scope: Construct, id: string = 'StateMachine', props: Partial<sfn.StateMachineProps> = {}): sfn.StateMachine {
  return new sfn.StateMachine(scope, id, {
    definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(scope, `${id}Pass`)),
    logs: { destination: testLogGroup(scope, `${id}Logs`), level: sfn.LogLevel.ALL },
    tracingEnabled: true,
    ...props,
  });
}

export function testInstance(scope: Construct, id: string = 'Instance'): ec2.Instance {
  const vpc = ec2.Vpc.fromVpcAttributes(scope, `${id}Vpc`, {
    vpcId: 'vpc-0123456789abcdef0',
    availabilityZones: [Fn.select(0, Fn.getAzs())],
    privateSubnetIds: ['subnet-0123456789abcdef0'],
  });
  const instance = new ec2.Instance(scope, id, {
    vpc,
    instanceType: ec2.InstanceType.of(ec2.InstanceClass.T4G, ec2.InstanceSize.MICRO),
    machineImage: ec2.MachineImage.latestAmazonLinux2023({ cpuType: ec2.AmazonLinuxCpuType.ARM_64 }),
    detailedMonitoring: true,
    requireImdsv2: true,
    blockDevices: [{ deviceName: '/dev/xvda', volume: ec2.BlockDeviceVolume.ebs(8, { encrypted: true }) }],
  });
  instance.instance.disableApiTermination = true;
  return instance;
}
