// What one minute of a plan looks like: plain numbers, shared by the map, the panel and the tests.

import { instant, minutesBetween } from "./clock";
import type { Bottleneck, CityDocument, Plan, Wave } from "./plan";

/** Minutes over which the use of a crossing is averaged. */
export const USE_MINUTES = 10;

export interface CorridorFrame { id: string; passed: number; use: number | null; limits: boolean }
export interface ZoneFrame { id: string; inside: number; left: number }

export interface Frame {
  minute: number;
  at: number;
  schedule: number;
  optimum: number;
  ceiling: number;
  onTheRoad: number;
  corridors: CorridorFrame[];
  zones: ZoneFrame[];
  closedTo: Set<string>;
  limit: Bottleneck | null;
}

const value = (list: number[] | null | undefined, minute: number): number =>
  list?.[Math.min(minute, list.length - 1)] ?? 0;

export function frameAt(plan: Plan, minute: number): Frame {
  const at = instant(plan.window.usable.start) + minute * 60_000;
  const within = (from: string, until: string): boolean => at >= instant(from) && at < instant(until);
  const limit = plan.bottleneck.find((b) => within(b.from, b.until)) ?? null;
  return {
    minute,
    at,
    schedule: value(plan.schedule.cumulative, minute),
    optimum: value(plan.optimum.cumulative, minute),
    ceiling: value(plan.ceiling.cumulative, minute),
    onTheRoad: value(plan.schedule.on_the_road, minute),
    corridors: plan.corridors
      .filter((c) => c.users === "civilian" && c.located)
      .map((c) => {
        const passed = value(c.schedule_passed, minute);
        const span = Math.min(USE_MINUTES, minute + 1);
        const before = minute - span < 0 ? 0 : value(c.schedule_passed, minute - span);
        const room = (c.people_per_min?.best ?? 0) * span;
        return {
          id: c.id, passed, use: room > 0 ? (passed - before) / room : null,
          limits: limit?.corridors.includes(c.id) ?? false,
        };
      }),
    zones: plan.zones.map((z) => ({
      id: z.id, inside: z.people.best, left: Math.max(0, z.people.best - value(z.departed, minute)),
    })),
    closedTo: new Set(plan.blocks.filter((b) => within(b.from, b.until)).map((b) => b.corridor)),
    limit,
  };
}

interface Leg { wave: Wave; from: number; lasts: number; streets: number[]; share: number[] }

/** Tell which streets carry people at a minute, taking each wave to walk its route evenly. */
export class Flowing {
  private readonly legs: Leg[];

  constructor(plan: Plan, city: CityDocument) {
    const length = new Map<number, number>();
    for (const { i, also, line } of city.streets)
      for (const index of [i, ...(also ?? [])]) length.set(index, lineLength(line));
    const start = plan.window.usable.start;
    this.legs = plan.schedule.waves.map((wave) => {
      const share = [0];
      for (const street of wave.streets) share.push((share.at(-1) ?? 0) + (length.get(street) ?? 0));
      const whole = share.at(-1) || 1;
      return {
        wave, from: minutesBetween(start, wave.from), lasts: minutesBetween(wave.from, wave.until),
        streets: wave.streets, share: share.map((s) => s / whole),
      };
    });
  }

  /** Give people per minute by street index. */
  at(minute: number): Map<number, number> {
    const load = new Map<number, number>();
    for (const { wave, from, lasts, streets, share } of this.legs) {
      if (minute < from || minute >= from + wave.walk_min + lasts) continue;
      streets.forEach((street, k) => {
        const enters = from + wave.walk_min * (share[k] ?? 0);
        const leaves = from + lasts + wave.walk_min * (share[k + 1] ?? 1);
        if (minute >= enters && minute < leaves) load.set(street, (load.get(street) ?? 0) + wave.people_per_min);
      });
    }
    return load;
  }
}

function lineLength(line: [number, number][]): number {
  let length = 0;
  for (let k = 1; k < line.length; k++) {
    const [a, b] = [line[k - 1], line[k]];
    if (a && b) length += Math.hypot((a[0] - b[0]) * Math.cos((a[1] * Math.PI) / 180), a[1] - b[1]);
  }
  return length;
}
