/*
 * What a target gets of an event, as EventBridge transforms it: a variable stands for its value as JSON, and within quotation marks for its text, which is not
 * escaped. A variable whose path the event does not have leaves nothing behind.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */

interface InputTransformer {
  readonly InputPathsMap: { readonly [variable: string]: string };
  readonly InputTemplate: unknown;
}

/** The text that a target gets. References to resources of a template become their logical IDs. */
export function transformed({ InputPathsMap, InputTemplate }: InputTransformer, event: object): string {
  const template = textOf(InputTemplate);
  let inText = false;
  let result = '';
  for (let i = 0; i < template.length; i++) {
    const variable = /^<([\w.-]+)>/.exec(template.slice(i));
    if (variable) {
      const value = valueAt(event, InputPathsMap[variable[1]]);
      result += value === undefined ? '' : inText ? String(value) : JSON.stringify(value);
      i += variable[0].length - 1;
      continue;
    }
    if (template[i] === '\\') {
      result += template.slice(i, i + 2);
      i += 1;
      continue;
    }
    if (template[i] === '"') { inText = !inText; }
    result += template[i];
  }
  return result;
}

/** A text of a template, its parts joined. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') { return value; }
  const { Ref: ref, 'Fn::Join': join } = value as { readonly 'Ref'?: string; readonly 'Fn::Join'?: readonly [string, readonly unknown[]] };
  return ref ?? join![1].map(textOf).join(join![0]);
}

function valueAt(event: object, path: string | undefined): unknown {
  if (path === undefined) { throw new Error('a variable has no path'); }
  return path.split('.').slice(1).reduce<any>((value, key) => value?.[key], event);
}
