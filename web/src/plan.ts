// The two documents a page is given, as plan.schema.json has them. Times are local, without offset.

import type { MultiPolygon, Polygon } from "geojson";

export interface Interval { low: number; best: number; high: number; source?: string }

export interface Wave {
  id: string; zone: string; zone_name: string; group: string; corridor: string;
  from: string; until: string; people: number; people_per_min: number; walk_min: number;
  passes_from: string; passes_until: string; streets: number[]; nodes: number[];
}

export interface Corridor {
  id: string; name: string; name_ar: string; users: "civilian" | "armed";
  located: boolean; assumed: boolean; lat: number | null; lon: number | null;
  position_accuracy_m: number | null; people_per_min: Interval | null;
  optimum_passed: number[] | null; schedule_passed: number[] | null;
}

/** Hours in which a corridor is reserved, the gap before and after included. */
export interface Block { corridor: string; from: string; until: string; setback_m: number; gap_min: number }

export interface Zone {
  id: string; name: string; name_ar: string; lat: number; lon: number; people: Interval;
  out_optimum: number; out_schedule: number; corridor: string | null; departed: number[];
}

export interface Bottleneck { from: string; until: string; text: string; corridors: string[]; streets: number[] }

export interface Cut { reason: string; minutes: number; from: string; until: string }

export interface Plan {
  case: { id: string; title: string; place: { name: string }; tz: string };
  attribution: string[];
  window: {
    announced: { start: string; end: string }; usable: { start: string; end: string };
    sunrise: string | null; sunset: string | null; civil_dusk: string | null;
    steps: number; cuts: Cut[];
  };
  ceiling: { total: Interval; cumulative: number[] };
  optimum: { total: number; cumulative: number[]; groups: { id: string; name: string }[] };
  schedule: {
    total: number; cumulative: number[]; on_the_road: number[]; waves: Wave[];
    worst_hour: { from: string; until: string; behind: number; share: number } | null;
  };
  corridors: Corridor[];
  blocks: Block[];
  zones: Zone[];
  bottleneck: Bottleneck[];
}

/** A street as drawn. `also` lists further indices with the same line, such as the way back. */
export interface Street {
  i: number; also?: number[]; name: string; tail: number; head: number; line: [number, number][];
  /** What is the matter with it. */
  mark?: Mark;
}

export type Mark = "closed" | "not cleared" | "narrowed" | "apart";

/** An area that a hazard reaches. */
export interface Area { name: string; effect: string; geometry: Polygon | MultiPolygon }

export interface CityDocument {
  schematic: boolean; nodes: [number, number][]; streets: Street[];
  bounds: [number, number, number, number];
  areas?: Area[];
  /** The polygons of the zones that have one. */
  zone_areas?: { id: string; geometry: MultiPolygon }[];
}
