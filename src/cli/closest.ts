import leven from 'leven';

/** So many letters may be wrong. */
const MAX_DISTANCE = 3;

/** The name that somebody most likely meant, if there is one. */
export function closest(given: string, names: readonly string[]): string | undefined {
  const near = names.map(name => ({ name, distance: leven(given.toLowerCase(), name.toLowerCase()) }))
    .filter(({ distance, name }) => distance <= Math.min(MAX_DISTANCE, name.length / 2));
  return near.sort((a, b) => a.distance - b.distance)[0]?.name;
}
