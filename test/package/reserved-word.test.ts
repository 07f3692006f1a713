import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './project';

/** Words that a language keeps for itself. In Go and C# names of members begin with a capital, so none clashes. */
const RESERVED: Readonly<Record<string, string>> = {
  Python: 'and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass '
    + 'raise return try while with yield',
  Java: 'abstract assert boolean break byte case catch char class const continue default do double else enum extends final finally float for goto if '
    + 'implements import instanceof int interface long native new package private protected public return short static strictfp super switch '
    + 'synchronized this throw throws transient try void volatile while',
};

interface Member {
  readonly name?: string;
  readonly parameters?: readonly { readonly name: string }[];
}

interface Type {
  readonly fqn: string;
  readonly methods?: readonly Member[];
  readonly properties?: readonly Member[];
  readonly initializer?: Member;
}

/** The names of members and parameters of the compiled API, each with its place. */
function names(): { readonly name: string; readonly place: string }[] {
  const { types } = JSON.parse(readFileSync(join(ROOT, '.jsii'), 'utf-8')) as { types: Record<string, Type> };
  return Object.values(types).flatMap(({ fqn, methods = [], properties = [], initializer }) => {
    const members = [...methods, ...properties, ...initializer ? [initializer] : []];
    return members
      .flatMap(({ name, parameters = [] }) => [...name === undefined ? [] : [name], ...parameters.map((parameter) => parameter.name)])
      .map((name) => ({ name, place: `${fqn}: ${name}` }));
  });
}

test.each([['Python', ['cdk-ssm-maintenance-windows.MaintenanceWindowTask: lambda']], ['Java', []]])(
  'names nothing by a word that %s reserves, but for the factory of Lambda tasks', (language, exceptions) => {
    const reserved = new Set(RESERVED[language].split(' '));

    expect(names().length).toBeGreaterThan(300);
    expect(names().filter(({ name }) => reserved.has(name)).map(({ place }) => place)).toEqual(exceptions);
  });
