/** What a document says about one of its parameters. */
export interface CatalogueParameter {
  /** The type as the document states it, for example `String`, `StringList` or `AWS::IAM::Role::Arn`. */
  readonly type: string;
  /** True when a run without the parameter fails. */
  readonly required?: boolean;
  readonly allowedValues?: readonly string[];
  /** A pattern that is known to compile and to finish in linear time. */
  readonly allowedPattern?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minChars?: number;
  readonly maxChars?: number;
}

/** A document with its parameters. */
export interface CatalogueDocument {
  /** The version that the parameters belong to. */
  readonly documentVersion: string;
  readonly parameters: { readonly [name: string]: CatalogueParameter };
}

/** The documents that AWS owns, as of a day. */
export interface Catalogue {
  /** The day, as `YYYY-MM-DD`. */
  readonly observed: string;
  /** The names of all documents on offer, by document type. */
  readonly listed: { readonly [documentType: string]: readonly string[] };
  /** The documents that are no longer on offer. */
  readonly retired: { readonly [name: string]: { readonly documentType: string; readonly lastListed: string } };
  /** The documents whose parameters are known. */
  readonly documents: { readonly [name: string]: CatalogueDocument };
}

/** What the compiler must see to copy the data into the package; nothing is loaded for it. */
type CatalogueAsset = typeof import('./catalogue.generated.json');

let loaded: Catalogue | undefined;

/**
 * The catalogue, loaded when it is first asked for: most apps import the package without needing it.
 */
export function documentCatalogue(): Catalogue {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  loaded ??= require('./catalogue.generated.json') as CatalogueAsset as unknown as Catalogue;
  return loaded;
}

const TYPES = new WeakMap<Catalogue, ReadonlyMap<string, string>>();

/** The type of a document that AWS owns, or undefined when the name is not known. */
export function documentTypeOf(catalogue: Catalogue, name: string): string | undefined {
  const types = TYPES.get(catalogue) ?? typesByName(catalogue);
  TYPES.set(catalogue, types);
  return types.get(name);
}

function typesByName({ listed, retired }: Catalogue): ReadonlyMap<string, string> {
  return new Map([
    ...Object.entries(retired).map(([name, { documentType }]) => [name, documentType] as const),
    ...Object.entries(listed).flatMap(([type, names]) => names.map((name) => [name, type] as const)),
  ]);
}
