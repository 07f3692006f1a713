/**
 * A repository from which nodes with Linux get their patches, instead of the repositories that they are configured with.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-alternative-source-repository.html
 */
export interface PatchSource {
  /** The name of the source: 3 to 50 letters, digits, `_`, `-` and `.`. */
  readonly name: string;

  /** The versions of the operating system that use the source, such as `AmazonLinux2023`: 1 to 20, or `*` for all. */
  readonly products: string[];

  /** The configuration of the repository, as the package manager reads it: 1 to 1,024 characters. */
  readonly configuration: string;
}
