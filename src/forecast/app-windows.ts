import { ForecastError } from './errors';
import { TemplateInstallations } from './template-installations';
import { windowsOfTemplate, type NamedTemplate, type PlacedWindow, type TemplateWindow } from './template-windows';

/** More than any app has; more are made by stacks that hold one another many times. */
const MAX_WINDOWS = 10_000;

/** The windows of all templates, each with a path of its own: where two have the same path, they are called by their stacks and logical IDs. */
export function windowsOf(templates: readonly NamedTemplate[]): TemplateWindow[] {
  const placed: PlacedWindow[] = [];
  const installations = new TemplateInstallations(templates);
  for (const template of templates) {
    placed.push(...windowsOfTemplate(template).map((found) => withInstallations(found, template, installations)));
    if (placed.length > MAX_WINDOWS) {
      throw new ForecastError(`an app must have at most ${MAX_WINDOWS} windows, got more, give the template of one stack`);
    }
  }
  const uses = new Map<string, number>();
  placed.forEach(({ window: { path } }) => uses.set(path, (uses.get(path) ?? 0) + 1));
  return placed.map(({ place, window }) => (uses.get(window.path) === 1 ? window : { ...window, path: place }));
}

function withInstallations(found: PlacedWindow, template: NamedTemplate, installations: TemplateInstallations): PlacedWindow {
  const { logicalId, window } = found;
  const { expression, spec } = window;
  const installed = logicalId !== undefined && expression !== undefined && spec ? installations.of(template, logicalId, expression) : [];
  return installed.length > 0 ? { ...found, window: { ...window, installations: installed } } : found;
}
