import type { IConstruct } from 'constructs';

type Keeper = IConstruct & { [key: symbol]: unknown };

/**
 * Keeps a value on a construct, made when it is first asked for.
 *
 * The value lies under a registered symbol, so that several copies of this library in one app see the same one.
 */
export function perConstruct<T>(name: string, init: () => T): (construct: IConstruct) => T {
  const symbol = Symbol.for(`cdk-ssm-maintenance-windows.${name}`);
  return (construct) => {
    const keeper = construct as Keeper;
    if (!(symbol in keeper)) {
      Object.defineProperty(keeper, symbol, { value: init() });
    }
    return keeper[symbol] as T;
  };
}

/** Marks constructs of a class, for a test that works with several copies of this library. */
export function classMark(name: string): { mark(construct: IConstruct): void; has(x: unknown): boolean } {
  const symbol = Symbol.for(`cdk-ssm-maintenance-windows.${name}`);
  return {
    mark: (construct) => void Object.defineProperty(construct, symbol, { value: true }),
    has: (x) => typeof x === 'object' && x !== null && symbol in x,
  };
}
