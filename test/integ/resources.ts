import { RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { testStateMachine } from '../support/resources';

/** A bucket that can be deployed and passes cdk-nag: it keeps its own access logs. */
export function outputBucket(scope: Construct, id: string = 'Output'): s3.Bucket {
  return new s3.Bucket(scope, id, {
    enforceSSL: true,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.OBJECT_WRITER,
    serverAccessLogsPrefix: 'access-logs/',
    removalPolicy: RemovalPolicy.DESTROY,
  });
}

/** A state machine whose role is the same whatever the version of CDK. */
export function standardStateMachine(scope: Construct): sfn.StateMachine {
  return testStateMachine(scope, 'StateMachine', {
    role: new iam.Role(scope, 'StateMachineRole', { assumedBy: new iam.ServicePrincipal('states.amazonaws.com') }),
  });
}
