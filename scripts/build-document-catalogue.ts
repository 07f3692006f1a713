import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Catalogue, CatalogueParameter } from '../src/document/rules/catalogue';

/** A parameter as `data/ssm-documents.json` states it; `data/README.md` explains the fields. */
interface SourceParameter {
  readonly type: string;
  readonly required: boolean;
  readonly allowedValues?: readonly (string | number | boolean)[];
  readonly allowedPattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minChars?: number;
  readonly maxChars?: number;
  readonly describedAs?: string;
}

/** The committed data. */
interface Source {
  readonly observed: string;
  readonly patternsNotUsed: { readonly [parameter: string]: string };
  readonly listed: { readonly [documentType: string]: readonly string[] };
  readonly retired: { readonly [name: string]: { readonly documentType: string; readonly lastListed: string } };
  readonly documents: {
    readonly [name: string]: {
      readonly tier: string;
      readonly documentVersion: string;
      readonly parameters: { readonly [name: string]: SourceParameter };
    };
  };
}

const ROOT = join(__dirname, '..');
const SOURCE = join(ROOT, 'data/ssm-documents.json');

/** Where the catalogue is kept. */
export const TARGET = join(ROOT, 'src/document/rules/catalogue.generated.json');

/** The tiers whose parameters the package knows; of all others it knows the type only. */
const TIERS = ['common', 'frequent'];

/** The text form of a map depends on who writes it, so its pattern proves nothing. */
const MAP_TYPES = ['StringMap', 'MapList'];

function parameterOf(source: SourceParameter, patternIsUsed: boolean): CatalogueParameter {
  return {
    type: source.type,
    // Where the description says optional though there is no default, the two statements leave it open.
    required: source.required && source.describedAs !== 'Optional' ? true : undefined,
    allowedValues: source.allowedValues?.map(String),
    allowedPattern: patternIsUsed && !MAP_TYPES.includes(source.type) ? source.allowedPattern : undefined,
    minItems: source.minItems || undefined,
    maxItems: source.maxItems,
    minChars: source.minChars || undefined,
    maxChars: source.maxChars,
  };
}

function mapValues<A, B>(record: { readonly [key: string]: A }, change: (value: A, key: string) => B): { [key: string]: B } {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value, key)]));
}

function catalogueOf(source: Source): Catalogue {
  const known = Object.fromEntries(Object.entries(source.documents).filter(([, document]) => TIERS.includes(document.tier)));
  return {
    observed: source.observed,
    listed: source.listed,
    retired: source.retired,
    documents: mapValues(known, (document, name) => ({
      documentVersion: document.documentVersion,
      parameters: mapValues(document.parameters, (parameter, parameterName) =>
        parameterOf(parameter, source.patternsNotUsed[`${name}.${parameterName}`] === undefined)),
    })),
  };
}

/** The text of the catalogue that the committed data makes: a document a line, so that a change can be read. */
export function buildCatalogue(): string {
  const { documents, ...rest } = catalogueOf(JSON.parse(readFileSync(SOURCE, 'utf8')) as Source);
  const lines = Object.entries(documents).map(([name, document]) => `${JSON.stringify(name)}:${JSON.stringify(document)}`);
  return `${JSON.stringify(rest).slice(0, -1)},\n"documents":{\n${lines.join(',\n')}\n}}\n`;
}

if (require.main === module) {
  writeFileSync(TARGET, buildCatalogue());
}
