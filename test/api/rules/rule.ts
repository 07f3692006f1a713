import type { Assembly } from 'jsii-reflect';

/** A guideline for APIs. */
export interface Rule {
  /** What breaks the rule, each beginning with its place. */
  readonly find: (api: Assembly) => string[];
  /** What the library means to do all the same. */
  readonly except?: readonly string[];
}

/** Rules by what they say about an API that keeps them. */
export type Rules = Readonly<Record<string, Rule>>;
