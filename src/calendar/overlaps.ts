import type { WindowCalendarEntry } from '../schedule/occurrence';

/** Groups of entries, sorted by start, of which each is open together with another one of its group. */
export function overlapClusters(entries: readonly WindowCalendarEntry[]): WindowCalendarEntry[][] {
  const clusters: WindowCalendarEntry[][] = [];
  let end = -Infinity;
  for (const entry of entries) {
    const { occurrence } = entry;
    if (occurrence.start.getTime() < end) {
      clusters[clusters.length - 1].push(entry);
    } else {
      clusters.push([entry]);
    }
    end = Math.max(end, occurrence.end.getTime());
  }
  return clusters.filter((cluster) => cluster.length > 1);
}
