const CLASS_ITEM = String.raw`(?:[A-Za-z0-9]-[A-Za-z0-9]|\\[dw.\-\/\\^$*+?()[\]{}|]|[^\\[\]^-])`;
const ATOM = String.raw`(?:\[\^?${CLASS_ITEM}+-?\]|\\[dw.\-\/\\^$*+?()[\]{}|]|[^\\[\](){}*+?^$|])`;
const QUANTIFIER = String.raw`(?:[*+?]|\{\d{1,3}(?:,(?:\d{1,3})?)?\})`;
const SIMPLE_PATTERN = new RegExp(String.raw`^\^(?:${ATOM}${QUANTIFIER}?)*\$?$`);

/** What may repeat a varying number of times; each one adds a power to the time that a search takes. */
const VARYING = /[*+]|\{\d+,\d*\}/g;
const MAX_VARYING = 2;

function isOrdered(pattern: string): boolean {
  const ranges = [...pattern.matchAll(/([A-Za-z0-9])-([A-Za-z0-9])/g)];
  const repetitions = [...pattern.matchAll(/\{(\d+),(\d+)\}/g)];
  return ranges.every(([, from, to]) => from <= to) && repetitions.every(([, from, to]) => Number(from) <= Number(to));
}

/**
 * Whether a pattern that somebody else wrote can be tried here.
 *
 * Only an anchored sequence of characters and classes is accepted, without groups and alternatives: it is sure to
 * compile, means the same in every dialect and cannot hang.
 */
export function isSafePattern(pattern: string): boolean {
  return SIMPLE_PATTERN.test(pattern) && isOrdered(pattern) && (pattern.match(VARYING)?.length ?? 0) <= MAX_VARYING;
}
