import { sourceOf, synthesize } from './run-program';
import type { JsonObject } from '../../src/importer/json';
import type { Model } from '../../src/importer/model';
import { parseTemplate } from '../../src/importer/read/parse-template';
import { withoutDeprecated } from '../../src/importer/task-parameters';
import { compare } from '../../src/importer/verify/compare';
import { buildProgram } from '../../src/importer/write/program';

function modelOf(task: JsonObject): Model {
  return parseTemplate({
    name: 'x.json',
    text: JSON.stringify({
      Resources: {
        Window: { Type: 'AWS::SSM::MaintenanceWindow', Properties: { Name: 'patching', Schedule: 'rate(7 days)', Duration: 3, Cutoff: 1, AllowUnassociatedTargets: false } },
        Task: {
          Type: 'AWS::SSM::MaintenanceWindowTask',
          Properties: {
            WindowId: { Ref: 'Window' },
            TaskType: 'RUN_COMMAND',
            TaskArn: 'AWS-RunShellScript',
            Priority: 1,
            MaxConcurrency: '1',
            MaxErrors: '1',
            Targets: [{ Key: 'InstanceIds', Values: ['i-0123456789abcdef0'] }],
            ...task,
          },
        },
      },
    }),
  });
}

const commands = { commands: { Values: ['ls'] } };
const block = (properties: JsonObject) => ({ MaintenanceWindowRunCommandParameters: properties });

test('a task that only needs that is made by the constructs', () => {
  // GIVEN
  const model = modelOf({ TaskParameters: commands, LoggingInfo: { S3Bucket: 'logs', Region: 'eu-west-1', S3Prefix: 'patching' } });
  expect(buildProgram(model).mistakes.size).toBe(1);

  // WHEN
  const moved = withoutDeprecated(model);

  // THEN
  const program = buildProgram(moved);
  expect(program.mistakes.size).toBe(0);
  expect(compare(moved, program, synthesize(sourceOf(program)))).toEqual([]);
  expect(moved.entities[1].properties.TaskInvocationParameters).toEqual(block({ Parameters: { commands: ['ls'] }, OutputS3BucketName: 'logs', OutputS3KeyPrefix: 'patching' }));
  expect(moved.remarks.filter(({ key }) => key === 'Task')).toEqual([{
    place: 'x.json, Resources.Task', key: 'Task', message: 'moved from the deprecated TaskParameters and LoggingInfo, which changes the template',
  }]);
});

test.each<[string, JsonObject]>([
  ['what has the new form', { TaskInvocationParameters: block({ Parameters: { commands: ['ls'] }, OutputS3BucketName: 'logs' }) }],
  ['parameters that have both forms', { TaskParameters: commands, TaskInvocationParameters: block({ Parameters: { commands: ['pwd'] } }) }],
  ['a bucket that has both forms', { LoggingInfo: { S3Bucket: 'old', Region: 'eu-west-1' }, TaskInvocationParameters: block({ OutputS3BucketName: 'new' }) }],
  ['parameters that are known only at deployment', { TaskParameters: { Ref: 'AWS::NoValue' } }],
  ['a task of another type', { TaskType: 'AUTOMATION', TaskArn: 'AWS-RestartEC2Instance', TaskParameters: commands }],
])('%s stays', (_, task) => {
  const model = modelOf(task);
  expect(withoutDeprecated(model)).toEqual(model);
});
