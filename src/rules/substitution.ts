/** A part of the text of `Fn::Sub`: as it is, or the name of what is put in its place. */
type SubstitutionPart = { readonly literal: string } | { readonly reference: string };

/**
 * The parts of the text of `Fn::Sub`. `${!Literal}` stands for `${Literal}`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-sub.html
 */
export function substitutionParts(text: string): SubstitutionPart[] {
  return text.split(/(\$\{[^}]*\})/).flatMap((part, index): SubstitutionPart[] => {
    if (index % 2 === 0) {
      return part === '' ? [] : [{ literal: part }];
    }
    const name = part.slice(2, -1);
    return [name.startsWith('!') ? { literal: `\${${name.slice(1)}}` } : { reference: name.trim() }];
  });
}
