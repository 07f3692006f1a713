import type { NotCarried, Remark } from '../../model';

/** What is to be said about a file. */
export class Findings {
  readonly notCarried: NotCarried[] = [];
  readonly remarks: Remark[] = [];

  public lose(place: string, what: string, reason: string): void {
    this.notCarried.push({ place, what, reason });
  }

  public remark(place: string, message: string, key?: string): void {
    this.remarks.push({ place, message, ...key !== undefined && { key } });
  }
}

/** A text of the source as a message shows it. */
export function shown(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 200)}…` : line;
}
