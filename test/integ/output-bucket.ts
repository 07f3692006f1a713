import { RemovalPolicy } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';

/** A bucket that can be deployed and passes cdk-nag: it keeps its own access logs. */
export function outputBucket(scope: Construct): s3.Bucket {
  return new s3.Bucket(scope, 'Output', {
    enforceSSL: true,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    objectOwnership: s3.ObjectOwnership.OBJECT_WRITER,
    serverAccessLogsPrefix: 'access-logs/',
    removalPolicy: RemovalPolicy.DESTROY,
  });
}
