import { Annotations, App, Duration, Stack, TimeZone } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import { outputBucket } from './resources';
import { CutoffBehavior, MaintenanceWindowSchedule, PatchRebootOption, RateControl, TargetSelector } from '../../src';
import { PatchWindows } from '../../src/patching';
import { testLogGroup, testTopic } from '../support/resources';

/** The windows that keep nodes patched, with all parameters. */
export function defineFullPatchWindow(app: App): Stack {
  const stack = new Stack(app, 'FullPatchWindow');
  const bucket = outputBucket(stack);
  const patching = new PatchWindows(stack, 'Patching', {
    selector: TargetSelector.patchGroup('web'),
    installSchedule: MaintenanceWindowSchedule.patchTuesday({ hour: '2', daysAfter: Duration.days(3), timeZone: TimeZone.EUROPE_PARIS }),
    installDuration: Duration.hours(4),
    installCutoff: Duration.hours(2),
    installCutoffBehavior: CutoffBehavior.CANCEL_TASK,
    scanSchedule: MaintenanceWindowSchedule.cron({ hour: '14', timeZone: TimeZone.EUROPE_PARIS }),
    scanDuration: Duration.hours(2),
    scanMaxConcurrency: RateControl.percentage(25),
    installMaxConcurrency: RateControl.percentage(10),
    installMaxErrors: RateControl.percentage(5),
    installRebootOption: PatchRebootOption.NO_REBOOT,
    baselineOverride: { bucket, key: 'baselines.json' },
    role: new iam.Role(stack, 'TaskRole', { assumedBy: new iam.ServicePrincipal('ssm.amazonaws.com') }),
    installAlarm: cloudwatch.Alarm.fromAlarmName(stack, 'Errors', 'errors'),
    outputBucket: bucket,
    outputLogGroup: testLogGroup(stack, 'OutputLog'),
    failureTopic: testTopic(stack, 'Failures'),
  });
  Annotations.of(patching).acknowledgeWarning('cdk-ssm-maintenance-windows:complianceNotReported', 'the output is looked at');
  return stack;
}

if (require.main === module) { defineFullPatchWindow(new App()); }
