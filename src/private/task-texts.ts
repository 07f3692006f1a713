import { Token } from 'aws-cdk-lib/core';
import { misspeltPseudoParameters, runCommandUnsupportedPseudoParameters } from './documents/pseudo-parameters';
import type { TaskDefinition } from './task-definition';
import { shown } from './validation';
import type { Advice } from './warnings';

/** Pseudo parameters that nothing replaces when there is no target. */
const OF_TARGETS = /\{\{\s*(TARGET_ID|RESOURCE_ID|TARGET_TYPE|WINDOW_TARGET_ID)\s*\}\}/g;

/** Advice on the pseudo parameters in the texts of a task, each once. */
export function pseudoParameterAdvice({ taskType, targets, texts }: TaskDefinition): Advice[] {
  const advice = new Map<string, Advice>();
  const add = (id: string, message: string) => advice.set(message, { id, message });
  for (const text of texts.filter((item) => !Token.isUnresolved(item))) {
    for (const { got, meant } of misspeltPseudoParameters(text)) {
      add('misspeltPseudoParameter', `a pseudo parameter must be spelt as documented to be replaced, got ${shown(got)}, write ${shown(meant)}`);
    }
    if (taskType === 'RUN_COMMAND') {
      for (const name of runCommandUnsupportedPseudoParameters(text)) {
        add('pseudoParameterNotForRunCommand',
          `a Run Command task does not support this pseudo parameter, got ${shown(name)}, let the document find out where it runs`);
      }
    } else if (!targets) {
      for (const [got] of text.matchAll(OF_TARGETS)) {
        add('pseudoParameterWithoutTargets', `a pseudo parameter about targets needs 'targets', got ${shown(got)}, add targets or remove it`);
      }
    }
  }
  return [...advice.values()];
}
