import { UNKNOWN } from './unknown';

/** What stands for a value that is known only at deployment in a text that is shown to the user. */
export const KNOWN_AT_DEPLOYMENT = '<known at deployment>';

/** Stands for a pseudo parameter in a text. */
const PSEUDO_PARAMETER = '\u0000';

/** The pseudo parameters of CloudFormation whose values have no colon. */
const WITHOUT_COLON = ['AWS::AccountId', 'AWS::Partition', 'AWS::Region'];

/** A text of which only the literal parts are known, as values that are known only at deployment stand between them. */
export class PartialText {
  /**
   * @param literals the parts, in their order; between two of them is a value that is known only at deployment
   * @param holes the names of these values, as far as they are pseudo parameters of CloudFormation
   */
  public constructor(public readonly literals: readonly string[], private readonly holes: readonly (string | undefined)[]) {}

  public get prefix(): string {
    return this.literals[0];
  }

  public get suffix(): string {
    return this.literals[this.literals.length - 1];
  }

  /** The text with something in place of each value. */
  public filledWith(filler: string): string {
    return this.literals.join(filler);
  }

  /**
   * What is between the colons of an ARN, as far as it is certain: undefined for a value that is known only at deployment, and nothing after one that
   * may hold colons itself.
   */
  public colonSeparated(): (string | undefined)[] {
    const parts = this.beginning.split(':');
    const complete = this.certainLiterals === this.literals.length ? parts : parts.slice(0, -1);
    return complete.map((part) => (part.includes(PSEUDO_PARAMETER) ? undefined : part));
  }

  /** How the text goes on after a number of colons: literal, and not necessarily to its end. */
  public afterColons(count: number): string {
    return this.beginning.split(':').slice(count).join(':').split(PSEUDO_PARAMETER)[0];
  }

  /** How many parts there are before the first value that may hold colons. */
  private get certainLiterals(): number {
    const uncertain = this.holes.findIndex((name) => name === undefined || !WITHOUT_COLON.includes(name));
    return uncertain < 0 ? this.literals.length : uncertain + 1;
  }

  private get beginning(): string {
    return this.literals.slice(0, this.certainLiterals).join(PSEUDO_PARAMETER);
  }

  public toJSON(): string {
    return this.filledWith(KNOWN_AT_DEPLOYMENT);
  }
}

/** A value that CloudFormation looks up when the text is deployed. @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
const DYNAMIC_REFERENCE = /\{\{resolve:[^{}]*\}\}/;

/**
 * Puts a text together: itself if it is known, its literal parts if there are values beside them, UNKNOWN if nothing is literal.
 *
 * @param parts literal ones, and the names of pseudo parameters or undefined for values that are known only at deployment
 */
export function joinedText(parts: readonly (string | { readonly hole: string | undefined })[]): string | PartialText | typeof UNKNOWN {
  const literals = [''];
  const holes: (string | undefined)[] = [];
  const addHole = (hole: string | undefined) => {
    literals.push('');
    holes.push(hole);
  };
  for (const part of parts) {
    if (typeof part === 'string') {
      part.split(DYNAMIC_REFERENCE).forEach((literal, index) => {
        index > 0 && addHole(undefined);
        literals[literals.length - 1] += literal;
      });
    } else {
      addHole(part.hole);
    }
  }
  return holes.length === 0 ? literals[0] : literals.every((literal) => literal === '') ? UNKNOWN : new PartialText(literals, holes);
}
