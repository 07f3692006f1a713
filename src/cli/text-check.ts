import type { Json } from '../importer/json';

/** The templates of one stack of a file. */
export interface Rendered {
  readonly template: Json;
  /** The template of the second pass, if the program has custom resources. */
  readonly templateWithCustomResources?: Json;
}

/** What a compiler says of a file. */
export interface TextCheck {
  readonly stacks?: readonly Rendered[];
  /** What is wrong. */
  readonly problem?: string;
  /** Why nobody can tell here. */
  readonly unchecked?: string;
}
