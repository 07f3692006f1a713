/** Documents that `RunCommandDocument` has constants for. */
const RUN_COMMAND: { readonly [documentName: string]: string } = {
  'AWS-ConfigureAWSPackage': 'AWS_CONFIGURE_AWS_PACKAGE',
  'AWS-InstallApplication': 'AWS_INSTALL_APPLICATION',
  'AWS-RunPatchBaseline': 'AWS_RUN_PATCH_BASELINE',
  'AWS-RunPowerShellScript': 'AWS_RUN_POWER_SHELL_SCRIPT',
  'AWS-RunShellScript': 'AWS_RUN_SHELL_SCRIPT',
  'AWS-UpdateSSMAgent': 'AWS_UPDATE_SSM_AGENT',
};

/** Runbooks that `AutomationRunbook` has constants for. */
const AUTOMATION: { readonly [documentName: string]: string } = {
  'AWS-RestartEC2Instance': 'AWS_RESTART_EC2_INSTANCE',
  'AWS-StartEC2Instance': 'AWS_START_EC2_INSTANCE',
  'AWS-StopEC2Instance': 'AWS_STOP_EC2_INSTANCE',
};

export const DOCUMENT_CONSTANTS: { readonly [className: string]: { readonly [documentName: string]: string } } = {
  RunCommandDocument: RUN_COMMAND,
  AutomationRunbook: AUTOMATION,
};
