import { problemsOf } from './document';
import type { AutomationDocument, Step } from './document';

const SLEEP: Step = { name: 'sleep', action: 'aws:sleep', inputs: { Duration: 'PT1S' } };

function documentOf(...mainSteps: Step[]): AutomationDocument {
  return { schemaVersion: '0.3', parameters: { InstanceId: { type: 'String' } }, mainSteps };
}

test.each<[string, AutomationDocument, string]>([
  ['another schema', { ...documentOf(SLEEP), schemaVersion: '2.2' }, 'schemaVersion must be 0.3'],
  ['an unknown field', documentOf({ ...SLEEP, onError: 'Abort' } as Step), 'sleep has no field onError'],
  ['an unknown action', documentOf({ ...SLEEP, action: 'aws:dream', inputs: {} }), 'sleep has the unknown action aws:dream'],
  ['an unknown input', documentOf({ ...SLEEP, inputs: { Duration: 'PT1S', Unit: 's' } }), 'sleep.inputs has no field Unit'],
  ['a missing input', documentOf({ ...SLEEP, action: 'aws:runCommand', inputs: {} }), 'sleep needs the input DocumentName'],
  ['two steps of one name', documentOf(SLEEP, SLEEP), 'sleep is there twice'],
  ['a step that is not there', documentOf({ ...SLEEP, onFailure: 'step:other' }), 'sleep goes to other, which is not there'],
  ['a cancellation that goes to sleep', documentOf({ ...SLEEP, name: 'first', onCancel: 'step:sleep' }, SLEEP), 'first cannot go to sleep when it is cancelled'],
  ['a variable that nothing declares', documentOf({ ...SLEEP, inputs: { Duration: '{{ Length }}' } }), 'sleep refers to Length, which nothing declares'],
  ['a loop', documentOf({ ...SLEEP, name: 'first' }, { ...SLEEP, nextStep: 'first' }), 'a loop: first, sleep, first'],
])('%s is seen', (_, document, problem) => {
  expect(problemsOf(document)).toContain(problem);
});

test('a document that the guide allows has no problems', () => {
  expect(problemsOf(documentOf(SLEEP, { ...SLEEP, name: 'second', inputs: { Duration: '{{ InstanceId }}' } }))).toEqual([]);
});
