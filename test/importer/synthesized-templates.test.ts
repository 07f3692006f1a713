import * as fs from 'node:fs';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import * as include from 'aws-cdk-lib/cloudformation-include';
import { REAL_FILES, realFile, realModel } from './real-templates';
import { sourceOf, synthesize } from './run-program';
import type { JsonObject } from '../../src/importer/json';
import { isTemplate, parseTemplate, parseTemplateText } from '../../src/importer/read/parse-template';
import { compare } from '../../src/importer/verify/compare';
import { buildProgram } from '../../src/importer/write/program';

/** The files that are templates, which an app can include. */
const TEMPLATES = REAL_FILES.filter(name => isTemplate(parseTemplateText({ name, text: fs.readFileSync(realFile(name), 'utf8') })));

/** Examples of the documentation, of which the rest of the template is missing. */
const FRAGMENTS = /^1[4-8]-/;

/** What `cdk synth` writes for an app of L1 constructs that a template was included in. */
function synthesized(name: string): string {
  // what the CDK CLI turns on
  const app = new App({ context: { 'aws:cdk:enable-path-metadata': true }, analyticsReporting: true });
  const stack = new Stack(app, 'Legacy', { env: { account: '123456789012', region: 'eu-central-1' } });
  if (FRAGMENTS.test(name)) {
    Object.entries(resourcesOf(name)).forEach(([id, resource]) => addResource(stack, id, resource));
  } else {
    new include.CfnInclude(stack, 'Template', { templateFile: realFile(name), allowCyclicalReferences: true, dehydratedResources: dehydrated(name) });
  }
  return fs.readFileSync(app.synth().getStackByName('Legacy').templateFullPath, 'utf8');
}

function resourcesOf(name: string): { readonly [id: string]: JsonObject } {
  return (parseTemplateText({ name, text: fs.readFileSync(realFile(name), 'utf8') }) as JsonObject).Resources as { [id: string]: JsonObject };
}

/** A resource of a type that the app does not know. */
function addResource(stack: Stack, id: string, { Type, Properties, ...attributes }: JsonObject): void {
  const resource = new CfnResource(stack, id, { type: Type as string, properties: Properties as JsonObject });
  resource.overrideLogicalId(id);
  Object.entries(attributes).forEach(([attribute, value]) => resource.addOverride(attribute, value));
}

/** Resources whose properties the generated classes refuse, such as texts for numbers, stay as they are. */
function dehydrated(name: string): string[] {
  const resources = resourcesOf(name);
  return Object.keys(resources).filter(id => !/MaintenanceWindow/.test(JSON.stringify(resources[id])));
}

test('most of the real files are templates', () => {
  expect(TEMPLATES.length).toBeGreaterThanOrEqual(10);
});

test.each(TEMPLATES)('%s comes back whole after an app of L1 constructs', (name) => {
  // GIVEN
  const text = synthesized(name);
  expect(text).toContain('"aws:cdk:path"');

  // WHEN
  const model = parseTemplate({ name: 'Legacy.template.json', text });
  const program = buildProgram(model);

  // THEN
  expect(compare(model, program, synthesize(sourceOf(program)))).toEqual([]);
  expect(model.entities.map(({ kind }) => kind).sort()).toEqual(realModel(name).entities.map(({ kind }) => kind).sort());
  expect(program.mistakes.size).toBe(buildProgram(realModel(name)).mistakes.size);
});
