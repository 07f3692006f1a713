import { shown } from './findings';
import { Deferred } from './value';
import type { Remark, StandIn } from '../../model';

/** Something that only Terraform knows. */
interface Unknown {
  /** What tells it from all others. */
  readonly source: string;
  /** Names that say what it is. */
  readonly names: readonly string[];
  /** What Terraform says in its place. */
  readonly text: string;
  /** Why it is not known, after its text. */
  readonly reason: string;
  /** What somebody said about it. */
  readonly description?: string;
  readonly place: string;
  readonly key?: string;
}

const MAX_NAME = 100;

/** The parameters that take the place of what only Terraform knows: one for each thing, whatever the number of its uses. */
export class Parameters {
  private readonly bySource = new Map<string, { readonly standIn: StandIn; readonly remark: Remark }>();
  private readonly taken = new Set<string>();
  private readonly suffixes = new Map<string, number>();

  public standIn({ source, names, text, reason, description, place, key }: Unknown): Deferred {
    const before = this.bySource.get(source);
    const parameter = before?.standIn.parameter ?? this.freeName(names);
    if (before === undefined) {
      this.bySource.set(source, {
        standIn: { parameter, description: description ?? shown(text) },
        remark: { place, ...key !== undefined && { key }, message: `${shown(text)} ${reason}, so it became the parameter ${parameter}` },
      });
    }
    return new Deferred({ Ref: parameter }, text);
  }

  /** The parameters with such names. */
  public named(used: ReadonlySet<string>): { readonly standIns: StandIn[]; readonly remarks: Remark[] } {
    const kept = [...this.bySource.values()].filter(({ standIn }) => used.has(standIn.parameter));
    return { standIns: kept.map(({ standIn }) => standIn), remarks: kept.map(({ remark }) => remark) };
  }

  private freeName(names: readonly string[]): string {
    const words = names.flatMap(name => name.split(/[^A-Za-z0-9]+/)).filter(word => word !== '');
    const wanted = words.map(word => word[0].toUpperCase() + word.slice(1)).join('').slice(0, MAX_NAME) || 'Value';
    let name = wanted;
    let suffix = this.suffixes.get(wanted) ?? 1;
    while (this.taken.has(name.toLowerCase())) {
      suffix++;
      name = `${wanted}${suffix}`;
    }
    this.suffixes.set(wanted, suffix);
    this.taken.add(name.toLowerCase());
    return name;
  }
}
