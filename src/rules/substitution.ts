/** A part of the text of `Fn::Sub`: as it is, or the name of what is put in its place. */
type SubstitutionPart = { readonly literal: string } | { readonly reference: string };

/**
 * The parts of the text of `Fn::Sub`, no two literal ones beside each other. `${!Literal}` stands for `${Literal}`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 */
export function substitutionParts(text: string): SubstitutionPart[] {
  const parts: SubstitutionPart[] = [];
  let literal = '';
  const endLiteral = () => {
    literal !== '' && parts.push({ literal });
    literal = '';
  };
  text.split(/(\$\{[^}]*\})/).forEach((piece, index) => {
    const inBraces = index % 2 === 1;
    if (inBraces && !piece.startsWith('${!')) {
      endLiteral();
      parts.push({ reference: piece.slice(2, -1) });
    } else {
      literal += inBraces ? piece.replace('!', '') : piece;
    }
  });
  endLiteral();
  return parts;
}
