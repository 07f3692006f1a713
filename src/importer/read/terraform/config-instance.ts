import { ID_ATTRIBUTES } from './attributes';
import { Deferred, type Value } from './value';
import type { Json, JsonObject } from '../../json';
import type { EntityKind } from '../../model';

/** The block of a window, target or task in a configuration. */
export interface ConfigResource {
  readonly kind: EntityKind;
  /** Its address, without a key. */
  readonly address: string;
  readonly place: string;
  readonly name: string;
  readonly body: JsonObject;
}

/** Where an expression stands. */
export interface ConfigScope {
  readonly place: string;
  /** The entity that the expression is a part of, if it is a part of one. */
  readonly key?: string;
  readonly each?: { readonly key: string; readonly value: Value };
  readonly count?: number;
}

/** One resource of a block; by itself, it is its ID. */
export class ConfigInstance extends Deferred {
  constructor(readonly resource: ConfigResource, readonly address: string, readonly scope: ConfigScope) {
    super({ Ref: address }, address);
  }

  /** The key or the number of the resource. */
  public get index(): string | number | undefined {
    return this.scope.each?.key ?? this.scope.count;
  }

  /** What an attribute holds: its ID, or what the block says. */
  public attribute(name: string, evaluate: (value: Json, scope: ConfigScope) => Value): Value | undefined {
    const { body } = this.resource;
    return ID_ATTRIBUTES.includes(name) ? new Deferred({ Ref: this.address }, `${this.address}.${name}`)
      : Object.hasOwn(body, name) ? evaluate(body[name], this.scope) : undefined;
  }
}
