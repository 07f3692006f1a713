import { NodeIo } from '../../src/cli/io';
import type { OutputFile } from '../../src/cli/io';

export const NOW = new Date('2027-03-08T09:30:00Z');

/** Templates in memory, at a fixed time, and what is printed and written. */
export class ForecastIo extends NodeIo {
  public readonly written: OutputFile[] = [];
  public printed = '';
  public readonly reports: string[] = [];

  constructor(private readonly templates: Readonly<Record<string, object>>) {
    super();
  }

  public now(): Date {
    return NOW;
  }

  public exists(file: string): boolean {
    return file in this.templates;
  }

  /** Nothing is on the disk. */
  public facts(): undefined {
    return undefined;
  }

  public listFolder(): undefined {
    return undefined;
  }

  public readFile(file: string): string {
    return JSON.stringify(this.templates[file]);
  }

  public print(text: string): void {
    this.printed += text;
  }

  public report(line: string): void {
    this.reports.push(line);
  }

  public writeFiles(files: readonly OutputFile[]): void {
    this.written.push(...files);
  }
}

/** A template with one window, and one whose schedule is open. */
export function template(schedule: string): object {
  const window = (value: unknown) => ({ Type: 'AWS::SSM::MaintenanceWindow', Properties: { Schedule: value, ScheduleTimezone: 'Europe/Berlin', Duration: 3, Cutoff: 1 } });
  return { Parameters: { P: { Type: 'String' } }, Resources: { Weekly: window(schedule), Open: window({ Ref: 'P' }) } };
}
