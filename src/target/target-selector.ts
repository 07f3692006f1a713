import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { rejectSelection } from './selection-rules';
import { sortedRecord } from '../common/json';
import { GROUP_NAME, GROUP_RESOURCE_TYPES, INSTANCE_IDS, TAG_KEY, TAG_PREFIX } from '../rules/selection';

/** What a window target holds. */
export enum TargetResourceType {
  /** Managed nodes, by ID or by tag. */
  INSTANCE = 'INSTANCE',

  /** The resources of a resource group. */
  RESOURCE_GROUP = 'RESOURCE_GROUP',
}

/**
 * Which resources a window target holds: instance IDs, or tags, or one resource group.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/mw-cli-tutorial-targets-examples.html
 * @example
 * TargetSelector.tags({ Role: ['web', 'api'], Environment: ['production'] });
 * TargetSelector.instanceIds('i-0123456789abcdef0', 'mi-0123456789abcdef0');
 * TargetSelector.resourceGroup('web-servers');
 */
export abstract class TargetSelector {
  /**
   * Managed nodes that have all of these tags, each with one of its values.
   *
   * At most 5 tags; AWS advises at most 5 values for each.
   */
  public static tags(tags: { [key: string]: string[] }): TargetSelector {
    return new LiteralSelector(TargetResourceType.INSTANCE,
      Object.fromEntries(Object.entries(tags).map(([key, values]) => [`${TAG_PREFIX}${key}`, values])));
  }

  /**
   * Managed nodes of patch groups, by their tag `PatchGroup`.
   *
   * Nodes with the older tag `Patch Group` are selected by `tags()`.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-patch-groups.html
   */
  public static patchGroup(...patchGroups: string[]): TargetSelector {
    return TargetSelector.tags({ PatchGroup: patchGroups });
  }

  /**
   * Managed nodes that have a tag with one of these keys, whatever its value.
   *
   * AWS advises at most 5 keys.
   */
  public static tagKeys(...tagKeys: string[]): TargetSelector {
    return new LiteralSelector(TargetResourceType.INSTANCE, { [TAG_KEY]: tagKeys });
  }

  /** Up to 50 EC2 instances. */
  public static instances(...instances: ec2.IInstance[]): TargetSelector {
    return TargetSelector.instanceIds(...instances.map((instance) => instance.instanceId));
  }

  /**
   * Up to 50 managed nodes.
   *
   * @param instanceIds IDs of EC2 instances (`i-…`) and of other managed nodes (`mi-…`)
   */
  public static instanceIds(...instanceIds: string[]): TargetSelector {
    return new LiteralSelector(TargetResourceType.INSTANCE, { [INSTANCE_IDS]: instanceIds });
  }

  /**
   * The resources of a resource group, which need not exist yet.
   *
   * @param resourceGroupName the name of one group
   * @param resourceTypes such as `AWS::EC2::Instance`; all types if none are given
   */
  public static resourceGroup(resourceGroupName: string, ...resourceTypes: string[]): TargetSelector {
    return new LiteralSelector(TargetResourceType.RESOURCE_GROUP, {
      [GROUP_NAME]: [resourceGroupName],
      ...(resourceTypes.length > 0 && { [GROUP_RESOURCE_TYPES]: resourceTypes }),
    });
  }

  /**
   * The service's own keys, for what the other methods do not cover.
   *
   * @param targets keys such as `tag:Role` with their values
   */
  public static of(resourceType: TargetResourceType, targets: { [key: string]: string[] }): TargetSelector {
    return new LiteralSelector(resourceType, targets);
  }

  /** Whether this selects nodes or the resources of a group. */
  public abstract readonly resourceType: TargetResourceType;

  /** The service's keys with their values. */
  public abstract readonly targets: { [key: string]: string[] };

  protected constructor() {}
}

class LiteralSelector extends TargetSelector {
  public readonly targets: { [key: string]: string[] };

  public constructor(public readonly resourceType: TargetResourceType, targets: { [key: string]: string[] }) {
    super();
    this.targets = sortedRecord(targets, (values) => values);
    rejectSelection(undefined, this);
  }
}
