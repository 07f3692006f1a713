/** Documents that `RunCommandDocument` has constants for. */
const RUN_COMMAND: { readonly [documentName: string]: string } = {
  'AWS-ApplyAnsiblePlaybooks': 'AWS_APPLY_ANSIBLE_PLAYBOOKS',
  'AWS-ConfigureAWSPackage': 'AWS_CONFIGURE_AWS_PACKAGE',
  'AWS-ConfigureWindowsUpdate': 'AWS_CONFIGURE_WINDOWS_UPDATE',
  'AWS-InstallApplication': 'AWS_INSTALL_APPLICATION',
  'AWS-InstallWindowsUpdates': 'AWS_INSTALL_WINDOWS_UPDATES',
  'AWS-RunDocument': 'AWS_RUN_DOCUMENT',
  'AWS-RunPatchBaseline': 'AWS_RUN_PATCH_BASELINE',
  'AWS-RunPatchBaselineWithHooks': 'AWS_RUN_PATCH_BASELINE_WITH_HOOKS',
  'AWS-RunPowerShellScript': 'AWS_RUN_POWER_SHELL_SCRIPT',
  'AWS-RunRemoteScript': 'AWS_RUN_REMOTE_SCRIPT',
  'AWS-RunShellScript': 'AWS_RUN_SHELL_SCRIPT',
  'AWS-UpdateSSMAgent': 'AWS_UPDATE_SSM_AGENT',
  'AWSEC2-VssInstallAndSnapshot': 'AWSEC2_VSS_INSTALL_AND_SNAPSHOT',
  'AmazonCloudWatch-ManageAgent': 'AMAZON_CLOUDWATCH_MANAGE_AGENT',
};

/** Runbooks that `AutomationRunbook` has constants for. */
const AUTOMATION: { readonly [documentName: string]: string } = {
  'AWS-CreateImage': 'AWS_CREATE_IMAGE',
  'AWS-CreateRdsSnapshot': 'AWS_CREATE_RDS_SNAPSHOT',
  'AWS-CreateSnapshot': 'AWS_CREATE_SNAPSHOT',
  'AWS-PatchAsgInstance': 'AWS_PATCH_ASG_INSTANCE',
  'AWS-PatchInstanceWithRollback': 'AWS_PATCH_INSTANCE_WITH_ROLLBACK',
  'AWS-RebootRdsInstance': 'AWS_REBOOT_RDS_INSTANCE',
  'AWS-RestartEC2Instance': 'AWS_RESTART_EC2_INSTANCE',
  'AWS-StartEC2Instance': 'AWS_START_EC2_INSTANCE',
  'AWS-StartRdsInstance': 'AWS_START_RDS_INSTANCE',
  'AWS-StopEC2Instance': 'AWS_STOP_EC2_INSTANCE',
  'AWS-StopRdsInstance': 'AWS_STOP_RDS_INSTANCE',
};

export const DOCUMENT_CONSTANTS: { readonly [className: string]: { readonly [documentName: string]: string } } = {
  RunCommandDocument: RUN_COMMAND,
  AutomationRunbook: AUTOMATION,
};
