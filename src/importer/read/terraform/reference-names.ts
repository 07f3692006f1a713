import { traversalIn } from './expression';

/** Names that tell nothing of what an expression is. */
const KEYWORDS = ['each', 'count', 'path', 'self', 'terraform'];

/** The names in a reference, for what takes its place; none if it is no reference. */
export function namesIn(reference: string): string[] {
  const { root, steps } = traversalIn(reference) ?? { root: 'each', steps: [] };
  const names = steps.flatMap(step => step.kind === 'attribute' ? [step.name] : []);
  // the name of a type, such as aws_iam_role, says less than that of the resource
  return KEYWORDS.includes(root) ? [] : root === 'data' ? names.slice(1) : names;
}
