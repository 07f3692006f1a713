import { DISABLED, neverOpening, type NamedTemplate } from './template-windows';
import type { JsonObject } from '../importer/json';
import { RESOURCE_TYPES, type Entity, type Model } from '../importer/model';

/** The windows that somebody exported, in the form of a template. */
export function templateOfModel(name: string, model: Model): NamedTemplate {
  const windows = model.entities.filter(({ kind }) => kind === 'window');
  return {
    name,
    paths: new Map(windows.map((window) => [window.key, `${name}/${window.name}${window.enabled === false ? DISABLED : ''}`])),
    template: {
      Parameters: { ...model.parameters, ...Object.fromEntries(model.standIns.map(({ parameter }) => [parameter, { Type: 'String' }])) },
      Resources: Object.fromEntries(windows.map((window) => [window.key, { Type: RESOURCE_TYPES.window, Properties: propertiesOf(window) }])),
    },
  };
}

function propertiesOf({ enabled, properties }: Entity): JsonObject {
  return enabled === false ? neverOpening(properties) : properties;
}
