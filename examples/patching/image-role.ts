import { ArnFormat, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgeWildcards } from './acknowledgements';

/** The role with which the runbook AWS-CreateImage makes images of instances. */
export class ImageRole extends iam.Role {
  public constructor(scope: Construct, id: string) {
    super(scope, id, {
      assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com'),
      description: 'Makes images of instances before they are patched',
    });
    const stack = Stack.of(this);
    const arnFormat = ArnFormat.SLASH_RESOURCE_NAME;
    this.addToPolicy(new iam.PolicyStatement({
      actions: ['ec2:CreateImage'],
      resources: [
        stack.formatArn({ service: 'ec2', resource: 'instance', resourceName: '*', arnFormat }),
        stack.formatArn({ service: 'ec2', resource: 'image', resourceName: '*', account: '', arnFormat }),
        stack.formatArn({ service: 'ec2', resource: 'snapshot', resourceName: '*', account: '', arnFormat }),
      ],
    }));
    this.addToPolicy(new iam.PolicyStatement({ actions: ['ec2:DescribeImages', 'ec2:DescribeInstances'], resources: ['*'] }));

    acknowledgeWildcards(this, 'tags and resource groups choose the instances when the window opens, and images and snapshots get new IDs',
      'Resource::arn:<AWS::Partition>:ec2:<AWS::Region>:<AWS::AccountId>:instance/*',
      'Resource::arn:<AWS::Partition>:ec2:<AWS::Region>::image/*',
      'Resource::arn:<AWS::Partition>:ec2:<AWS::Region>::snapshot/*');
    acknowledgeWildcards(this, 'EC2 has no resource type for the describe actions', 'Resource::*');
  }
}
