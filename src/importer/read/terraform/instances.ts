import { KINDS } from './attributes';
import type { Findings } from './findings';
import type { ValueMap } from './value';
import { ImportError } from '../../errors';
import { isObject, valueOf, type Json, type JsonObject } from '../../json';
import type { EntityKind } from '../../model';

/** A resource as `terraform show -json` prints it: one for each key of `for_each` and each number of `count`. */
export interface Instance {
  readonly kind: EntityKind;
  readonly type: string;
  readonly address: string;
  readonly name: string;
  readonly index?: string | number;
  /** The address of its module; an empty text is the root module. */
  readonly module: string;
  readonly values: ValueMap;
}

/** What a state or a plan holds. */
interface Instances {
  readonly instances: Instance[];
  /** The addresses of resources of other types. */
  readonly others: string[];
}

/**
 * The resources of a module and the modules that it calls.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format#values-representation
 */
export function instancesIn(file: string, path: string, module: Json | undefined, findings: Findings): Instances {
  const found: Instances = { instances: [], others: [] };
  if (module !== undefined) {
    collect(file, path, module, found, findings);
  }
  return found;
}

function collect(file: string, path: string, module: Json, found: Instances, findings: Findings): void {
  if (!isObject(module)) {
    throw new ImportError(file, path, 'must be an object, got another kind of value, give what "terraform show -json" prints');
  }
  const address = typeof module.address === 'string' ? module.address : '';
  listOf(file, `${path}.resources`, module.resources).forEach((resource, index) => {
    add(file, `${path}.resources[${index}]`, resource, address, found, findings);
  });
  listOf(file, `${path}.child_modules`, module.child_modules).forEach((child, index) => {
    collect(file, `${path}.child_modules[${index}]`, child, found, findings);
  });
}

/** A list of the file, which may be missing. */
export function listOf(file: string, path: string, value: Json | undefined): Json[] {
  if (value === undefined || value === null) {
    return [];
  }
  if (!Array.isArray(value)) {
    throw new ImportError(file, path, 'must be a list, got another kind of value, give what "terraform show -json" prints');
  }
  return value;
}

function add(file: string, path: string, resource: Json, module: string, { instances, others }: Instances, findings: Findings): void {
  const { address, type, name, mode, index, values, deposed_key: deposed } = isObject(resource) ? resource : {} as JsonObject;
  if (typeof address !== 'string' || typeof type !== 'string' || typeof name !== 'string') {
    throw new ImportError(file, path, 'must have an address, a type and a name, got less, give what "terraform show -json" prints');
  }
  const kind = valueOf(KINDS, type);
  if (mode === 'data') {
    return;
  }
  if (kind === undefined) {
    others.push(address);
  } else if (deposed !== undefined) {
    findings.lose(`${file}, ${address}`, 'the deposed object', 'Terraform has replaced it and deletes it when it applies next');
  } else {
    instances.push({
      kind, type, address, name, module, values: isObject(values) ? values : {}, ...(typeof index === 'string' || typeof index === 'number') && { index },
    });
  }
}

/** What the constructs are named after: what the resource is called in the service, or else in Terraform. */
export function instanceName({ name, index, values }: Instance): string {
  const own = valueOf(values, 'name');
  return typeof own === 'string' && own !== '' ? own : index === undefined ? name : `${name} ${index}`;
}

export function remarkOnOthers(file: string, others: readonly string[], findings: Findings): void {
  if (others.length > 0) {
    const more = others.length > 10 ? ` and ${others.length - 10} more` : '';
    findings.remark(file, `only windows, targets and tasks are imported, ${others.length} other resource${others.length === 1 ? ' stays' : 's stay'} in Terraform: `
      + `${others.slice(0, 10).join(', ')}${more}`);
  }
}
