/**
 * Number of insertions, deletions, substitutions and swaps of neighbours that turn one text into the other.
 */
export function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current[j] = Math.min(previous[j] + 1, current[j - 1] + 1, substitution);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        current[j] = Math.min(current[j], beforePrevious[j - 2] + 1);
      }
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length];
}

/** A text without the differences people make most: case, underscores, hyphens, spaces. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[_\-\s]/g, '');
}

/** How many slips of the keyboard leave a word recognisable. */
function slipsIn(word: string): number {
  if (word.length < 4) return 0;
  return word.length < 10 ? 1 : 2;
}

/**
 * The candidate that was most likely meant, or undefined when none is near.
 *
 * Near is the same but for case and separators, or one slip away in a short word and two in a long one.
 */
export function nearest(got: string, candidates: readonly string[]): string | undefined {
  const same = candidates.find((candidate) => plain(candidate) === plain(got));
  if (same !== undefined) return same;
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const allowed = slipsIn(candidate);
    if (Math.abs(candidate.length - got.length) > allowed) continue;
    const distance = editDistance(got.toLowerCase(), candidate.toLowerCase());
    if (distance <= allowed && (best === undefined || distance < best.distance)) best = { candidate, distance };
  }
  return best?.candidate;
}
