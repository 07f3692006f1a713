import type * as ec2 from 'aws-cdk-lib/aws-ec2';
import { rejectSelection } from './selection-rules';
import { validationError } from '../common/errors';
import { checkEach, checkGiven, checkLists } from '../common/given';
import { sortedRecord } from '../common/json';
import { GROUP_NAME, GROUP_RESOURCE_TYPES, INSTANCE_IDS, TAG_KEY, TAG_PREFIX } from '../rules/selection';

/** The type of the resources of a window target. */
export enum TargetResourceType {
  /** Managed nodes, by ID or by tag. */
  INSTANCE = 'INSTANCE',

  /** The resources of a resource group. */
  RESOURCE_GROUP = 'RESOURCE_GROUP',
}

/**
 * The resources of a window target: instance IDs, tags or one resource group.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/mw-cli-tutorial-targets-examples.html
 * @example
 * TargetSelector.tags({ Role: ['web', 'api'], Environment: ['production'] });
 * TargetSelector.instanceIds('i-0123456789abcdef0', 'mi-0123456789abcdef0');
 * TargetSelector.resourceGroup('web-servers');
 */
export abstract class TargetSelector {
  /**
   * Selects managed nodes that have all of these tags, each with one of its values.
   *
   * At most 5 tags; AWS advises at most 5 values for each.
   */
  public static tags(tags: { [key: string]: string[] }): TargetSelector {
    checkLists(undefined, 'tags', tags);
    if (Object.keys(tags).length === 0) {
      throw validationError(undefined, '\'tags\' must hold at least one tag, got an empty object, give a tag with its values');
    }
    return new LiteralSelector(TargetResourceType.INSTANCE,
      Object.fromEntries(Object.entries(tags).map(([key, values]) => [`${TAG_PREFIX}${key}`, values])));
  }

  /**
   * Selects managed nodes of patch groups by their tag `PatchGroup`.
   *
   * Nodes with the older tag `Patch Group` are selected by `tags()`.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-patch-groups.html
   */
  public static patchGroup(...patchGroups: string[]): TargetSelector {
    checkEach(undefined, 'patchGroups', patchGroups, 'a string');
    return TargetSelector.tags({ PatchGroup: patchGroups });
  }

  /**
   * Selects managed nodes that have tags with all of these keys, regardless of the values.
   *
   * AWS advises at most 5 keys. To select nodes with either of two keys, register a target for each.
   *
   * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/mw-cli-tutorial-targets-examples.html
   */
  public static tagKeys(...tagKeys: string[]): TargetSelector {
    checkEach(undefined, 'tagKeys', tagKeys, 'a string');
    return new LiteralSelector(TargetResourceType.INSTANCE, { [TAG_KEY]: tagKeys });
  }

  /** Selects up to 50 EC2 instances. */
  public static instances(...instances: ec2.IInstance[]): TargetSelector {
    checkEach(undefined, 'instances', instances, 'an EC2 instance');
    return new LiteralSelector(TargetResourceType.INSTANCE, { [INSTANCE_IDS]: instances.map(({ instanceId }) => instanceId) }, instances);
  }

  /**
   * Selects up to 50 managed nodes.
   *
   * @param instanceIds IDs of EC2 instances (`i-…`) and of other managed nodes (`mi-…`)
   */
  public static instanceIds(...instanceIds: string[]): TargetSelector {
    checkEach(undefined, 'instanceIds', instanceIds, 'a string');
    return new LiteralSelector(TargetResourceType.INSTANCE, { [INSTANCE_IDS]: instanceIds });
  }

  /**
   * Selects the resources of a resource group. The group need not exist yet.
   *
   * Nodes that are stopped when the window opens are reached through a resource group only.
   *
   * @param resourceGroupName the name of one group
   * @param resourceTypes such as `AWS::EC2::Instance`; all types if none are given
   */
  public static resourceGroup(resourceGroupName: string, ...resourceTypes: string[]): TargetSelector {
    checkGiven(undefined, 'resourceGroupName', resourceGroupName, 'a string');
    checkEach(undefined, 'resourceTypes', resourceTypes, 'a string');
    return new LiteralSelector(TargetResourceType.RESOURCE_GROUP, {
      [GROUP_NAME]: [resourceGroupName],
      ...(resourceTypes.length > 0 && { [GROUP_RESOURCE_TYPES]: resourceTypes }),
    });
  }

  /**
   * Uses the keys of the service, for what the other methods do not cover.
   *
   * @param targets keys such as `tag:Role` with their values
   */
  public static of(resourceType: TargetResourceType, targets: { [key: string]: string[] }): TargetSelector {
    checkGiven(undefined, 'resourceType', resourceType, 'a string');
    checkLists(undefined, 'targets', targets);
    return new LiteralSelector(resourceType, targets);
  }

  /** The type of the selected resources: nodes, or the resources of a group. */
  public abstract readonly resourceType: TargetResourceType;

  /** The keys of the service, each with its values. */
  public abstract readonly targets: { [key: string]: string[] };

  /**
   * The instances that were given as constructs.
   *
   * @internal
   */
  public readonly _instances?: readonly ec2.IInstance[];

  protected constructor() {}
}

class LiteralSelector extends TargetSelector {
  public readonly targets: { [key: string]: string[] };

  public constructor(
    public readonly resourceType: TargetResourceType,
    targets: { [key: string]: string[] },
    /** @internal */
    public override readonly _instances?: readonly ec2.IInstance[],
  ) {
    super();
    this.targets = sortedRecord(targets, (values) => values);
    rejectSelection(undefined, this);
  }
}
