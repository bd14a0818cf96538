import type { Feature, LineString, Polygon } from "geojson";
import type { Street } from "../plan";

type Point = [number, number];

/** Draw a circle on the ground as a polygon. */
export function circle(lon: number, lat: number, radiusM: number): Polygon {
  const ring: Point[] = [];
  const north = radiusM / 111_195;
  const east = north / Math.cos((lat * Math.PI) / 180);
  for (let k = 0; k <= 64; k++) {
    const turn = (k / 64) * 2 * Math.PI;
    ring.push([lon + east * Math.cos(turn), lat + north * Math.sin(turn)]);
  }
  return { type: "Polygon", coordinates: [ring] };
}

/** Draw a two-way street once. Gives the lines, and street index → line. */
export function undirected(streets: Street[]): { lines: Feature<LineString>[]; lineOf: Map<number, number> } {
  const byEnds = new Map<string, number>();
  const lines: Feature<LineString>[] = [];
  const lineOf = new Map<number, number>();
  for (const { i, tail, head, line } of streets) {
    const middle = line[line.length >> 1] ?? [0, 0];
    const shape = line.length > 2 ? `${middle[0].toFixed(5)},${middle[1].toFixed(5)}` : "";
    const key = `${Math.min(tail, head)} ${Math.max(tail, head)} ${line.length} ${shape}`;
    let id = byEnds.get(key);
    if (id === undefined) {
      id = lines.length;
      byEnds.set(key, id);
      lines.push({ type: "Feature", id, properties: {}, geometry: { type: "LineString", coordinates: line } });
    }
    lineOf.set(i, id);
  }
  return { lines, lineOf };
}

/** Join the pieces of each named street, because a label finds no room on a short piece. */
export function named(streets: Street[]): Feature<LineString>[] {
  const byName = new Map<string, Street[]>();
  for (const street of streets)
    if (street.name) byName.set(street.name, [...(byName.get(street.name) ?? []), street]);
  const joined: Feature<LineString>[] = [];
  for (const [name, pieces] of byName) {
    const from = new Map<number, Street[]>();
    for (const piece of pieces) from.set(piece.tail, [...(from.get(piece.tail) ?? []), piece]);
    const heads = new Set(pieces.map((p) => p.head));
    const seen = new Set<string>();
    const key = (s: Street): string => `${Math.min(s.tail, s.head)} ${Math.max(s.tail, s.head)}`;
    for (const first of [...pieces.filter((p) => !heads.has(p.tail)), ...pieces]) {
      if (seen.has(key(first))) continue;
      const line: Point[] = [...first.line];
      seen.add(key(first));
      for (let at = first.head; ;) {
        const next = from.get(at)?.find((s) => !seen.has(key(s)));
        if (!next) break;
        seen.add(key(next));
        line.push(...next.line.slice(1));
        at = next.head;
      }
      joined.push({ type: "Feature", properties: { name }, geometry: { type: "LineString", coordinates: line } });
    }
  }
  return joined;
}
