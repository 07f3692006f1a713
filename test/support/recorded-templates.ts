import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the templates of a test run wait for the judges that run after it. */
export const RECORDED_TEMPLATES = resolve(__dirname, '..', '.out', 'templates');

/** Fewer than these are not the templates of the whole test-suite, which leaves more than 500: a judge that sees fewer has not seen enough. */
export const FEWEST_TEMPLATES = 400;

/** Keeps a template for the judges; one without resources cannot be deployed, so there is nothing to judge. */
export function recordTemplate(template: string): void {
  if (!JSON.parse(template).Resources) { return; }
  mkdirSync(RECORDED_TEMPLATES, { recursive: true });
  const file = join(RECORDED_TEMPLATES, `${createHash('sha256').update(template).digest('hex').slice(0, 32)}.json`);
  if (existsSync(file)) { return; }
  // several test files run at once: no reader may see half a template
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, template);
  renameSync(partial, file);
}

/** The templates that were kept, by the name of the file. */
export function recordedTemplates(): Map<string, string> {
  return new Map(readdirSync(RECORDED_TEMPLATES)
    .filter(name => name.endsWith('.json'))
    .map(name => [name, readFileSync(join(RECORDED_TEMPLATES, name), 'utf-8')]));
}
