import type { Json, JsonObject } from '../../../../src/importer/json';
import type { Model } from '../../../../src/importer/model';
import { parseSources } from '../../../../src/importer/read/parse-sources';
import { compare } from '../../../../src/importer/verify/compare';
import { buildProgram, type Program } from '../../../../src/importer/write/program';
import { sourceOf, synthesize } from '../../run-program';

export const WINDOW = 'aws_ssm_maintenance_window';
export const TARGET = 'aws_ssm_maintenance_window_target';
export const TASK = 'aws_ssm_maintenance_window_task';
export const WINDOW_ID = 'mw-0123456789abcdef0';
export const TARGET_ID = '11111111-2222-3333-4444-555555555555';
export const TASK_ID = '66666666-7777-8888-9999-000000000000';
export const ROLE = 'arn:aws:iam::123456789012:role/Tasks';

export function read(content: Json, name: string = 'x.json'): Model {
  return parseSources(name, [{ name, text: JSON.stringify(content) }], false);
}

/** The program of a model, which must define what the model says. */
export function proven(model: Model): Program {
  const program = buildProgram(model);
  expect(compare(model, program, synthesize(sourceOf(program)))).toEqual([]);
  return program;
}

export function propertiesOf({ entities }: Model): { [key: string]: JsonObject } {
  return Object.fromEntries(entities.map(({ key, properties }) => [key, properties]));
}

/** What is said about a model, place by place. */
export function saidOf({ remarks, notCarried }: Model): string[] {
  return [...remarks.map(({ place, message }) => `${place}: ${message}`), ...notCarried.map(({ place, what, reason }) => `${place}: not carried: ${what}: ${reason}`)];
}

/** A resource as `terraform show -json` prints it. */
export function instance(type: string, name: string, values: JsonObject, index?: string | number, module?: string): JsonObject {
  return {
    address: `${module === undefined ? '' : `${module}.`}${type}.${name}${index === undefined ? '' : `[${JSON.stringify(index)}]`}`,
    mode: 'managed',
    type,
    name,
    ...index !== undefined && { index },
    provider_name: 'hashicorp/aws',
    schema_version: 0,
    values,
    sensitive_values: {},
  };
}

export function state(resources: Json[], children: Json[] = []): JsonObject {
  return { format_version: '1.0', terraform_version: '1.11.4', values: { root_module: { resources, child_modules: children } } };
}
