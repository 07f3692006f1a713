import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import type { AppProps, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { IConstruct } from 'constructs';
import { templateViolations } from './model';
import { nagFindings } from './nag';
import { recordTemplate } from './recorded-templates';

export const TEST_ACCOUNT = '123456789012';
export const TEST_REGION = 'eu-central-1';

/** An app for tests; templateOf() has its templates judged. */
export function testApp(props: AppProps = {}): App {
  return new App(props);
}

/** A stack with a known environment, in an app of its own unless one is given. */
export function testStack(id: string = 'Stack', props: StackProps & { readonly app?: App } = {}): Stack {
  const { app = testApp(), ...stackProps } = props;
  return new Stack(app, id, { env: { account: TEST_ACCOUNT, region: TEST_REGION }, ...stackProps });
}

/**
 * Synthesizes the whole app of the stack and fails on what cdk-nag and the models of the service find in it. Keeps its
 * templates for the judges that run after the tests.
 */
export function templateOf(stack: Stack): Template {
  return templateWithFindings(stack, []);
}

/** As templateOf(), for an app in which these rules of cdk-nag, by the names that it gives them, are meant to find something; fails when one does not. */
export function templateWithFindings(stack: Stack, meant: readonly string[]): Template {
  const app = stack.node.root as App;
  const templates = templateTextsIn(app.synth().directory);
  const found = nagFindings(app);
  const findings = found.filter(({ rule }) => !meant.includes(rule));
  if (findings.length > 0) {
    throw new Error(`cdk-nag found:\n${findings.map(finding => `  ${finding.rule} at ${finding.path}: ${finding.description}`).join('\n')}`);
  }
  const missing = meant.filter(rule => !found.some(finding => finding.rule === rule));
  if (missing.length > 0) { throw new Error(`cdk-nag was meant to find ${missing.join(', ')}, but did not`); }
  const violations = templates.flatMap(text => templateViolations(JSON.parse(text)));
  if (violations.length > 0) { throw new Error(`the service would refuse:\n  ${violations.join('\n  ')}`); }
  templates.forEach(recordTemplate);
  return Template.fromStack(stack);
}

/** The texts of the warnings on a construct and all below it. */
export function warningsOf(scope: IConstruct): string[] {
  return annotationsOf(scope, 'aws:cdk:warning');
}

/** The texts of the error annotations on a construct and all below it. */
export function errorsOf(scope: IConstruct): string[] {
  return annotationsOf(scope, 'aws:cdk:error');
}

function annotationsOf(scope: IConstruct, level: string): string[] {
  return scope.node.findAll()
    .flatMap(construct => construct.node.metadata)
    .filter(entry => entry.type === level)
    .map(entry => String(entry.data).replace(/ \[ack: [^\]]*\]$/, ''));
}

function templateTextsIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf-8' })
    .filter(name => name.endsWith('.template.json'))
    .map(name => readFileSync(join(directory, name), 'utf-8'));
}
