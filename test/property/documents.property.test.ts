import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { CatalogueDocument, CatalogueParameter } from '../../src/document/rules/catalogue';
import { documentCatalogue, documentTypeOf } from '../../src/document/rules/catalogue';
import type { DocumentFinding, GivenParameters } from '../../src/document/rules/check-document';
import { checkDocumentUse, checkOwnDocument } from '../../src/document/rules/check-document';

const CATALOGUE = documentCatalogue();
const OFFERED = Object.entries(CATALOGUE.documents)
  .filter(([name]) => !CATALOGUE.retired[name] && ['Command', 'Automation'].includes(documentTypeOf(CATALOGUE, name)!));

/** A fixed snapshot is within the document's constraints, but not for a window. */
const FIXED_SNAPSHOT = /^AWS-(Run|Apply)PatchBaseline(WithHooks)?\.SnapshotId$/;

function taskTypeOf(name: string): 'RUN_COMMAND' | 'AUTOMATION' {
  return documentTypeOf(CATALOGUE, name) === 'Command' ? 'RUN_COMMAND' : 'AUTOMATION';
}

function check(documentName: string, parameters: GivenParameters): DocumentFinding[] {
  return checkDocumentUse({ documentName, taskType: taskTypeOf(documentName), parameters });
}

function textWithin(rule: CatalogueParameter): fc.Arbitrary<string> {
  const { allowedPattern, minChars = 0, maxChars = 200 } = rule;
  if (rule.type === 'StringMap') return fc.dictionary(fc.string({ maxLength: 10 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 }).map((map) => JSON.stringify(map));
  if (rule.allowedValues) return fc.constantFrom(...rule.allowedValues);
  if (allowedPattern === undefined) return fc.string({ minLength: minChars, maxLength: maxChars, unit: 'grapheme-ascii' });
  // the generator knows no lookaheads and takes an anchor inside a group for the end
  const generated = fc.stringMatching(new RegExp(allowedPattern.replace(/\(\?[!=][^()]*\)/g, '')), { maxLength: 300 });
  const pattern = new RegExp(allowedPattern);
  return generated.filter((text) => text.length >= minChars && text.length <= maxChars && pattern.test(text));
}

function valuesWithin(key: string, rule: CatalogueParameter): fc.Arbitrary<string[]> {
  if (FIXED_SNAPSHOT.test(key)) return fc.constantFrom([''], ['{{WINDOW_EXECUTION_ID}}']);
  const text = textWithin(rule);
  if (rule.type !== 'StringList') return text.map((value) => [value]);
  return fc.array(text, { minLength: rule.minItems ?? 0, maxLength: rule.maxItems ?? 5 });
}

function parametersWithin(name: string, { parameters }: CatalogueDocument): fc.Arbitrary<{ [name: string]: string[] }> {
  const required = Object.keys(parameters).filter((parameter) => parameters[parameter].required);
  const values = Object.entries(parameters).map(([parameter, rule]): [string, fc.Arbitrary<string[]>] =>
    [parameter, valuesWithin(`${name}.${parameter}`, rule)]);
  return fc.record(Object.fromEntries(values), { requiredKeys: required });
}

test('most documents of the catalogue are drawn from', () => {
  expect(OFFERED.length).toBeGreaterThan(100);
});

describe.each(OFFERED)('%s', (name, document) => {
  test('accepts every set of parameters within its own constraints', () => {
    fc.assert(fc.property(parametersWithin(name, document), (parameters) => {
      expect(check(name, parameters)).toEqual([]);
    }), { numRuns: 30 });
  });

  test('accepts every set of parameters that are known only when the window runs', () => {
    const later = fc.constantFrom([undefined], undefined, ['{{WINDOW_ID}}'], ['{{ssm:/name}}']);
    const parameters = fc.record(Object.fromEntries(Object.keys(document.parameters).map((parameter) => [parameter, later])));
    fc.assert(fc.property(parameters, (given) => {
      expect(check(name, given)).toEqual([]);
    }), { numRuns: 10 });
  });

  test('refuses every set of parameters that lacks a required one, and nothing else', () => {
    const required = Object.keys(document.parameters).filter((parameter) => document.parameters[parameter].required);
    if (required.length === 0) {
      expect(check(name, {})).toEqual([]);
      return;
    }
    fc.assert(fc.property(parametersWithin(name, document), fc.constantFrom(...required), (parameters, missing) => {
      const { [missing]: _, ...rest } = parameters;
      expect(check(name, rest)).toEqual([expect.objectContaining({ severity: 'error', id: 'documentParameterMissing' })]);
    }), { numRuns: 10 });
  });
});

test('no document is warned about for the defaults that it declares itself', () => {
  const { documents } = JSON.parse(readFileSync(join(__dirname, '../../data/ssm-documents.json'), 'utf8'));
  let checked = 0;
  for (const [name, document] of OFFERED) {
    for (const parameter of Object.keys(document.parameters)) {
      const value = documents[name].parameters[parameter].default;
      if (value === undefined || (typeof value === 'object' && !Array.isArray(value))) continue;
      const values = Array.isArray(value) ? value : [value];
      const findings = check(name, { [parameter]: values }).filter(({ id }) => id !== 'documentParameterMissing');
      expect({ name, parameter, findings }).toEqual({ name, parameter, findings: [] });
      checked += 1;
    }
  }
  expect(checked).toBeGreaterThan(300);
});

test('no value outside the allowed ones passes', () => {
  const choices = OFFERED.flatMap(([name, { parameters }]) => Object.entries(parameters).flatMap(([parameter, rule]) =>
    rule.allowedValues ? [{ name, parameter, rule }] : []));
  fc.assert(fc.property(fc.constantFrom(...choices), fc.string(), ({ name, parameter, rule }, value) => {
    fc.pre(!value.includes('{{') && !rule.allowedValues!.some((allowed) => allowed.toLowerCase() === value.toLowerCase()));
    expect(check(name, { [parameter]: [value] })).toContainEqual(expect.objectContaining({ severity: 'warning', id: 'documentParameterValue' }));
  }));
});

test('no input makes a check fail', () => {
  const type = fc.option(fc.string(), { nil: undefined });
  const given = fc.dictionary(fc.string(), fc.anything());
  fc.assert(fc.property(fc.anything(), type, given, fc.string(), (content, documentType, parameters, name) => {
    for (const taskType of ['RUN_COMMAND', 'AUTOMATION'] as const) {
      checkOwnDocument(content, documentType, { documentName: name, taskType, parameters });
      checkDocumentUse({ documentName: name, taskType, parameters });
      checkDocumentUse({ documentName: 'AWS-RunPatchBaseline', taskType, parameters });
    }
  }));
});
