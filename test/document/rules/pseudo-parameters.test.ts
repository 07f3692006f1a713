import {
  misspeltPseudoParameters, PSEUDO_PARAMETERS, runCommandUnsupportedPseudoParameters,
} from '../../../src/document/rules/pseudo-parameters';

describe('misspelt pseudo parameters', () => {
  test.each([
    ['{{RESOURCEID}}', 'RESOURCEID', 'RESOURCE_ID'],
    ['{{RESOURCE_IDS}}', 'RESOURCE_IDS', 'RESOURCE_ID'],
    ['{{RESOURSE_ID}}', 'RESOURSE_ID', 'RESOURCE_ID'],
    ['{{TARGETID}}', 'TARGETID', 'TARGET_ID'],
    ['{{TARGET-TYPE}}', 'TARGET-TYPE', 'TARGET_TYPE'],
    ['{{WINDOWID}}', 'WINDOWID', 'WINDOW_ID'],
    ['{{WIDNOW_ID}}', 'WIDNOW_ID', 'WINDOW_ID'],
    ['{{WINDOW_EXECUTIONID}}', 'WINDOW_EXECUTIONID', 'WINDOW_EXECUTION_ID'],
    ['{{WINDOWS_EXECUTION_ID}}', 'WINDOWS_EXECUTION_ID', 'WINDOW_EXECUTION_ID'],
    ['{{ RESOURCEID }}', 'RESOURCEID', 'RESOURCE_ID'],
    ['echo "{{WINDOW_TASKID}}" > /tmp/out', 'WINDOW_TASKID', 'WINDOW_TASK_ID'],
    ['{"id":"{{INVOCATIONID}}"}', 'INVOCATIONID', 'INVOCATION_ID'],
  ])('are found in %s', (text, got, meant) => {
    expect(misspeltPseudoParameters(text)).toEqual([{ got, meant }]);
  });

  test('are each told once, in the order of the text', () => {
    expect(misspeltPseudoParameters('{{WINDOWID}} {{RESOURCEID}} {{WINDOWID}} {{WINDOW_ID}}')).toEqual([
      { got: 'WINDOWID', meant: 'WINDOW_ID' },
      { got: 'RESOURCEID', meant: 'RESOURCE_ID' },
    ]);
  });

  test.each([...PSEUDO_PARAMETERS])('do not include the real %s, with and without spaces', (name) => {
    expect(misspeltPseudoParameters(`{{${name}}}`)).toEqual([]);
    expect(misspeltPseudoParameters(`prefix-{{ ${name} }}-suffix`)).toEqual([]);
  });

  test.each([
    ["docker ps --format '{{.Names}}'"],
    ['{{ssm:/app/database}}'],
    ['{{ssm-secure:password}}'],
    ['{{global:DATE}}'],
    ['{{global:DATE_TIME}}'],
    ['{{automation:EXECUTION_ID}}'],
    ['{{ InstanceId }}'],
    ['{{resource_id}}'],
    ['{{MY_VAR}}'],
    ['{{WINDOW_NAME}}'],
    ['{{ACCOUNT_ID}}'],
    ['{{INSTANCE_ID}}'],
    ['{RESOURCEID}'],
    ['RESOURCEID'],
    ['{{RESOURCEID'],
    ['{{}}'],
    [''],
  ])('do not include other text such as %j', (text) => {
    expect(misspeltPseudoParameters(text)).toEqual([]);
  });

  test('are found in time on a long text of opening braces', () => {
    const started = performance.now();
    expect(misspeltPseudoParameters(`${'{{'.repeat(50_000)}${'{{A'.repeat(50_000)}`)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('pseudo parameters that Run Command does not know', () => {
  test.each([
    ['{{TARGET_ID}}', ['TARGET_ID']],
    ['{{ RESOURCE_ID }}', ['RESOURCE_ID']],
    ['a {{RESOURCE_ID}} b {{TARGET_ID}} c {{RESOURCE_ID}}', ['RESOURCE_ID', 'TARGET_ID']],
  ])('are found in %s', (text, names) => {
    expect(runCommandUnsupportedPseudoParameters(text)).toEqual(names);
  });

  test.each(PSEUDO_PARAMETERS.filter((name) => name !== 'TARGET_ID' && name !== 'RESOURCE_ID'))('do not include %s', (name) => {
    expect(runCommandUnsupportedPseudoParameters(`{{${name}}}`)).toEqual([]);
  });

  test('do not include the bare names', () => {
    expect(runCommandUnsupportedPseudoParameters('TARGET_ID {RESOURCE_ID} {{target_id}}')).toEqual([]);
  });
});
