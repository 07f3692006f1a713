import { PropertyInjectors } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/**
 * The props of a construct after the injector of the nearest scope that has one.
 *
 * The decorator of CDK does this for constructors; constructs that are made by factories do it themselves.
 */
export function injectedProps<T>(uniqueId: string, scope: Construct, id: string, props: T): T {
  const injector = scope.node.scopes.reverse()
    .map((ancestor) => PropertyInjectors.hasPropertyInjectors(ancestor) ? PropertyInjectors.of(ancestor).for(uniqueId) : undefined)
    .find((found) => found !== undefined);
  return injector ? injector.inject(props, { scope, id }) : props;
}
