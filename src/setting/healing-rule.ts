import * as events from 'aws-cdk-lib/aws-events';
import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { Aws, Fn, Lazy, Stack } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { Construct } from 'constructs';

const PREFIX = 'MWSetting-';

/** What holds the rules, and whom they invoke. */
interface RuleOwner extends Construct {
  readonly serviceToken: string;
}

/** What tells one kind of healing rule from another. */
interface HealingRuleProps {
  readonly description: string;
  readonly window: IMaintenanceWindowRef;
  /** The event after which a setting may be lost. */
  readonly detailType: string;
  readonly status: string;
  /** What the function gets of the event, by its path. */
  readonly inputPaths: { [name: string]: string };
}

/**
 * Invokes the function when a setting may have been lost, by whomever.
 *
 * Its targets hold what the deployment wants. The function reads that from the rule when it runs and ignores what an event carries, so
 * that a late event never brings an old request back. The rule depends on the settings: it is updated after them and deleted before them.
 */
export abstract class HealingRule extends Construct {
  /** The names of all rules of a stack. They are known before the rules exist, so that the function's role need not wait for them. */
  public static namePattern(): string {
    return nameOf('*');
  }

  /** The names of all rules of all stacks, for roles that are there before the stack has an id. */
  public static namePatternOfAnyStack(): string {
    return `${PREFIX}*`;
  }

  private readonly rule: events.CfnRule;

  protected constructor(owner: RuleOwner, id: string, props: HealingRuleProps) {
    super(owner, id);
    const name = nameOf(this.node.addr.slice(-16));
    this.rule = new events.CfnRule(this, 'Rule', {
      name,
      description: props.description,
      eventPattern: {
        // Only AWS can send events of this source; other accounts can forward theirs.
        'source': ['aws.ssm'],
        'account': [Stack.of(this).account],
        'detail-type': [props.detailType],
        'detail': { 'window-id': [props.window.maintenanceWindowRef.windowId], 'status': [props.status] },
      },
      targets: Lazy.any({
        produce: () => this.inputTemplates(name).map((inputTemplate, index): events.CfnRule.TargetProperty => ({
          id: `Function${index}`,
          arn: owner.serviceToken,
          inputTransformer: { inputPathsMap: props.inputPaths, inputTemplate },
        })),
      }),
    });
  }

  /** What the targets send: the rule, what the event is about, and what the deployment wants. */
  protected abstract inputTemplates(ruleName: string): string[];

  /** Has the rule updated after a setting and deleted before it. */
  protected follow(customResource: IConstruct): void {
    this.rule.node.addDependency(customResource);
  }
}

/** At most 64 characters. */
function nameOf(suffix: string): string {
  // The last part of a stack's id is unique, so two deployments of one app do not collide.
  return `${PREFIX}${Fn.select(2, Fn.split('/', Aws.STACK_ID))}-${suffix}`;
}
