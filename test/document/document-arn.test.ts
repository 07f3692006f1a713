import { Aws, Fn } from 'aws-cdk-lib';
import { documentArns } from '../../src/document/document-arn';
import { testStack } from '../support/app';

const LOCAL = 'eu-central-1:123456789012';

/** The ARNs with references in angle brackets. */
function arnsOf(nameOrArn: string, ownedByThisApp: boolean = false): object {
  const stack = testStack();
  const { document, automationDefinition } = documentArns(stack, nameOrArn, ownedByThisApp);
  const flat = (arn: string) => {
    const resolved = stack.resolve(arn);
    return typeof resolved === 'string' ? resolved : resolved['Fn::Join'][1].map((part: any) => (typeof part === 'string' ? part : `<${Object.values(part)[0]}>`)).join('');
  };
  return { document: flat(document), automationDefinition: flat(automationDefinition) };
}

test.each<[string, string]>([
  ['Mine', `<AWS::Partition>:ssm:${LOCAL}`],
  ['MyAWS-Document', `<AWS::Partition>:ssm:${LOCAL}`],
  ['AWS-RunPatchBaseline', '<AWS::Partition>:ssm:eu-central-1:'],
  ['AWSSupport-TroubleshootRDP', '<AWS::Partition>:ssm:eu-central-1:'],
  ['AmazonCloudWatch-ManageAgent', '<AWS::Partition>:ssm:eu-central-1:'],
  ['Amzn-Something', '<AWS::Partition>:ssm:eu-central-1:'],
])('of %s belong to whom the name says', (name, owner) => {
  expect(arnsOf(name)).toEqual({ document: `arn:${owner}:document/${name}`, automationDefinition: `arn:${owner}:automation-definition/${name}:*` });
});

test('of an ARN belong to its account and region', () => {
  expect(arnsOf('arn:aws-cn:ssm:cn-north-1:210987654321:document/Shared')).toEqual({
    document: 'arn:aws-cn:ssm:cn-north-1:210987654321:document/Shared',
    automationDefinition: 'arn:aws-cn:ssm:cn-north-1:210987654321:automation-definition/Shared:*',
  });
  expect(arnsOf('arn:aws:ssm:us-east-1::document/AWS-RunPatchBaseline')).toMatchObject({
    document: 'arn:aws:ssm:us-east-1::document/AWS-RunPatchBaseline',
  });
});

test.each([Fn.importValue('Name'), `arn:${Aws.PARTITION}:ssm:eu-central-1:123456789012:document/Mine`])(
  'of a token are any document of the region, in any account', (nameOrArn) => {
    expect(arnsOf(nameOrArn)).toEqual({
      document: 'arn:<AWS::Partition>:ssm:eu-central-1:*:document/*',
      automationDefinition: 'arn:<AWS::Partition>:ssm:eu-central-1:*:automation-definition/*:*',
    });
  });

test('of a document of this app are in this account, whatever name it gets', () => {
  expect(arnsOf(Fn.importValue('Name'), true)).toEqual({
    document: `arn:<AWS::Partition>:ssm:${LOCAL}:document/<Name>`,
    automationDefinition: `arn:<AWS::Partition>:ssm:${LOCAL}:automation-definition/<Name>:*`,
  });
});
