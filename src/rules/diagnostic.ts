type Severity = 'error' | 'warning' | 'note';

/** A finding of a rule about a resource, in the words of whoever wrote it. */
export interface Diagnostic {
  readonly severity: Severity;
  /** The rule. IDs of warnings are public: users acknowledge warnings by them. */
  readonly id: string;
  readonly message: string;
  /** The property of the CloudFormation resource that the finding is about. */
  readonly property: string;
}

/** What the user calls a property of CloudFormation: a construct has `maxErrors` for `MaxErrors`. */
export type Wording = (property: string) => string;

/** Templates and the API are written in the names of CloudFormation. */
export const CLOUDFORMATION_WORDING: Wording = (property) => property;
