import { expressionOf } from '../expression';
import { isObject, mapJson, valueOf, type Json, type JsonObject } from '../json';
import type { EntityKind, Remark, StandIn } from '../model';
import { resourceName } from './template-names';

/** The attribute that is the id, which Ref gives as well. */
const ID_ATTRIBUTES: Record<EntityKind, string> = { window: 'WindowId', target: 'WindowTargetId', task: 'WindowTaskId' };

/**
 * Rewrites references of a template: `Fn::Sub` becomes `Fn::Join`, and a reference to anything that is not imported becomes a reference to a
 * parameter of that name, so that the program stands alone and nothing is lost.
 */
export class References {
  readonly standIns: StandIn[] = [];
  private readonly parametersBySource = new Map<string, string>();

  constructor(
    private readonly file: string,
    private readonly parameters: Set<string>,
    private readonly kinds: Map<string, EntityKind>,
    private readonly resources: { [logicalId: string]: JsonObject },
    private readonly remarks: Remark[],
  ) {}

  public rewrite(value: Json, key?: string): Json {
    return mapJson(mapJson(value, joined), item => this.rewriteReference(item, key));
  }

  private rewriteReference(value: Json, key: string | undefined): Json | undefined {
    const expression = expressionOf(value);
    if (expression.kind === 'ref') {
      const { name } = expression;
      const isKnown = name.startsWith('AWS::') || this.parameters.has(name) || this.kinds.has(name);
      return isKnown ? undefined : { Ref: this.standIn(name, undefined, key) };
    }
    if (expression.kind === 'attribute') {
      const { resource, attribute } = expression;
      const kind = this.kinds.get(resource);
      if (kind !== undefined) {
        return ID_ATTRIBUTES[kind] === attribute ? { Ref: resource } : undefined;
      }
      return { Ref: this.standIn(resource, attribute, key) };
    }
    return undefined;
  }

  private standIn(resource: string, attribute: string | undefined, key: string | undefined): string {
    const source = `${resource}.${attribute ?? ''}`;
    const before = this.parametersBySource.get(source);
    const parameter = before ?? this.freeName(`${resourceName(resource, valueOf(this.resources, resource))}${attribute ?? ''}`.replace(/[^A-Za-z0-9]/g, ''));
    if (before === undefined) {
      this.parametersBySource.set(source, parameter);
      const type = valueOf(this.resources, resource)?.Type;
      const what = attribute === undefined ? resource : `${attribute} of ${resource}`;
      this.standIns.push({ parameter, description: typeof type === 'string' ? `${what} (${type})` : what });
      if (valueOf(this.resources, resource) === undefined) {
        this.remarks.push({
          place: key === undefined ? this.file : `${this.file}, Resources.${key}`,
          key,
          message: `refers to ${resource}, which the template does not have, so it became the parameter ${parameter}`,
        });
      }
    }
    return parameter;
  }

  private freeName(wanted: string): string {
    const taken = new Set([...this.parameters, ...this.kinds.keys(), ...this.parametersBySource.values()]);
    let name = wanted;
    for (let suffix = 2; taken.has(name); suffix++) {
      name = `${wanted}${suffix}`;
    }
    return name;
  }
}

/** `Fn::Sub` as `Fn::Join`, or as plain text when it substitutes nothing. */
function joined(value: Json): Json | undefined {
  if (!isObject(value) || value['Fn::Sub'] === undefined) {
    return undefined;
  }
  const expression = expressionOf(value);
  if (expression.kind !== 'concat') {
    return undefined;
  }
  const { parts } = expression;
  return parts.length === 0 ? '' : parts.length === 1 ? parts[0] : { 'Fn::Join': ['', parts] };
}
