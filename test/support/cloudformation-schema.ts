import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import type { ValidateFunction } from 'ajv';

type Json = { [name: string]: any };

/** What a value that is known only at deployment looks like. */
const INTRINSIC = {
  type: 'object',
  minProperties: 1,
  maxProperties: 1,
  propertyNames: { pattern: '^(Ref|Fn::.+)$' },
};

const VALIDATORS = new Map<string, ValidateFunction>();
for (const name of ['aws-ssm-maintenancewindow', 'aws-ssm-maintenancewindowtarget', 'aws-ssm-maintenancewindowtask', 'aws-ssm-patchbaseline']) {
  const schema: Json = JSON.parse(readFileSync(join(__dirname, '..', 'fixtures', 'model', `${name}.json`), 'utf-8'));
  // the formats are CloudFormation's own and are checked by the service only
  const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
  VALIDATORS.set(schema.typeName, ajv.compile({
    type: 'object',
    additionalProperties: false,
    required: schema.required,
    properties: mapValues(withoutReadOnly(schema), orIntrinsic),
    definitions: { ...mapValues(schema.definitions, orIntrinsicBelow), intrinsic: INTRINSIC },
  }));
}

/** The types that have a schema here. */
export const SCHEMA_TYPES = [...VALIDATORS.keys()];

/** What the CloudFormation schema refuses in the properties of a resource. A value that is known only at deployment passes. */
export function schemaViolations(type: string, properties: unknown): string[] {
  const validate = VALIDATORS.get(type)!;
  if (validate(properties)) { return []; }
  return validate.errors!
    .filter(error => error.keyword !== 'if')
    .map(error => `${type}${error.instancePath.replaceAll('/', '.')} ${error.message} ${JSON.stringify(error.params)}`);
}

function withoutReadOnly(schema: Json): Json {
  return Object.fromEntries(Object.entries(schema.properties as Json).filter(([name]) => !schema.readOnlyProperties.includes(`/properties/${name}`)));
}

/** The schema, satisfied by an intrinsic function too. */
function orIntrinsic(schema: Json): Json {
  return { if: { $ref: '#/definitions/intrinsic' }, else: orIntrinsicBelow(schema) };
}

function orIntrinsicBelow(schema: Json): Json {
  return {
    ...schema,
    ...schema.properties && { properties: mapValues(schema.properties, orIntrinsic) },
    ...schema.items && { items: orIntrinsic(schema.items) },
  };
}

function mapValues(record: Json, change: (value: Json) => Json): Json {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
