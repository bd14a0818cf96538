// A proposed plan as replan.schema.json has it.

import type { Way } from "../map/citymap";

export interface ZonePart { corridor: string; from: string; until: string; people: number }
export interface ZoneChange {
  zone: string; zone_name: string; zone_name_ar?: string; before: ZonePart[]; after: ZonePart[]; why: string; why_ar?: string;
}
export interface Alternative { changes: number; people_out: number; chosen: boolean }
export interface Proposal {
  proposal: string; state?: string;
  before: { people_out: number }; after: { people_out: number };
  zones_instructed: number; changes: ZoneChange[]; alternatives: Alternative[];
  curve: { start: string; step_min: number; cumulative: number[] } | null;
}

/** Say which zones would go to another crossing: where they were told to go, and where they would be. */
export function waysOf({ changes }: Proposal): Way[] {
  return changes.flatMap(({ zone, before, after }) => {
    const to = (parts: ZonePart[]): Set<string> => new Set(parts.map((p) => p.corridor));
    const [was, becomes] = [to(before), to(after)];
    return [
      ...[...was].filter((c) => !becomes.has(c)).map((crossing): Way => ({ zone, crossing, kind: "before" })),
      ...[...becomes].map((crossing): Way => ({ zone, crossing, kind: "after" })),
    ];
  });
}
