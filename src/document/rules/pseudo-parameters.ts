import { nearest } from '../../rules/nearest';

/**
 * The pseudo parameters that a maintenance window fills in.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/maintenance-window-tasks-pseudo-parameters.html
 */
export const PSEUDO_PARAMETERS: readonly string[] = [
  'WINDOW_ID',
  'WINDOW_TASK_ID',
  'WINDOW_TARGET_ID',
  'WINDOW_EXECUTION_ID',
  'TASK_EXECUTION_ID',
  'INVOCATION_ID',
  'TARGET_ID',
  'TARGET_TYPE',
  'RESOURCE_ID',
];

/** Those that tell one target from another. */
export const OF_ONE_TARGET = ['TARGET_ID', 'RESOURCE_ID'];

const UNSUPPORTED_BY_RUN_COMMAND: readonly string[] = OF_ONE_TARGET;

/** A name in braces that looks like a pseudo parameter, and the one it is close to. */
interface MisspeltPseudoParameter {
  /** The name as written, without braces. */
  readonly got: string;
  /** The pseudo parameter that was most likely meant. */
  readonly meant: string;
}

/** The different names in double braces, in order. */
function namesInBraces(text: string): string[] {
  if (!text.includes('{{')) {
    return [];
  }
  return [...new Set([...text.matchAll(/\{\{([^{}]*)\}\}/g)].map((match) => match[1].trim()))];
}

/** The upper-case names in double braces: everything else in braces belongs to somebody else. */
function upperCaseNames(text: string): string[] {
  return namesInBraces(text).filter((name) => /^[A-Z][A-Z0-9_-]*$/.test(name));
}

/** The pseudo parameters in a text, spelt as documented. */
export function pseudoParametersIn(text: string): string[] {
  return namesInBraces(text).filter((name) => PSEUDO_PARAMETERS.includes(name));
}

const withoutCase = (name: string) => name.replace(/[_-]/g, '').toUpperCase();

/** The names in double braces that differ from a pseudo parameter in case and underscores only. */
export function pseudoParametersInOtherCase(text: string): MisspeltPseudoParameter[] {
  return namesInBraces(text).filter((name) => /[a-z]/.test(name)).flatMap((got) => {
    const meant = PSEUDO_PARAMETERS.find((name) => withoutCase(name) === withoutCase(got));
    return meant === undefined ? [] : [{ got, meant }];
  });
}

/**
 * The names in double braces that are no pseudo parameter but close to one.
 *
 * A name that is close to none is left alone: scripts and templates use double braces for their own purposes.
 */
export function misspeltPseudoParameters(text: string): MisspeltPseudoParameter[] {
  return upperCaseNames(text).flatMap((got) => {
    const meant = PSEUDO_PARAMETERS.includes(got) ? undefined : nearest(got, PSEUDO_PARAMETERS);
    return meant === undefined ? [] : [{ got, meant }];
  });
}

/**
 * The pseudo parameters in a text that the service does not fill in for Run Command tasks.
 */
export function runCommandUnsupportedPseudoParameters(text: string): string[] {
  return upperCaseNames(text).filter((name) => UNSUPPORTED_BY_RUN_COMMAND.includes(name));
}
