import { AutomationRunbook, RunCommandDocument } from '../../../src';
import { DOCUMENT_CONSTANTS } from '../../../src/importer/write/documents';

test.each([
  ['RunCommandDocument', RunCommandDocument],
  ['AutomationRunbook', AutomationRunbook],
])('the importer knows every constant of %s', (name, documents) => {
  const constants = Object.entries(documents).filter(([constant]) => /^[A-Z0-9_]+$/.test(constant))
    .map(([constant, { nameOrArn }]) => [nameOrArn, constant] as const);
  expect(constants.length).toBeGreaterThan(0);
  expect(DOCUMENT_CONSTANTS[name]).toEqual(Object.fromEntries(constants));
});
