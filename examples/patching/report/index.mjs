import { paginateDescribeMaintenanceWindowExecutionTasks, SSMClient } from '@aws-sdk/client-ssm';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';

const ssm = new SSMClient();
const sns = new SNSClient();

/** The event is what the task gives as its payload. */
export async function handler({ environment, windowId, windowExecutionId }) {
  const lines = [`Window ${windowId}, execution ${windowExecutionId}`];
  for await (const page of paginateDescribeMaintenanceWindowExecutionTasks({ client: ssm }, { WindowExecutionId: windowExecutionId })) {
    for (const task of page.WindowExecutionTaskIdentities) {
      lines.push(`${task.TaskArn}: ${task.Status}${task.StatusDetails ? `, ${task.StatusDetails}` : ''}`);
    }
  }
  await sns.send(new PublishCommand({ TopicArn: process.env.TOPIC_ARN, Subject: `Patching of ${environment}`, Message: lines.join('\n') }));
}
