import { WebStack } from '../../examples/patch-runbook/web-stack';
import { templateWithFindings, testApp, warningsOf } from '../support/app';

/** What cdk-nag asks of the network and the nodes of the example, beside its patching: they are kept short. */
const KEPT_SHORT = [
  'AwsSolutions-VPC7', 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonSSMManagedInstanceCore]', 'AwsSolutions-EC28', 'AwsSolutions-EC29',
  'AwsSolutions-EC23', 'AwsSolutions-ELB2', 'AwsSolutions-S1', 'AwsSolutions-IAM5[Action::s3:Abort*]',
  'AwsSolutions-IAM5[Resource::<PatchingOutputBucket2EBD1D5C.Arn>/*]',
];

function synthesized(): { stack: WebStack; template: ReturnType<typeof templateWithFindings> } {
  // without an environment, so that no availability zones are looked up
  const stack = new WebStack(testApp(), 'Web');
  return { stack, template: templateWithFindings(stack, KEPT_SHORT) };
}

test('three nodes behind a load balancer are patched one by one', () => {
  const { stack, template } = synthesized();

  template.resourceCountIs('AWS::EC2::Instance', 3);
  template.hasResourceProperties('AWS::ElasticLoadBalancingV2::TargetGroup', { TargetType: 'instance' });
  template.hasResourceProperties('AWS::SSM::MaintenanceWindowTask', { TaskType: 'AUTOMATION', MaxConcurrency: '1', MaxErrors: '0' });
  expect(warningsOf(stack)).toEqual([]);
});

test('the runbook takes a node out, backs it up, patches, checks and returns it', () => {
  const [{ Properties: { Content: { mainSteps } } }] = Object.values(synthesized().template.findResources('AWS::SSM::Document'));

  expect(mainSteps.map(({ name }: { name: string }) => name)).toEqual([
    'readTargetGroups', 'waitUntilOnline', 'leave', 'waitUntilDrained', 'createSnapshots', 'waitForSnapshots', 'patch', 'check1', 'return', 'waitUntilHealthy1', 'patched',
    'undoTraffic', 'reportReturned', 'cancelUndoTraffic', 'leaveOutTraffic', 'reportLeftOut', 'cancelLeaveOutTraffic',
  ]);
});
