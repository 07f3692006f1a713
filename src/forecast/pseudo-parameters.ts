/** What the pseudo parameters are in a place, as far as the place is known. */
export type Place = Readonly<Record<string, string>>;

/** The pseudo parameters that are the same in a stack and in those nested in it. */
export const PLACE_PARAMETERS = ['AWS::AccountId', 'AWS::Region', 'AWS::Partition', 'AWS::URLSuffix'] as const;

/** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/pseudo-parameter-reference.html */
const PARTITIONS: readonly (readonly [beginning: string, partition: string, urlSuffix: string])[] = [
  ['cn-', 'aws-cn', 'amazonaws.com.cn'],
  ['us-gov-', 'aws-us-gov', 'amazonaws.com'],
  ['us-iso-', 'aws-iso', 'c2s.ic.gov'],
  ['us-isob-', 'aws-iso-b', 'sc2s.sgov.gov'],
  ['us-isof-', 'aws-iso-f', 'csp.hci.ic.gov'],
  ['eu-isoe-', 'aws-iso-e', 'cloud.adc-e.uk'],
  ['eusc-', 'aws-eusc', 'amazonaws.eu'],
];

/** Whether a text looks like the name of a region; which regions there are changes from year to year. */
export function isRegionName(text: string): boolean {
  return /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(text);
}

export function placeOf(region: string | undefined, account?: string): Place {
  const [, partition, urlSuffix] = PARTITIONS.find(([beginning]) => region?.startsWith(beginning)) ?? ['', 'aws', 'amazonaws.com'];
  return {
    ...(account !== undefined && { 'AWS::AccountId': account }),
    ...(region !== undefined && { 'AWS::Region': region, 'AWS::Partition': partition, 'AWS::URLSuffix': urlSuffix }),
  };
}
