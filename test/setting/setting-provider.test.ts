import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import { AutomationRunbook, MaintenanceWindow, MaintenanceWindowAlarms, MaintenanceWindowSchedule } from '../../src';
import { templateOf, testApp, testStack } from '../support/app';

/** A disabled window with a task that has an alarm. */
function plan(stack: Stack): void {
  const window = new MaintenanceWindow(stack, 'Window', { schedule: MaintenanceWindowSchedule.rate(Duration.days(7)), duration: Duration.hours(2), enabled: false });
  window.addAutomationTask('Restart', {
    runbook: AutomationRunbook.AWS_RESTART_EC2_INSTANCE,
    parameters: { InstanceId: ['i-0123456789abcdef0'], AutomationAssumeRole: ['arn:aws:iam::123456789012:role/Steps'] },
    alarm: cloudwatch.Alarm.fromAlarmName(stack, 'Alarm', 'Errors'),
  });
}

const ofType = (template: Template, type: string) => Object.values<any>(template.toJSON().Resources).filter(({ Type }) => Type.startsWith(type));
const actionsOf = (statements: any[]) => new Set(statements.flatMap(({ Action }) => Action));

const ALL_ACTIONS = [
  'events:ListTargetsByRule', 'iam:PassRole', 'logs:CreateLogStream', 'logs:PutLogEvents', 'ssm:GetMaintenanceWindow', 'ssm:GetMaintenanceWindowTask',
  'ssm:UpdateMaintenanceWindow', 'ssm:UpdateMaintenanceWindowTask',
];

