import { Intrinsic, Reference, Stack, Token, Tokenization } from 'aws-cdk-lib/core';
import type { IResolvable } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { joinedText, PartialText } from '../rules/partial-text';
import { fromTemplate } from '../rules/template-value';
import type { Value } from '../rules/value';

/** A text in its parts: literal ones, and the tokens between them. */
function partsOf(text: string): (string | IResolvable)[] {
  const parts: unknown = Tokenization.reverseString(text)
    .mapTokens({ mapToken: (token) => [token] })
    .join({ join: (left: unknown, right: unknown) => [left, right].flat() });
  return [parts].flat() as (string | IResolvable)[];
}

/**
 * What the rules get of a text: itself, its literal parts if there are tokens beside them, nothing of a token alone.
 *
 * @param scope tells the pseudo parameters of CloudFormation from other tokens
 */
export function knownText(text: string, scope?: IConstruct): Value {
  if (typeof text !== 'string' || !text.includes('{')) {
    return text;
  }
  return joinedText(partsOf(text).map((part) => (typeof part === 'string' ? part : { hole: scope && pseudoParameterOf(scope, part) })));
}

/** What refers to a resource cannot be resolved before the tree is complete; pseudo parameters always can. */
function pseudoParameterOf(scope: IConstruct, token: IResolvable): string | undefined {
  const isReferenceToResource = Reference.isReference(token) && !token.displayName.startsWith('AWS::');
  const value: unknown = token instanceof Intrinsic && !isReferenceToResource ? Stack.of(scope).resolve(token) : undefined;
  const { Ref: name } = (value ?? {}) as { Ref?: string };
  return name;
}

/** What is known of a text when the tree is complete: tokens that are resolved by CDK have become texts. */
export function resolvedText(scope: IConstruct, text: string): Value {
  return fromTemplate(Token.isUnresolved(text) ? Stack.of(scope).resolve(text) : text);
}

/** The literal parts of a text when the tree is complete. */
export function literalParts(scope: IConstruct, text: string): readonly string[] {
  const known = resolvedText(scope, text);
  return known instanceof PartialText ? known.literals : typeof known === 'string' ? [known] : [];
}
