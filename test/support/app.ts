import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import type { App, AppProps, StackProps } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { IConstruct } from 'constructs';
import { judge, judgedApp } from './judges';
import { templateViolations } from './model';

/** Where the templates of a test run wait for the judges that run after it. */
export const RECORDED_TEMPLATES = resolve(__dirname, '..', '.out', 'templates');

export const TEST_ACCOUNT = '123456789012';
export const TEST_REGION = 'eu-central-1';

/** An app on which every judge of the current run is switched on. */
export function testApp(props: AppProps = {}): App {
  return judgedApp(props);
}

/** A stack with a known environment, in an app of its own unless one is given. */
export function testStack(id: string = 'Stack', props: StackProps & { readonly app?: App } = {}): Stack {
  const { app = testApp(), ...stackProps } = props;
  return new Stack(app, id, { env: { account: TEST_ACCOUNT, region: TEST_REGION }, ...stackProps });
}

/**
 * Synthesizes the whole app of the stack, has the judges of this run and the models of the service look at it and records
 * its templates for the judges that run later.
 */
export function templateOf(stack: Stack): Template {
  const app = stack.node.root as App;
  const templates = templateTextsIn(app.synth().directory);
  judge(app);
  const violations = templates.flatMap(text => templateViolations(JSON.parse(text)));
  if (violations.length > 0) { throw new Error(`the service would refuse:\n  ${violations.join('\n  ')}`); }
  templates.forEach(record);
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

function record(template: string): void {
  mkdirSync(RECORDED_TEMPLATES, { recursive: true });
  const file = join(RECORDED_TEMPLATES, `${createHash('sha256').update(template).digest('hex').slice(0, 32)}.json`);
  if (existsSync(file)) { return; }
  // several test files run at once: no reader may see half a template
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, template);
  renameSync(partial, file);
}
