import { visitCode, type Code } from './code';
import type { Program } from './program';
import { isTranslatableName, isTranslatableText, stringLiteral } from './string-literal';

const MAX_SHOWN = 60;

/**
 * What a translator to another language would write as something else than a text of that value, in words; undefined if there is nothing.
 *
 * The escapes of this importer protect TypeScript only. The translators read them and write the values in their own way: Python's pastes the names
 * of properties between quotes without escaping them, so that a name can close the quotes and is run.
 */
export function untranslatablePart({ statements }: Program): string | undefined {
  let found: string | undefined;
  const visit = (part: Code) => {
    found ??= part.kind === 'object' ? untranslatableName(part.entries.map(([name]) => name)) : untranslatableLiteral(part);
  };
  statements.forEach(({ code, assigned }) => [code, ...assigned ? [assigned] : []].forEach(part => visitCode(part, visit)));
  return found;
}

function untranslatableName(names: ReadonlyArray<string | Code>): string | undefined {
  // between the quotes that Python's translator puts around a computed name, what is a string literal comes to stand outside
  const name = names.find(candidate => typeof candidate !== 'string' || !isTranslatableName(candidate));
  return name === undefined ? undefined : typeof name === 'string' ? `the name ${shown(name)}` : 'a name that is known only at deployment';
}

function untranslatableLiteral(part: Code): string | undefined {
  const isLost = part.kind === 'literal' && typeof part.value === 'string' && !isTranslatableText(part.value);
  return isLost ? `the invisible characters of ${shown(String(part.value))}` : undefined;
}

function shown(text: string): string {
  return stringLiteral(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
}
