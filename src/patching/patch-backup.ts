import { Duration } from 'aws-cdk-lib/core';
import { waitingScriptStep } from './runbook-scripts';
import { apiStep, NODE, waitStep } from './runbook-step';
import type { RunbookStep } from './runbook-step';
import { checkGiven, checkOptional } from '../common/given';
import { wholeNumberOf } from '../common/validation';
import { BACKUP_SECONDS } from '../rules/patch-runbook';

const DEFAULT_TIMEOUT = Duration.hours(1);

/** The name of a backup, in the text that people search for: of the node, and of the execution that made it. */
const NAME = `before-patching-${NODE}-{{ automation:EXECUTION_ID }}`;

/** Options of a backup. */
export interface PatchBackupOptions {
  /**
   * The time limit for the backup of a node: 1 minute to 10 hours, in whole seconds. The node is out of service meanwhile.
   *
   * A time limit that is given is compared with the duration of the window.
   *
   * @default Duration.hours(1)
   */
  readonly timeout?: Duration;
}

/**
 * A backup of an EC2 instance before it is patched. Backups are kept until you delete them.
 *
 * @example
 * patching.PatchBackup.snapshot({ timeout: Duration.minutes(30) });
 */
export class PatchBackup {
  /**
   * Makes snapshots of all EBS volumes, taken at the same moment, as consistent as after a power failure.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSnapshots.html
   */
  public static snapshot(options?: PatchBackupOptions): PatchBackup {
    return new PatchBackup('snapshots', options);
  }

  /**
   * Makes an Amazon Machine Image without a restart of the instance.
   *
   * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateImage.html
   */
  public static image(options?: PatchBackupOptions): PatchBackup {
    return new PatchBackup('image', options);
  }

  /**
   * The time limit that was given.
   *
   * @internal
   */
  public readonly _timeout?: Duration;

  private constructor(
    /** @internal */
    public readonly _kind: 'snapshots' | 'image',
    options: PatchBackupOptions = {},
  ) {
    checkGiven(undefined, 'options', options, 'an object');
    checkOptional(undefined, 'timeout', options.timeout, 'a Duration');
    options.timeout && wholeNumberOf(undefined, 'timeout', options.timeout, 'seconds', BACKUP_SECONDS);
    this._timeout = options.timeout;
  }

  /** @internal */
  public _steps(): RunbookStep[] {
    const timeout = this._timeout ?? DEFAULT_TIMEOUT;
    const seconds = wholeNumberOf(undefined, 'timeout', timeout, 'seconds', BACKUP_SECONDS);
    return this._kind === 'snapshots' ? snapshotSteps(seconds, !timeout.isUnresolved()) : imageSteps(seconds);
  }
}

function snapshotSteps(seconds: number, isKnown: boolean): RunbookStep[] {
  return [
    apiStep('createSnapshots', 'Makes snapshots of all volumes of the node.', {
      Service: 'ec2',
      Api: 'CreateSnapshots',
      InstanceSpecification: { InstanceId: NODE },
      CopyTagsFromSource: 'volume',
      Description: NAME,
    }, [{ Name: 'ids', Selector: '$.Snapshots..SnapshotId', Type: 'StringList' }]),
    waitingScriptStep('waitForSnapshots', 'Waits until the snapshots are completed.', seconds, isKnown, {
      handler: 'await_snapshots',
      payload: { node: NODE, snapshots: '{{ createSnapshots.ids }}' },
    }),
  ];
}

function imageSteps(seconds: number): RunbookStep[] {
  return [
    apiStep('createImage', 'Makes an image of the node without restarting it.', {
      Service: 'ec2', Api: 'CreateImage', InstanceId: NODE, Name: NAME, NoReboot: true,
    }, [{ Name: 'id', Selector: '$.ImageId', Type: 'String' }]),
    waitStep('waitForImage', 'Waits until the image is available.', seconds, {
      Service: 'ec2', Api: 'DescribeImages', ImageIds: ['{{ createImage.id }}'], PropertySelector: '$.Images[0].State', DesiredValues: ['available'],
    }),
  ];
}
