import { KNOWN_AT_DEPLOYMENT } from './partial-text';

const SHOWN_CHARACTERS = 100;

/** How CDK writes a token; the number in it changes from run to run. */
const TOKEN = /[$#]\{Token\[[^\]]*\]\}/g;

/** Formats a value for a message: as JSON, truncated to 100 characters. */
export function formatValue(value: unknown): string {
  const text = (typeof value === 'number' ? String(value) : jsonOf(value) ?? String(value)).replace(TOKEN, KNOWN_AT_DEPLOYMENT);
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

/** A construct holds its parents and its children, so an instance of a class is told by the name of the class. */
function jsonOf(value: unknown): string | undefined {
  return JSON.stringify(value, (_, member: unknown) => {
    if (typeof member === 'bigint') { return `${member}n`; }
    if (typeof member !== 'object' || member === null || Array.isArray(member)) { return member; }
    const name = (member.constructor as { name?: string } | undefined)?.name;
    return name === undefined || name === 'Object' ? member : `an instance of ${name}`;
  });
}

/** A count with its unit, such as `1 day` and `2 days`. */
export function counted(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
