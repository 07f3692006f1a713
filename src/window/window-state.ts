import type { CfnMaintenanceWindow } from 'aws-cdk-lib/aws-ssm';
import { CustomResource, Lazy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { WindowStateRule } from './window-state-rule';
import { holdTasks } from '../common/window-registry';
import { SERVICE_TIMEOUT, SettingProvider } from '../setting/setting-provider';

const RESOURCE_TYPE = 'Custom::SSMMaintenanceWindowState';

/**
 * Disables a window.
 *
 * The window has no such property in CloudFormation, and AWS does not say whether an update of it (UpdateMaintenanceWindow with Replace, and
 * without Enabled) enables it again. So a custom resource disables it after each change of the window, and a rule does when anybody enables it.
 *
 * The tasks wait for it: they come when the window is disabled already, and go before it is enabled, so that none runs while CloudFormation works.
 *
 * @see https://github.com/aws-cloudformation/aws-cloudformation-resource-providers-ssm
 */
export function disableWindow(window: Construct, resource: CfnMaintenanceWindow): void {
  const provider = SettingProvider.of(window);
  const customResource = new CustomResource(window, 'WindowState', {
    serviceToken: provider.serviceToken,
    resourceType: RESOURCE_TYPE,
    serviceTimeout: SERVICE_TIMEOUT,
    properties: {
      WindowId: resource.ref,
      Enabled: false,
      // Only so that the custom resource changes whenever the window does.
      Window: Lazy.any({ produce: () => propertiesOf(resource) }),
    },
  });
  customResource.node.addDependency(provider.permitStateOf(resource));
  if (provider.healing) {
    new WindowStateRule(provider, resource, customResource);
  }
  holdTasks(window, customResource);
}

const WINDOW_PROPERTIES = [
  'allowUnassociatedTargets', 'cutoff', 'description', 'duration', 'endDate', 'name', 'schedule', 'scheduleOffset', 'scheduleTimezone', 'startDate',
] as const;

/** The typed properties at the end of synthesis: aspects and later assignments count. */
function propertiesOf(window: CfnMaintenanceWindow): object {
  return { ...Object.fromEntries(WINDOW_PROPERTIES.map((name) => [name, window[name]])), tags: window.tags.renderTags() };
}
