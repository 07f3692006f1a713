import { App } from 'aws-cdk-lib';
import type { AppProps } from 'aws-cdk-lib';
import { nagFindings } from './nag';

/*
 * The judges of the run on the lowest supported CDK. On the newest CDK compat/judges.ts takes the place of this file.
 */

/** An app prepared for the judges. */
export function judgedApp(props: AppProps): App {
  return new App(props);
}

/** Fails on every finding in a synthesized app. */
export function judge(app: App): void {
  const findings = nagFindings(app);
  if (findings.length > 0) {
    throw new Error(`cdk-nag found:\n${findings.map(finding => `  ${finding.rule} at ${finding.path}: ${finding.description}`).join('\n')}`);
  }
}
