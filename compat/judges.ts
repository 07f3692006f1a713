import { App } from 'aws-cdk-lib';
import type { AppProps } from 'aws-cdk-lib';
import { Preflight } from 'cdk-preflight';
import { judge } from '../test/support/judges';

/*
 * The judges of the run on the newest CDK: the validation engine inside aws-cdk-lib, with its findings as errors and
 * warnings counted as findings, and cdk-preflight. Both make synth() fail. What the lowest CDK has is asked as well.
 */

export { judge };

/** An app prepared for the judges. */
export function judgedApp(props: AppProps): App {
  const app = new App({
    ...props,
    context: {
      '@aws-cdk/core:validateAgainstDefaultRules': true,
      '@aws-cdk/core:strictCfnValidateErrors': true,
      ...props.context,
    },
  });
  Preflight.apply(app, { enforce: true, strict: false });
  return app;
}
