import type { Resource, StackTemplate } from './templates';

/** Follows references through the templates of an app, from one stack to another by their exports. */
export class References {
  public constructor(private readonly stacks: readonly StackTemplate[]) {}

  /** The resource that a value refers to; none if it is a literal or is made of several. */
  public resourceOf(value: unknown, from: StackTemplate): Resource | undefined {
    const { name, argument } = intrinsicOf(value);
    switch (name) {
      case 'Ref':
        return from.resources.find(({ logicalId }) => logicalId === argument);
      case 'Fn::GetAtt':
        return from.resources.find(({ logicalId }) => logicalId === (Array.isArray(argument) ? argument[0] : String(argument).split('.')[0]));
      case 'Fn::ImportValue': {
        const exporting = this.stacks.find(({ exports }) => exports.has(argument as string));
        return exporting && this.resourceOf(exporting.exports.get(argument as string), exporting);
      }
      default:
        return undefined;
    }
  }

  /** A value as text: what it says, or the logical ID of what it refers to. */
  public textOf(value: unknown, from: StackTemplate): string {
    if (typeof value !== 'object' || value === null) {
      return String(value);
    }
    return this.resourceOf(value, from)?.logicalId ?? JSON.stringify(value);
  }
}

function intrinsicOf(value: unknown): { name?: string; argument?: unknown } {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return entries.length === 1 ? { name: entries[0][0], argument: entries[0][1] } : {};
}
