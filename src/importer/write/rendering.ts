import type { Code, Variable } from './code';
import type { Json } from '../json';
import type { Entity } from '../model';
import type { Values } from './values';

/** What the code of one entity needs from the program around it. */
export interface Rendering {
  readonly values: Values;
  /** The constant of another entity that a value refers to; undefined if it refers to none. */
  entityVariable(value: Json): { readonly variable: Variable; readonly entity: Entity; readonly isRaw: boolean } | undefined;
  /** A construct that several entities use, such as a role: made once for each kind and value. */
  shared(kind: string, value: Json, wantedName: string, make: (id: string) => Code): Code;
}

/** Props of a construct, and properties that only an override can set: by their path. */
export interface RenderedProps {
  readonly props: { [name: string]: Code | undefined };
  /** An undefined value removes what the construct renders by itself. */
  readonly overrides: Array<readonly [path: string, value: Code | undefined]>;
}

/** The name of a window id, role or bucket for constructs that stand for it. */
export function nameOfValue(value: Json, fallback: string): string {
  if (typeof value === 'string') {
    const last = value.replace(/^arn:[^:]*:[^:]*:[^:]*:[^:]*:/, '').split(/[/:]/).pop();
    return last || fallback;
  }
  const reference = typeof value === 'object' && value !== null && !Array.isArray(value) ? value.Ref : undefined;
  return typeof reference === 'string' ? reference.replace(/^AWS::/, '') : fallback;
}
