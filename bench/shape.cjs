/*
 * What both apps hold: windows with up to 20 tasks of all kinds, ten windows in a stack.
 */
const TASKS_OF_WINDOW = 20;
const WINDOWS_OF_STACK = 10;
const KINDS = ['patch', 'script', 'runbook', 'function', 'stateMachine'];

exports.ENV = { account: '123456789012', region: 'eu-central-1' };

/** Stacks with their windows, and for each window the kinds of its tasks. */
exports.inStacks = taskCount => {
  const windows = Array.from({ length: Math.ceil(taskCount / TASKS_OF_WINDOW) }, (_, index) => ({
    index,
    tasks: Array.from({ length: Math.min(TASKS_OF_WINDOW, taskCount - index * TASKS_OF_WINDOW) }, (__, task) => KINDS[task % KINDS.length]),
  }));
  return Array.from({ length: Math.ceil(windows.length / WINDOWS_OF_STACK) }, (_, index) => ({
    id: `Stack${index}`,
    windows: windows.slice(index * WINDOWS_OF_STACK, (index + 1) * WINDOWS_OF_STACK),
  }));
};

exports.hourOf = index => String(index % 20);
exports.tagOf = index => `group-${index}`;
exports.functionArn = index => `arn:aws:lambda:eu-central-1:123456789012:function:report-${index}`;
exports.stateMachineArn = index => `arn:aws:states:eu-central-1:123456789012:stateMachine:drill-${index}`;
exports.roleArn = index => `arn:aws:iam::123456789012:role/runbook-${index}`;
