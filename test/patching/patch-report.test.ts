import type { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { AutomationRunbook, MaintenanceWindow, patching } from '../../src';
import { templateOf, templateWithFindings, testStack, warningsOf } from '../support/app';
import { failure } from '../support/errors';
import { testBucket, testTopic } from '../support/resources';
import { allow, onlyTask, passRole, statementsOf, testWindow } from '../support/tasks';
import { later } from '../support/tokens';

const READS = [
  'ec2:DescribeInstances', 'ssm:DescribeInstanceInformation', 'ssm:DescribeInstancePatches', 'ssm:DescribeInstancePatchStates',
  'ssm:ListComplianceItems', 'ssm:ListResourceComplianceSummaries',
];

function parametersOf(template: Template): object {
  return onlyTask(template).TaskInvocationParameters.MaintenanceWindowAutomationParameters.Parameters;
}

function templateIn(stack: ReturnType<typeof testStack>, bucket: s3.IBucket): Template {
  const { 'Fn::GetAtt': [id] } = stack.resolve(bucket.bucketArn);
  return templateWithFindings(stack, ['AwsSolutions-IAM5[Resource::*]', `AwsSolutions-IAM5[Resource::<${id}.Arn>/*]`]);
}

test('with required properties only, the runbook writes a summary of all nodes with a role of its own', () => {
  const stack = testStack();
  const bucket = testBucket(stack);
  const report = new patching.PatchReport(stack, 'Report', { maintenanceWindow: testWindow(stack), bucket });
  const template = templateIn(stack, bucket);
  expect(onlyTask(template)).toMatchObject({ TaskType: 'AUTOMATION', TaskArn: 'AWS-ExportPatchReportToS3', Name: 'PatchReport', Priority: 1 });
  expect(parametersOf(template)).toEqual({
    assumeRole: [stack.resolve(report.assumeRole.roleArn)],
    reportName: ['patch-report'],
    s3BucketName: [stack.resolve(bucket.bucketName)],
    targets: ['instanceids=*'],
  });
  expect(statementsOf(template, stack, report.assumeRole)).toEqual([
    allow(READS, '*'),
    allow('s3:PutObject', { 'Fn::Join': ['', [stack.resolve(bucket.bucketArn), '/*']] }),
  ]);
  expect(statementsOf(template, stack, report.task.role!)).toContainEqual(passRole(stack.resolve(report.assumeRole.roleArn)));
  expect(patching.PatchReport.isPatchReport(report)).toBe(true);
  expect(patching.PatchReport.isPatchReport(stack)).toBe(false);
  expect(warningsOf(report)).toEqual([]);
});

test('with all properties', () => {
  const stack = testStack();
  const [bucket, topic] = [testBucket(stack), testTopic(stack)];
  const assumeRole = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') });
  const report = new patching.PatchReport(stack, 'Report', {
    maintenanceWindow: testWindow(stack), bucket, topic, assumeRole, reportName: 'web', nodeId: 'i-0123456789abcdef0',
  });
  const template = templateIn(stack, bucket);
  expect(report.assumeRole).toBe(assumeRole);
  expect(parametersOf(template)).toEqual({
    assumeRole: [stack.resolve(assumeRole.roleArn)],
    reportName: ['web'],
    s3BucketName: [stack.resolve(bucket.bucketName)],
    snsTopicArn: [stack.resolve(topic.topicArn)],
    targets: ['instanceids=i-0123456789abcdef0'],
  });
  expect(statementsOf(template, stack, assumeRole)).toContainEqual(allow('sns:Publish', stack.resolve(topic.topicArn)));
});

test('the task has a priority above all others, whenever those are defined, and reports do not wait for each other', () => {
  const stack = testStack();
  const [window, bucket] = [testWindow(stack), testBucket(stack)];
  const add = (id: string, priority: number) => window.addAutomationTask(id, { runbook: AutomationRunbook.fromDocumentName('Own-Runbook'), priority })
    .addToRolePolicy(new iam.PolicyStatement({ actions: ['ec2:StartInstances'], resources: ['arn:aws:ec2:eu-central-1:123456789012:instance/i-0123456789abcdef0'] }));
  add('First', 3);
  new patching.PatchReport(stack, 'Report', { maintenanceWindow: window, bucket });
  new patching.PatchReport(stack, 'Other', { maintenanceWindow: window, bucket, nodeId: 'i-0123456789abcdef0' });
  add('Later', 7);
  const tasks = Object.values<any>(templateIn(stack, bucket).findResources('AWS::SSM::MaintenanceWindowTask'));
  expect(tasks.map(({ Properties }) => [Properties.Priority, Properties.Name]).sort()).toEqual([[3, undefined], [7, undefined], [8, 'PatchReport'], [8, 'PatchReport']]);
});

test('a bucket that is encrypted with a key can be written to', () => {
  const stack = testStack();
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  const bucket = s3.Bucket.fromBucketAttributes(stack, 'Bucket', { bucketName: 'reports', encryptionKey: key });
  const report = new patching.PatchReport(stack, 'Report', { maintenanceWindow: testWindow(stack), bucket });
  const template = templateWithFindings(stack, ['AwsSolutions-IAM5[Resource::*]', 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::reports/*]']);
  expect(statementsOf(template, stack, report.assumeRole)).toContainEqual(allow(['kms:Decrypt', 'kms:GenerateDataKey'], stack.resolve(key.keyArn)));
});

test('an imported window, a role and texts known only at deployment', () => {
  const stack = testStack();
  const maintenanceWindow = MaintenanceWindow.fromMaintenanceWindowId(stack, 'Imported', 'mw-0123456789abcdef0');
  new patching.PatchReport(stack, 'Report', {
    maintenanceWindow,
    bucket: s3.Bucket.fromBucketName(stack, 'Bucket', later()),
    assumeRole: iam.Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::123456789012:role/Report', { mutable: false }),
    reportName: later(),
    nodeId: later(),
  });
  expect(parametersOf(templateOf(stack))).toMatchObject({ assumeRole: ['arn:aws:iam::123456789012:role/Report'] });
  expect(warningsOf(stack)).toEqual([]);
});

test('what is missing, of the wrong type or not as the runbook declares is told', () => {
  const stack = testStack();
  const props = { maintenanceWindow: testWindow(stack), bucket: s3.Bucket.fromBucketName(stack, 'Bucket', 'reports') };
  expect(failure(() => new patching.PatchReport(stack, 'A', undefined as any))).toBe('\'props\' must be an object, got undefined, specify a value (at Stack/A)');
  expect(failure(() => new patching.PatchReport(stack, 'B', { ...props, bucket: 'reports' as any }))).toBe('\'bucket\' must be a bucket, got "reports" (at Stack/B)');
  expect(failure(() => new patching.PatchReport(stack, 'C', { ...props, reportName: 7 as any }))).toBe('\'reportName\' must be a string, got 7 (at Stack/C)');
  new patching.PatchReport(stack, 'D', { ...props, reportName: 'x'.repeat(51) });
  new patching.PatchReport(stack, 'E', { ...props, reportName: 'x'.repeat(50) });
  expect(warningsOf(stack)).toEqual(['\'parameters.reportName\' of AWS-ExportPatchReportToS3 must match the pattern ^[a-zA-Z0-9._-]{1,50}$ (as of 2026-08-16), '
    + `got "${'x'.repeat(51)}"`]);
});

test('a role that does not trust Systems Manager is refused', () => {
  const stack = testStack();
  const bucket = testBucket(stack);
  const assumeRole = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  new patching.PatchReport(stack, 'Report', { maintenanceWindow: testWindow(stack), bucket, assumeRole });
  expect(() => templateIn(stack, bucket)).toThrow('\'assumeRole\' must trust ssm.amazonaws.com, got role "Stack/Role" whose trust policy does not');
});
