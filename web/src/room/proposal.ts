// A proposed plan as replan.schema.json has it. Its times are local, as a plan's are.

import type { Way } from "../map/citymap";
import { fromLocal } from "./time";

export interface Told { corridor: string; corridor_name: string; from: string; until: string; people: number }
export interface ZoneChange {
  zone: string; zone_name: string; zone_name_ar: string; before: Told[]; after: Told[]; why: string;
}
export interface Alternative {
  name: string; changed: number; total: number; share_of_upper: number; out_in_an_hour: number; cumulative: number[];
}
interface OnRoad { zone: string; zone_name: string; corridor: string; people: number }

export interface Proposal {
  proposal: string; state?: string;
  from: string; first_new: string; headline: string;
  window: { usable: { start: string; end: string } };
  on_the_road: { people: number; as_told: number; sent_elsewhere: OnRoad[]; turn_back: OnRoad[] };
  upper: { total: number; exact: boolean };
  alternatives: Alternative[];
  /** Which of the alternatives it is. */
  proposed: number;
  changes: ZoneChange[];
  assumptions: string[];
}

export const chosen = (proposal: Proposal): Alternative => {
  const found = proposal.alternatives[proposal.proposed];
  if (!found) throw new Error("The proposal names none of its alternatives.");
  return found;
};

/** Give the people out by the minute under the proposal, from the minute that it starts from. */
export function curveOf(proposal: Proposal): { from: number; cumulative: number[] } {
  const from = fromLocal(proposal.from);
  const first = Math.round((from - fromLocal(proposal.window.usable.start)) / 60_000);
  return { from, cumulative: chosen(proposal).cumulative.slice(Math.max(0, first)) };
}

/** Say which zones would go to another crossing: where they were told to go, and where they would be. */
export function waysOf({ changes }: Proposal): Way[] {
  return changes.flatMap(({ zone, before, after }) => {
    const to = (told: Told[]): Set<string> => new Set(told.map((each) => each.corridor));
    const [was, becomes] = [to(before), to(after)];
    return [
      ...[...was].filter((c) => !becomes.has(c)).map((crossing): Way => ({ zone, crossing, kind: "before" })),
      ...[...becomes].map((crossing): Way => ({ zone, crossing, kind: "after" })),
    ];
  });
}

/** Put what is told of one corridor into one line: its hours, and all its people. */
export function byCorridor(told: Told[]): { corridor: string; hours: [string, string][]; people: number }[] {
  const lines = new Map<string, { corridor: string; hours: [string, string][]; people: number }>();
  for (const { corridor, from, until, people } of told) {
    const line = lines.get(corridor) ?? { corridor, hours: [], people: 0 };
    line.hours.push([from.slice(11, 16), until.slice(11, 16)]);
    line.people += people;
    lines.set(corridor, line);
  }
  return [...lines.values()];
}