describe('roles that another team makes', () => {
  test.each<[string, iam.CustomizeRolesOptions]>([
    ['are to be made', {}],
    ['are there', { usePrecreatedRoles: { 'Stack/MaintenanceWindowTaskAlarms/Role': 'ours', 'Stack/Window/@TaskServiceRole': 'theirs' } }],
  ])('hold all permissions when they %s: the template has no IAM resource, the report has every statement without a token', (_, options) => {
    // GIVEN
    const app = new App();
    iam.Role.customizeRoles(app, options);
    const stack = new Stack(app, 'Stack');

    // WHEN
    plan(stack);
    const assembly = app.synth();

    // THEN
    const template = assembly.getStackByName('Stack').template;
    expect(Object.values<any>(template.Resources).map(({ Type }) => Type).filter((type) => type.startsWith('AWS::IAM::'))).toEqual([]);
    const report = JSON.parse(readFileSync(join(assembly.directory, 'iam-policy-report.json'), 'utf8'));
    const { identityPolicyStatements } = report.roles.find(({ roleConstructPath }: any) => roleConstructPath === 'Stack/MaintenanceWindowTaskAlarms/Role');
    expect([...actionsOf(identityPolicyStatements)].sort()).toEqual(ALL_ACTIONS);
    expect(JSON.stringify(report)).not.toMatch(/\$\{Token|Fn::|"Ref"/);
    // The roles are there before the stack has an id.
    expect(identityPolicyStatements).toContainEqual({
      Action: 'events:ListTargetsByRule', Effect: 'Allow', Resource: 'arn:(PARTITION):events:(REGION):(ACCOUNT):rule/MWSetting-*',
    });
    const [permission] = Object.values<any>(template.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Permission');
    expect(JSON.stringify(permission.Properties.SourceArn)).toContain('{"Ref":"AWS::StackId"}');
  });
});

describe('a role that is given', () => {
  test('of the app gets the permissions, and no other role is made for the function', () => {
    const stack = testStack();
    const role = new iam.Role(stack, 'Ours', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    MaintenanceWindowAlarms.configure(stack, { role });
    plan(stack);

    const template = templateOf(stack);
    const [fn] = ofType(template, 'AWS::Lambda::Function');
    expect(fn.Properties.Role).toEqual({ 'Fn::GetAtt': [stack.getLogicalId(role.node.defaultChild as iam.CfnRole), 'Arn'] });
    const ours = ofType(template, 'AWS::IAM::Policy').filter(({ Properties }) => JSON.stringify(Properties.Roles).includes('Ours'));
    expect([...actionsOf(ours.flatMap(({ Properties }) => Properties.PolicyDocument.Statement))].sort()).toEqual(ALL_ACTIONS);
    template.resourceCountIs('AWS::IAM::Role', 2);
  });

  test('that exists gets the permissions too', () => {
    const stack = testStack();
    MaintenanceWindowAlarms.configure(stack, { role: iam.Role.fromRoleName(stack, 'Ours', 'ours') });
    plan(stack);

    const ours = ofType(templateOf(stack), 'AWS::IAM::Policy').filter(({ Properties }) => JSON.stringify(Properties.Roles) === '["ours"]');
    expect([...actionsOf(ours.flatMap(({ Properties }) => Properties.PolicyDocument.Statement))].sort()).toEqual(ALL_ACTIONS);
  });

  test('whose policies cannot be changed is taken as it is', () => {
    const stack = testStack();
    MaintenanceWindowAlarms.configure(stack, { role: iam.Role.fromRoleName(stack, 'Ours', 'ours', { mutable: false }) });
    plan(stack);

    const template = templateOf(stack);
    expect(ofType(template, 'AWS::IAM::Policy').filter(({ Properties }) => JSON.stringify(Properties.Roles).includes('ours'))).toEqual([]);
    expect(JSON.stringify(template.toJSON())).not.toMatch(/"DependsOn":\[[^\]]*MaintenanceWindowTaskAlarms(State|Window|Tasks|PassRole)/);
  });

  test('serves a function in a VPC', () => {
    const stack = testStack();
    const vpc = ec2.Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-1', availabilityZones: ['a'], privateSubnetIds: ['subnet-1'] });
    MaintenanceWindowAlarms.configure(stack, { vpc, role: iam.Role.fromRoleName(stack, 'Ours', 'ours') });
    plan(stack);

    const statements = ofType(Template.fromStack(stack), 'AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    expect(actionsOf(statements)).toContain('ec2:CreateNetworkInterface');
  });

  test('must be a role', () => {
    expect(() => MaintenanceWindowAlarms.configure(testStack(), { role: 'arn:aws:iam::123456789012:role/ours' as any }))
      .toThrow(/^'role' must be a role, got "arn:aws:iam::123456789012:role\/ours"/);
  });
});

describe('two stacks of one app in one account', () => {
  const deployed = (value: any, stack: string): string => JSON.stringify(value).split('{"Ref":"AWS::StackId"}').join(stack);

  test('have functions, roles and rules of their own, which reach nothing of the other', () => {
    // GIVEN
    const app = testApp();
    const stacks = ['One', 'Two'].map((id) => testStack(id, { app }));

    // WHEN
    stacks.forEach(plan);

    // THEN
    const templates = stacks.map(templateOf);
    templates.forEach((template, index) => {
      const own = deployed(template.toJSON(), 'own');
      const otherRules = ofType(templates[1 - index], 'AWS::Events::Rule').map(({ Properties: { Name } }) => deployed(Name, 'other'));
      expect(otherRules).toHaveLength(2);
      // All rule names and all names that are permitted hold the id of the stack itself.
      otherRules.forEach((name) => expect(own).not.toContain(name));
      for (const { Properties: { SourceArn } } of ofType(template, 'AWS::Lambda::Permission')) {
        expect(deployed(SourceArn, 'own')).toMatch(/:rule\/MWSetting-",\{"Fn::Select":\[2,\{"Fn::Split":\["\/",own\]\}\]\},"-\*"/);
      }
      const windows = ofType(template, 'AWS::IAM::Policy').flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
        .filter(({ Action }) => [Action].flat().some((action: string) => /MaintenanceWindow$/.test(action)));
      expect(windows).toHaveLength(1);
      expect(JSON.stringify(windows[0].Resource)).toMatch(/:maintenancewindow\/",\{"Ref":"Window[0-9A-F]{8}"\}/);
    });
  });
});

test('only rules of the account may invoke the function, by their name', () => {
  const stack = testStack();
  plan(stack);

  const permissions = ofType(templateOf(stack), 'AWS::Lambda::Permission');
  expect(permissions.map(({ Properties: { Action, Principal, SourceArn } }) => [Action, Principal, JSON.stringify(SourceArn)])).toEqual([
    ['lambda:InvokeFunction', 'events.amazonaws.com', expect.stringMatching(/:123456789012:rule\/MWSetting-/)],
  ]);
});
