import { Stack, Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { TaskDefinition } from './task-definition';
import { literalParts } from '../common/json';
import { formatValue } from '../common/validation';
import { addWarning, atEndOfSynthesis } from '../common/warnings';
import type { Advice } from '../common/warnings';
import { misspeltPseudoParameters, runCommandUnsupportedPseudoParameters } from '../document/rules/pseudo-parameters';

/** Pseudo parameters that nothing replaces when there is no target. */
const OF_TARGETS = /\{\{\s*(TARGET_ID|RESOURCE_ID|TARGET_TYPE|WINDOW_TARGET_ID)\s*\}\}/g;

/** Warns about pseudo parameters in the texts of a task; in what surrounds tokens at the end of synthesis, when they are complete. */
export function adviseOnTexts(task: IConstruct, definition: TaskDefinition): void {
  for (const text of definition.valuesWithPseudoParameters) {
    if (!Token.isUnresolved(text) && !text.includes('{{')) {
      continue;
    }
    const advise = (part: string) => pseudoParameterAdvice(definition, part).forEach((advice) => addWarning(task, advice));
    if (Token.isUnresolved(text)) {
      atEndOfSynthesis(task, () => literalParts(Stack.of(task), text).forEach(advise));
    } else {
      advise(text);
    }
  }
}

function pseudoParameterAdvice({ taskType, targets }: TaskDefinition, text: string): Advice[] {
  const advice: Advice[] = misspeltPseudoParameters(text).map(({ got, meant }) => ({
    id: 'misspeltPseudoParameter',
    message: `a pseudo parameter must be spelt as documented to be replaced, got ${formatValue(got)}, write ${formatValue(meant)}`,
  }));
  if (taskType === 'RUN_COMMAND') {
    advice.push(...runCommandUnsupportedPseudoParameters(text).map((name) => ({
      id: 'pseudoParameterNotForRunCommand',
      message: `a Run Command task does not support this pseudo parameter, got ${formatValue(name)}, let the document find out where it runs`,
    })));
  } else if (!targets) {
    advice.push(...[...text.matchAll(OF_TARGETS)].map(([got]) => ({
      id: 'pseudoParameterWithoutTargets',
      message: `a pseudo parameter about targets needs 'targets', got ${formatValue(got)}, add targets or remove it`,
    })));
  }
  return advice;
}
