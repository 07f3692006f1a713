import { App, LegacyStackSynthesizer, Stack, Validations } from 'aws-cdk-lib';
import { Preflight } from 'cdk-preflight';
import { FEWEST_TEMPLATES, recordedTemplates } from '../test/support/recorded-templates';

/*
 * The validation engine inside the newest aws-cdk-lib, with its findings as errors and warnings counted as findings, and
 * cdk-preflight over every template that the test-suite left behind.
 */

const IGNORED_RULES = [
  // tests declare parameters to have tokens, also where the library renders nothing of them; the library declares none
  { id: 'CloudFormation-Validate::W2001', reason: 'a parameter of a test' },
];

/** A stack whose template is given. */
class GivenStack extends Stack {
  public constructor(scope: App, id: string, private readonly template: object) {
    super(scope, id, { env: { account: '123456789012', region: 'eu-central-1' }, synthesizer: new LegacyStackSynthesizer() });
  }

  /** @internal */
  public override _toCloudFormation(): any {
    return this.template;
  }
}

/** The template with ARNs where permissions refer to those of roles: a rule of cdk-preflight takes the reference for the name of a service. */
function withPrincipals(template: any): object {
  for (const { Type, Properties } of Object.values<any>(template.Resources)) {
    if (Type === 'AWS::Lambda::Permission' && Properties.Principal?.['Fn::GetAtt']?.[1] === 'Arn') {
      Properties.Principal = 'arn:aws:iam::123456789012:role/referenced';
    }
  }
  return template;
}

/** What the engine and the rules of cdk-preflight say about templates; fails when they say something. */
function validate(templates: ReadonlyMap<string, string>): void {
  const app = new App({
    context: {
      '@aws-cdk/core:validateAgainstDefaultRules': true,
      '@aws-cdk/core:strictCfnValidateErrors': true,
    },
  });
  Validations.of(app).acknowledge(...IGNORED_RULES);
  Preflight.apply(app, { enforce: true });
  for (const [name, text] of templates) { new GivenStack(app, `T${name.replace('.json', '')}`, withPrincipals(JSON.parse(text))); }
  app.synth();
}

function templateWith(window: object): ReadonlyMap<string, string> {
  const Properties = { Name: 'patching', Schedule: 'rate(7 days)', Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false, ...window };
  return new Map([['Given.json', JSON.stringify({ Resources: { Window: { Type: 'AWS::SSM::MaintenanceWindow', Properties } } })]]);
}

test('the engine and cdk-preflight find nothing in the templates that the test-suite synthesized', () => {
  const templates = recordedTemplates();
  expect(templates.size).toBeGreaterThanOrEqual(FEWEST_TEMPLATES);
  expect(() => validate(templates)).not.toThrow();
});

test('they find nothing in a good template', () => {
  expect(() => validate(templateWith({}))).not.toThrow();
});

test('the engine sees a mistake in a template', () => {
  expect(() => validate(templateWith({ Duration: 25 }))).toThrow(/ERROR Duration: .*24.*\(CloudFormation Validate\)/);
});

test('a warning of the engine is a finding', () => {
  expect(() => validate(templateWith({ Duration: '3' }))).toThrow('(CloudFormation Validate)');
});

test('cdk-preflight sees a mistake in a template', () => {
  expect(() => validate(templateWith({ Cutoff: 3 }))).toThrow(/[Cc]utoff.*\(cdk-preflight\)/);
});
