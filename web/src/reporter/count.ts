// The count in progress: people who pass one corridor, from when on, and what is sent of it.

import type { People } from "./event";

export type Counted = "over" | "in all";
export type Carrying = "unarmed" | "armed" | "mixed" | "not known";
export const CARRYING: readonly Carrying[] = ["not known", "unarmed", "armed", "mixed"];

export interface Count {
  corridor: string;
  people: number;
  /** Since when, by the phone's clock; null where counting has not begun. */
  since: number | null;
  /** When it was last touched or sent. */
  touched: number | null;
  counted: Counted;
  carrying: Carrying;
  low: number | null;
  high: number | null;
}

/** A count of nobody that lies for so long was not being watched: it begins anew (an assumption). */
const LEFT_MS = 15 * 60_000;
/** After so long it is time to send (an assumption: what still helps who watches the corridor). */
export const DUE_MS = 5 * 60_000;
export const MOST = 1_000_000;

export const begun = (corridor: string, counted: Counted = "over", carrying: Carrying = "not known"): Count =>
  ({ corridor, people: 0, since: null, touched: null, counted, carrying, low: null, high: null });

/** Count people who passed now; the first of them begins the count. */
export function passed(count: Count, people: number, now: number): Count {
  const left = count.people === 0 && count.touched !== null && Math.abs(now - count.touched) > LEFT_MS;
  const since = count.since === null || left ? now : count.since;
  return { ...count, people: Math.min(MOST, Math.max(0, count.people + people)), since, touched: now };
}

/** Give what stands once a count is sent: an interval begins where the last ended, a total goes on. */
export const after = (count: Count, now: number): Count =>
  count.counted === "in all"
    ? { ...count, touched: now, low: null, high: null }
    : { ...begun(count.corridor, "over", count.carrying), since: now, touched: now };

export const peopleOf = ({ people, low, high }: Count): People =>
  ({ low: low ?? people, best: people, high: high ?? people });

/** Whether low, best and high stand in their order. */
export const ordered = ({ people, low, high }: Count): boolean => (low ?? people) <= people && people <= (high ?? people);

/** Whether it is time to send: something is counted, or watched, for long enough. */
export const due = (count: Count, now: number): boolean =>
  count.since !== null && now - (count.counted === "in all" ? count.touched ?? count.since : count.since) >= DUE_MS;
