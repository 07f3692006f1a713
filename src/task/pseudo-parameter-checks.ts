import { Token } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import type { TaskDefinition } from './task-definition';
import { knownText, literalParts } from '../common/text';
import { formatValue } from '../common/validation';
import { addWarning, atEndOfSynthesis } from '../common/warnings';
import type { Advice } from '../common/warnings';
import {
  misspeltPseudoParameters, OF_ONE_TARGET, pseudoParametersIn, pseudoParametersInOtherCase, runCommandUnsupportedPseudoParameters,
} from '../document/rules/pseudo-parameters';
import { selectionsOf } from '../target/known-selections';

/** Pseudo parameters that nothing replaces when there is no target. */
const OF_TARGETS = /\{\{\s*(TARGET_ID|RESOURCE_ID|TARGET_TYPE|WINDOW_TARGET_ID)\s*\}\}/g;

/** Warns about pseudo parameters in the texts of a task; in what surrounds tokens at the end of synthesis, when they are complete. */
export function adviseOnTexts(task: IConstruct, definition: TaskDefinition): void {
  [...textAdvice(definition), ...targetAdvice(definition), ...groupAdvice(definition)].forEach((advice) => addWarning(task, advice));
  for (const text of definition.valuesWithPseudoParameters) {
    if (!Token.isUnresolved(text) && !text.includes('{{')) {
      continue;
    }
    const advise = (part: string) => pseudoParameterAdvice(definition, part).forEach((advice) => addWarning(task, advice));
    if (Token.isUnresolved(text)) {
      atEndOfSynthesis(task, () => literalParts(task, text).forEach(advise));
    } else {
      advise(text);
    }
  }
}

function pseudoParameterAdvice({ taskType, targets }: TaskDefinition, text: string): Advice[] {
  // a script of a command has braces of its own
  const misspelt = [...misspeltPseudoParameters(text), ...taskType === 'RUN_COMMAND' ? [] : pseudoParametersInOtherCase(text)];
  const advice: Advice[] = misspelt.map(({ got, meant }) => ({
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

/** What Systems Manager passes on as it is. */
function textAdvice({ textsAsTheyAre = {} }: TaskDefinition): Advice[] {
  return Object.entries(textsAsTheyAre).flatMap(([prop, text = '']) => pseudoParametersIn(text).map((name) => ({
    id: 'pseudoParameterNotReplaced',
    message: `'${prop}' should hold no pseudo parameter, which Systems Manager does not replace there, got ${formatValue(`{{${name}}}`)}, remove it`,
  })));
}

/** Systems Manager makes a call for each target, and it is always the same one if nothing in it names the target. */
function targetAdvice({ taskType, targets, valuesWithPseudoParameters: values }: TaskDefinition): Advice[] {
  if (taskType === 'RUN_COMMAND' || !targets) {
    return [];
  }
  const known = values.map((value) => knownText(value));
  // a misspelt one is told as such
  const namesTarget = known.some((value) => typeof value !== 'string'
    || [...pseudoParametersIn(value), ...[...misspeltPseudoParameters(value), ...pseudoParametersInOtherCase(value)].map(({ meant }) => meant)]
      .some((name) => OF_ONE_TARGET.includes(name)));
  return namesTarget ? [] : [{
    id: 'targetsNotUsed',
    message: '\'targets\' should be used in what is sent, as the same is sent for each target otherwise, got no {{RESOURCE_ID}} and no {{TARGET_ID}}, '
      + 'add PseudoParameter.resourceId or remove \'targets\'',
  }];
}

/** Of a resource group, TARGET_ID is the ARN of a resource. */
function groupAdvice({ targets, runbookParameters = {} }: TaskDefinition): Advice[] {
  const ofGroups = targets && selectionsOf(targets).some((selection) => selection?.resourceType === 'RESOURCE_GROUP');
  const names = Object.entries(runbookParameters)
    .filter(([name, values]) => /^instance_?ids?$/i.test(name) && !Token.isUnresolved(values)
      && values.some((value) => pseudoParametersIn(value).includes('TARGET_ID')));
  return ofGroups ? names.map(([name, values]) => ({
    id: 'targetIdIsArn',
    message: `'parameters.${name}' should be an ID, and {{TARGET_ID}} is the ARN of a resource of a resource group, got ${formatValue(values)}, `
      + 'use PseudoParameter.resourceId',
  })) : [];
}
