import { App, Duration, Stack } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as fc from 'fast-check';
import {
  AutomationRunbook, MaintenanceWindowTask, PatchOperation, PatchRebootOption, RunCommandDocument, TaskTargets,
} from '../../src';
import { documentCatalogue, documentTypeOf } from '../../src/document/rules/catalogue';
import type { CatalogueParameter } from '../../src/document/rules/catalogue';
import { warningsOf } from '../support/app';
import { INSTANCE_ID, testWindow } from '../support/tasks';

const CATALOGUE = documentCatalogue();
const OFFERED = Object.keys(CATALOGUE.documents).filter((name) => !CATALOGUE.retired[name]);

/** The documents of a type, as rows of a table. */
function documentsOf(documentType: string): [string][] {
  return OFFERED.filter((name) => documentTypeOf(CATALOGUE, name) === documentType).map((name) => [name]);
}

/** The lengths that a type of task takes for the value of a parameter. */
interface Lengths { readonly min: number; readonly max: number }

const OF_COMMAND: Lengths = { min: 0, max: 300 };
const OF_AUTOMATION: Lengths = { min: 1, max: 512 };

function texts(rule: CatalogueParameter, lengths: Lengths): fc.Arbitrary<string> {
  if (rule.type === 'StringMap') {
    return fc.constantFrom('{}', '{"path":"s3://bucket/key"}');
  }
  const min = Math.max(lengths.min, rule.minChars ?? 0);
  const max = Math.min(lengths.max, rule.maxChars ?? Infinity);
  if (rule.allowedValues) {
    return fc.constantFrom(...rule.allowedValues.filter(({ length }) => length >= min && length <= max));
  }
  if (rule.allowedPattern === undefined) {
    return fc.string({ minLength: min, maxLength: max });
  }
  // the generator knows no lookaheads and takes an anchor inside a group for the end
  const pattern = new RegExp(rule.allowedPattern);
  return fc.stringMatching(new RegExp(rule.allowedPattern.replace(/\(\?[!=][^()]*\)/g, '')), { maxLength: Math.min(max, 300) })
    .filter((text) => text.length >= min && text.length <= max && pattern.test(text));
}

function values(document: string, name: string, rule: CatalogueParameter, lengths: Lengths): fc.Arbitrary<string[]> {
  if (name === 'SnapshotId' && document.includes('PatchBaseline')) {
    // a fixed one is within the constraints of the document, but not for a window
    return fc.constant(['{{WINDOW_EXECUTION_ID}}']);
  }
  const text = texts(rule, lengths);
  return rule.type === 'StringList'
    ? fc.array(text, { minLength: rule.minItems ?? 0, maxLength: rule.maxItems ?? 5 })
    : text.map((value) => [value]);
}

/** Parameters within the constraints that a document states, the required ones and any of the others. */
function parametersOf(document: string, lengths: Lengths): fc.Arbitrary<{ [name: string]: string[] }> {
  const { parameters } = CATALOGUE.documents[document];
  const all = Object.entries(parameters).map(([name, rule]): [string, fc.Arbitrary<string[]>] => [name, values(document, name, rule, lengths)]);
  return fc.record(Object.fromEntries(all), { requiredKeys: Object.keys(parameters).filter((name) => parameters[name].required) });
}

/** The warnings of a task that is defined in a window of a new stack. */
function warningsFor(define: (stack: Stack) => void): string[] {
  const stack = new Stack(new App(), 'Stack');
  define(stack);
  return warningsOf(stack);
}

test('documents of both types are drawn from', () => {
  expect(documentsOf('Command').length).toBeGreaterThan(30);
  expect(documentsOf('Automation').length).toBeGreaterThan(30);
});

test.each(documentsOf('Command'))('a Run Command task takes all parameters that %s allows, without a warning', (name) => {
  fc.assert(fc.property(parametersOf(name, OF_COMMAND), (parameters) => {
    expect(warningsFor((stack) => MaintenanceWindowTask.runCommand(stack, 'Task', {
      maintenanceWindow: testWindow(stack),
      document: RunCommandDocument.fromDocumentName(name),
      targets: TaskTargets.instanceIds(INSTANCE_ID),
      parameters,
    }))).toEqual([]);
  }), { numRuns: 10 });
});

test.each(documentsOf('Automation'))('an Automation task takes all parameters that %s allows, without a warning', (name) => {
  fc.assert(fc.property(parametersOf(name, OF_AUTOMATION), (parameters) => {
    expect(warningsFor((stack) => MaintenanceWindowTask.automation(stack, 'Task', {
      maintenanceWindow: testWindow(stack),
      runbook: AutomationRunbook.fromDocumentName(name),
      parameters,
    }))).toEqual([]);
  }), { numRuns: 10 });
});

test('whatever the options of a patch task are, the document allows the parameters that they become', () => {
  const segment = fc.stringMatching(/^[A-Za-z0-9!\-_.*()=+ü]{1,20}$/);
  const key = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));
  const options = fc.record({
    operation: fc.constantFrom(...Object.values(PatchOperation)),
    rebootOption: fc.option(fc.constantFrom(...Object.values(PatchRebootOption)), { nil: undefined }),
    baseline: fc.option(key, { nil: undefined }),
    list: fc.option(key, { nil: undefined }),
    seconds: fc.option(fc.integer({ min: 1, max: 36_000 }), { nil: undefined }),
  });
  fc.assert(fc.property(options, ({ operation, rebootOption, baseline, list, seconds }) => {
    expect(warningsFor((stack) => {
      const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'patching-files');
      MaintenanceWindowTask.patch(stack, 'Task', {
        maintenanceWindow: testWindow(stack),
        targets: TaskTargets.instanceIds(INSTANCE_ID),
        operation,
        rebootOption,
        baselineOverride: baseline === undefined ? undefined : { bucket, key: baseline },
        // the document fails with both
        installOverrideList: list === undefined || baseline !== undefined ? undefined : { bucket, key: list },
        stepTimeout: seconds === undefined ? undefined : Duration.seconds(seconds),
      });
    })).toEqual([]);
  }));
});
