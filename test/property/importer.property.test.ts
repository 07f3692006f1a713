import * as fc from 'fast-check';
import { canonical, isObject, mapJson, type Json, type JsonObject } from '../../src/importer/json';
import type { Model } from '../../src/importer/model';
import { parseTemplate } from '../../src/importer/read/parse-template';
import { compare } from '../../src/importer/verify/compare';
import { buildProgram, type Program } from '../../src/importer/write/program';
import { arbitraryModel } from '../importer/arbitrary-model';
import { sourceOf, synthesize } from '../importer/run-program';

const WINDOWS_PER_PROGRAM = 8;
const NUM_RUNS = Number(process.env.FAST_CHECK_NUM_RUNS ?? 60);

interface Entities { readonly [logicalId: string]: { readonly properties: Json; readonly attributes: Json } }

function entitiesOf(model: Model, keyOf: (key: string) => string): Entities {
  const renamed = (value: Json) => mapJson(value, item => isObject(item) && typeof item.Ref === 'string' ? { Ref: keyOf(item.Ref) } : sortedByKey(item));
  return Object.fromEntries(model.entities.map(({ key, properties, attributes }) => [
    keyOf(key), { properties: renamed(properties), attributes: withoutDependencies(attributes) },
  ]));
}

/** Tags and targets are sets. */
function sortedByKey(value: Json): Json | undefined {
  const isSet = Array.isArray(value) && value.every(item => isObject(item) && item.Key !== undefined);
  return isSet ? value.map(item => canonical(item)).sort().map(text => JSON.parse(text) as Json) : undefined;
}

/** Order among resources that the program adds by references is no part of the model. */
function withoutDependencies({ DependsOn: _, ...attributes }: JsonObject): JsonObject {
  return attributes;
}

function roundTrip(model: Model): { readonly program: Program; readonly source: string; readonly template: Json } {
  const program = buildProgram(model);
  const source = sourceOf(program);
  return { program, source, template: synthesize(source) };
}

test('a model that goes through a program and its synthesis comes back as it was', () => {
  fc.assert(fc.property(arbitraryModel(WINDOWS_PER_PROGRAM), model => {
    // WHEN
    const { program, template } = roundTrip(model);

    // THEN
    const back = parseTemplate({ name: 'synthesized.json', text: JSON.stringify(template) });
    expect(entitiesOf(back, key => key)).toEqual(entitiesOf(model, key => program.logicalIds.get(key) ?? key));
    expect(compare(model, program, template)).toEqual([]);
  }), { numRuns: NUM_RUNS });
});

/** Where a scalar stands inside the properties of the resources. */
function scalarPaths(value: Json, path: string[] = []): string[][] {
  if (Array.isArray(value) || isObject(value)) {
    return Object.entries(value).flatMap(([name, item]) => scalarPaths(item, [...path, name]));
  }
  return [path];
}

function withChange(template: Json, path: string[]): Json {
  const copy = JSON.parse(JSON.stringify(template)) as Json;
  const parent = path.slice(0, -1).reduce((value, name) => (value as JsonObject)[name], copy) as JsonObject;
  const name = path[path.length - 1];
  const value = parent[name];
  parent[name] = typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${String(value)}x`;
  return copy;
}

test('whatever is changed in a template, the comparison finds it', () => {
  fc.assert(fc.property(arbitraryModel(2), fc.nat(), (model, choice) => {
    // GIVEN
    const { program, template } = roundTrip(model);
    const paths = scalarPaths(template).filter(path => path[0] === 'Resources' && path[2] === 'Properties');
    const path = paths[choice % paths.length];

    // THEN
    expect(compare(model, program, withChange(template, path))).not.toEqual([]);
  }), { numRuns: NUM_RUNS });
});
