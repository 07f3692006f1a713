import type { IMaintenanceWindowRef } from 'aws-cdk-lib/aws-ssm';
import { Stack, Token, TokenComparison } from 'aws-cdk-lib/core';
import type { IResource, ResourceEnvironment } from 'aws-cdk-lib/core';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import type { IConstruct } from 'constructs';
import { validationError } from './errors';
import { knownText } from './text';
import { formatValue } from './validation';
import { addWarning } from './warnings';
import { arnParts } from '../rules/arn';
import type { PlacePart, ReachedKind } from '../rules/reach';
import { REACH } from '../rules/reach';

/** Whether both values are resolved and different. */
export function areKnownToDiffer(a: string, b: string): boolean {
  return a !== b && Token.compareStrings(a, b) === TokenComparison.DIFFERENT;
}

/** Targets and tasks live where their window lives: the service registers them in one account and region. */
export function checkWindowEnvironment(member: IResource, window: IMaintenanceWindowRef): void {
  for (const part of ['account', 'region'] as const) {
    if (areKnownToDiffer(member.env[part], window.env[part])) {
      throw validationError(member, `'maintenanceWindow' must be of the ${part} of this stack, ${formatValue(member.env[part])}, `
        + `got a window of ${formatValue(window.env[part])}, move the construct to a stack of that ${part}`);
    }
  }
}

/** Something that a task refers to, given by an ARN, as a construct, or both. */
interface Referred {
  readonly prop: string;
  readonly kind: ReachedKind;
  readonly arn?: string;
  readonly env?: ResourceEnvironment;
}

type Place = { readonly [part in PlacePart]?: string };

const PARTS: readonly PlacePart[] = ['partition', 'account', 'region'];

/** Checks that Systems Manager reaches something from the stack of a task or a runbook. What is known only at deployment passes. */
export function checkReach(task: IConstruct, { prop, kind, arn, env }: Referred): void {
  const there = { ...env && placeOf(env), ...arn !== undefined && placeOfArn(task, arn) };
  if (!PARTS.some((part) => there[part] !== undefined)) {
    // most documents are named without a place
    return;
  }
  const { account, region } = Stack.of(task);
  const here = placeOf({ account, region });
  const { must, should, fix } = REACH[kind];
  const wrong = must.find((part) => differs(here[part], there[part]));
  if (wrong) {
    throw validationError(task,
      `'${prop}' must be of the ${wrong} of the window, ${formatValue(here[wrong])}, got one of ${formatValue(there[wrong])}, ${fix(wrong)}`);
  }
  const doubtful = should.find((part) => differs(here[part], there[part]));
  if (!doubtful) {
    return;
  }
  addWarning(task, kind === 'role' ? {
    id: 'roleOfOtherAccount',
    message: `'${prop}' should be of the account of the window, ${formatValue(here[doubtful])}, as a role cannot be passed to a service in another account, `
      + `got one of ${formatValue(there[doubtful])}, ${fix(doubtful)}`,
  } : {
    id: 'outOfReach',
    message: `'${prop}' should be of the ${doubtful} of the window, ${formatValue(here[doubtful])}, got one of ${formatValue(there[doubtful])}, ${fix(doubtful)}`,
  });
}

function differs(here: string | undefined, there: string | undefined): boolean {
  return here !== undefined && there !== undefined && areKnownToDiffer(here, there);
}

function placeOf({ account, region }: ResourceEnvironment): Place {
  return { account, region, partition: Token.isUnresolved(region) ? undefined : RegionInfo.get(region).partition };
}

/** Parts that an ARN leaves out, such as the region of a role, say nothing. */
function placeOfArn(task: IConstruct, arn: string): Place {
  // the text of a token is no ARN
  const { partition, account, region } = (arn.startsWith('arn:') ? arnParts(knownText(arn, task)) : undefined) ?? {};
  return Object.fromEntries(Object.entries({ partition, account, region }).filter(([, value]) => value));
}
