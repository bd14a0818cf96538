// Whatever the page shows: one place that holds it, and whoever draws is told when it changes.

import type { Plan } from "../plan";
import type { ServerClock } from "./clock";
import type { Server } from "./server";
import type { CaseDocument, CorridorNow, Me, Role, Situation } from "./types";
import { language } from "../words/words";
import { MINUTE, ago, hhmm, instant } from "./time";

export interface Connection {
  state: "connecting" | "live" | "lost" | "refused";
  /** On the server's clock: when the page was last known to be up to date. */
  since: number;
}

export interface Room {
  readonly server: Server;
  readonly clock: ServerClock;
  readonly me: Me;
  readonly about: CaseDocument;
  connection: Connection;
  /** The newest situation that the server gave. */
  live: Situation | null;
  /** The situation of a past minute, where the page travels in time. */
  past: Situation | null;
  /** The past minute that is shown; null while the page is live. */
  at: number | null;
  /** The plan in force; none where the role sees none. */
  readonly plan: Plan | null;
  /** Ask for the newest situation at once. */
  refresh: () => Promise<void>;
  /** Show a past minute, or null for the present. */
  travel: (at: number | null) => void;
}

export const shown = (room: Room): Situation | null => (room.at === null ? room.live : room.past);

/** The moment that ages are counted from. */
export const asOf = (room: Room): number => {
  const { redaction, as_known_at } = shown(room) ?? {};
  return redaction?.delay_min && as_known_at ? instant(as_known_at) : room.at ?? room.clock.now;
};

/** Say when something was, as finely as one may know it: the public is told the hour. */
export const when = (room: Room, at: string): string =>
  (room.me.role === "public" ? `${hhmm(at)}–${hhmm(instant(at) + 60 * MINUTE)}` : hhmm(at));

/** Say how long ago it was, where the minute is known. */
export const age = (room: Room, at: string): string => (room.me.role === "public" ? when(room, at) : ago(at, asOf(room)));

export const mayCoordinate = (role: Role): boolean => role === "coordinator" || role === "administrator";

export const nameOf = (each: { name: string; name_ar: string }): string =>
  language() === "ar" && each.name_ar ? each.name_ar : each.name;

/** Letters that stand for corridors on the map and on the board alike, by their place in the case. */
export function tags(room: Room): Map<string, string> {
  const civilian = room.about.corridors.filter((c) => c.users === "civilian");
  return new Map(civilian.map((c, k) => [c.id, String.fromCharCode(65 + (k % 26))]));
}

export function corridorName(room: Room, id: string | null | undefined): string | null {
  const found = room.about.corridors.find((c) => c.id === id);
  return found ? nameOf(found) : id ?? null;
}

export const sumOf = (corridors: CorridorNow[], of: (c: CorridorNow) => number | null | undefined): number | null => {
  const values = corridors.map(of).filter((v): v is number => v !== null && v !== undefined);
  return values.length ? values.reduce((a, b) => a + b, 0) : null;
};
