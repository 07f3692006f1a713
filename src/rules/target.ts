import type { Diagnostic, Wording } from './diagnostic';
import type { Bounds } from './findings';
import { Findings } from './findings';
import { WINDOW_ID } from './identifiers';
import { DESCRIPTION, NAME } from './names';
import { adviseOnSelection, checkSelection, entriesOf, RESOURCE_TYPES } from './selection';
import type { Properties } from './value';

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-resource-ssm-maintenancewindowtarget.html */
const PROPERTIES = ['Description', 'Name', 'OwnerInformation', 'ResourceType', 'Targets', 'WindowId'];

/** @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RegisterTargetWithMaintenanceWindow.html */
export const OWNER_INFORMATION: Bounds = { min: 1, max: 128 };

/** What the service rejects in a target of a window, and what its pages advise against. */
export function targetDiagnostics(properties: Properties, wording?: Wording): readonly Diagnostic[] {
  const findings = new Findings(wording);
  findings.unknownProperties(properties, PROPERTIES);
  ['WindowId', 'ResourceType', 'Targets'].forEach((property) => findings.required(property, properties[property], 'set it'));
  findings.pattern('WindowId', properties.WindowId, WINDOW_ID);
  findings.pattern('Name', properties.Name, NAME);
  findings.length('Description', properties.Description, DESCRIPTION);
  findings.length('OwnerInformation', properties.OwnerInformation, OWNER_INFORMATION);
  findings.oneOf('ResourceType', properties.ResourceType, RESOURCE_TYPES);
  const entries = entriesOf(properties.Targets);
  if (entries) {
    checkSelection(findings, 'Targets', properties.ResourceType, entries);
    adviseOnSelection(findings, 'Targets', entries);
  }
  return findings.all;
}
