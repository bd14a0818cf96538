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
  for (const { i, also, tail, head, line, mark } of streets) {
    const middle = line[line.length >> 1] ?? [0, 0];
    const shape = line.length > 2 ? `${middle[0].toFixed(5)},${middle[1].toFixed(5)}` : "";
    const key = `${Math.min(tail, head)} ${Math.max(tail, head)} ${line.length} ${shape}`;
    let id = byEnds.get(key);
    if (id === undefined) {
      id = lines.length;
      byEnds.set(key, id);
      lines.push({ type: "Feature", id, properties: { mark: mark ?? "" }, geometry: { type: "LineString", coordinates: line } });
    }
    for (const index of [i, ...(also ?? [])]) lineOf.set(index, id);
  }
  return { lines, lineOf };
}

/** Join the pieces of each named street, because a label finds no room on a short piece. */
export function named(streets: Street[]): Feature<LineString>[] {
  const byName = new Map<string, Street[]>();
  for (const street of streets)
    if (street.name) {
      const pieces = byName.get(street.name);
      if (pieces) pieces.push(street);
      else byName.set(street.name, [street]);
    }
  return [...byName].flatMap(([name, pieces]) => joined(pieces).map((line): Feature<LineString> => (
    { type: "Feature", properties: { name }, geometry: { type: "LineString", coordinates: line } })));
}

function joined(pieces: Street[]): Point[][] {
  const at = new Map<number, Street[]>();
  for (const piece of pieces)
    for (const node of [piece.tail, piece.head]) at.set(node, [...(at.get(node) ?? []), piece]);
  const seen = new Set<string>();
  const key = (s: Street): string => `${Math.min(s.tail, s.head)} ${Math.max(s.tail, s.head)}`;
  const walk = (first: Street, start: number): Point[] => {
    const line: Point[] = [];
    let node = start;
    for (let piece: Street | undefined = first; piece; piece = at.get(node)?.find((s) => !seen.has(key(s)))) {
      seen.add(key(piece));
      const forward = piece.tail === node;
      line.push(...(forward ? piece.line : [...piece.line].reverse()).slice(line.length ? 1 : 0));
      node = forward ? piece.head : piece.tail;
    }
    return line;
  };
  const lines: Point[][] = [];
  const ends = pieces.flatMap((s) => [s.tail, s.head].filter((n) => at.get(n)?.length === 1).map((n) => ({ s, n })));
  for (const { s, n } of [...ends, ...pieces.map((p) => ({ s: p, n: p.tail }))])
    if (!seen.has(key(s))) lines.push(walk(s, n));
  return lines;
}
