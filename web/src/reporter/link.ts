// Talk to the server: who we are, which corridors, and events in their order, until all are there.

import type { CaseDocument, Me, Receipt } from "../room/types";
import { jumped, reading, toServer, written, type Reading } from "./clock";
import { TIMES, type Fault, type Payload } from "./event";
import type { Kept, Waiting } from "./kept";

const BATCH = 50;
const PATIENCE_MS = 30_000;
const SHORTEST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;
/** Both clocks are read again before sending, if the last reading is older. */
const FRESH_MS = 60_000;
/** With nothing to send, ask this often whether there is a connection; and in an exercise, how fast its clock runs. */
const LOOK_MS = 60_000;
const LOOK_IN_EXERCISE_MS = 5_000;

/** Said in the ledger, whose own words are English, in what is sent with such times. */
const CLOCK_SET = "The phone's clock was set before this was sent: its times are unsure.";

export type Standing = "unknown" | "connected" | "no connection" | "not accepted";

/** The server said no; without a status, it could not be reached or gave no answer of ours. */
class Refused extends Error {
  constructor(readonly status: number, readonly faults: Fault[] = [], readonly waitS = 0) { super(`HTTP ${status}`); }
}

export class Link {
  standing: Standing = "unknown";
  sending = false;
  /** Why the server takes nothing now, in its own words. */
  trouble: Fault | null = null;
  private size = BATCH;
  private tries = 0;
  private read = -Infinity;
  private timer = 0;
  private learnt = false;
  private asked = false;
  private stopped = false;
  private cut = new AbortController();

  /** `changed` is called when there is something new to show, `taught` when corridors are known anew. */
  constructor(private readonly kept: Kept, private readonly changed: () => void, private readonly taught: () => void) {
    addEventListener("online", this.soon);
    addEventListener("offline", this.lost);
    document.addEventListener("visibilitychange", () => { if (!document.hidden) this.soon(); });
  }

  /** Begin anew, with another token. */
  anew(): void {
    this.learnt = false;
    this.read = -Infinity;
    this.standing = "unknown";
    this.soon();
  }

  /** Try now, whatever the back-off says. */
  readonly soon = (): void => {
    this.tries = 0;
    this.asked = this.sending; // what is under way may have begun before there was a connection
    if (!this.sending) this.plan(0);
  };

  private readonly lost = (): void => { if (!this.stopped) { this.standing = "no connection"; this.changed(); } };

  /** Say and send nothing any more. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.cut.abort();
    removeEventListener("online", this.soon);
    removeEventListener("offline", this.lost);
  }

  private plan(ms: number): void {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = window.setTimeout(() => void this.round(), ms);
  }

  private async round(): Promise<void> {
    if (this.sending || !this.kept.values.token) return;
    this.sending = true;
    this.changed();
    let wait = LOOK_MS;
    try {
      await this.look(); // first: whether it is the same record still, exercise or not
      while (this.next().length && !this.stopped) await this.sendSome();
      this.tries = 0;
      this.trouble = null;
    } catch (error) {
      wait = this.failed(error);
    }
    this.sending = false;
    if (this.stopped) return;
    this.changed();
    if (this.asked) this.soon();
    else this.plan(this.next().length || this.standing !== "connected" ? wait
      : this.kept.values.me?.exercise ? LOOK_IN_EXERCISE_MS : LOOK_MS);
  }

  private failed(error: unknown): number {
    const refused = error instanceof Refused ? error : new Refused(0);
    this.standing = [401, 403].includes(refused.status) ? "not accepted" : refused.status ? "connected" : "no connection";
    this.trouble = refused.faults[0] ?? null;
    const backed = Math.min(LONGEST_WAIT_MS, SHORTEST_WAIT_MS * 2 ** this.tries++);
    return Math.max(refused.waitS * 1000, backed * (0.75 + Math.random() / 2)); // many phones must not come back at once
  }

  private next(): Waiting[] { return this.kept.waiting.filter((each) => !each.refused).slice(0, this.size); }

  /** Ask who we are and what the server's clock shows, and keep it. */
  private async look(): Promise<void> {
    const { values } = this.kept;
    const asked = Date.now();
    const me = await this.ask<Me>("/api/me");
    if (typeof me.role !== "string" || Number.isNaN(Date.parse(me.now))) throw new Refused(0);
    const clock = reading(me.now, asked, Date.now(), me.exercise, values.clock);
    if (values.clock && jumped(values.clock, clock)) await this.doubt();
    await this.kept.change({ set: { me: { ...me, now: "" }, clock } });
    this.read = performance.now();
    this.standing = me.role === "public" ? "not accepted" : "connected";
    if (!this.learnt) await this.learn(me);
    this.changed();
  }

  /** Learn the corridors that we may tell of, and the clock of the place. */
  private async learn(me: Me): Promise<void> {
    const { case: about, corridors } = await this.ask<CaseDocument>("/api/case");
    const ours = corridors.filter(({ id }) => !me.corridors || me.corridors.includes(id));
    await this.kept.change({
      set: { zone: about.tz, corridors: ours.map(({ id, name, name_ar }) => ({ id, name, name_ar })) },
    });
    this.learnt = true;
    this.taught();
  }

  /** Say in what was recorded since the last reading that the phone's clock was set, so that its times are unsure. */
  private async doubt(): Promise<void> {
    const put = this.kept.waiting.filter((each) => !each.sealed && !each.refused).map((each) => ({
      ...each, event: { ...each.event, text: [each.event.text, CLOCK_SET].filter(Boolean).join("\n") },
    }));
    await this.kept.change({ put });
  }

  /** Whether both clocks were read so lately that times can be settled by it. */
  private get fresh(): boolean {
    const { clock } = this.kept.values;
    const passed = performance.now() - this.read;
    return clock?.speed === 1 && passed < FRESH_MS && Math.abs(Date.now() - clock.phone - passed) < FRESH_MS;
  }

  /** Settle what is sent: whose it is, and its times by the server's clock. From here on it never changes. */
  private async seal(batch: Waiting[]): Promise<Waiting[]> {
    const { me, clock } = this.kept.values;
    if (!me || !clock) throw new Refused(0);
    const put = batch.filter((each) => !each.sealed).map((each): Waiting => ({
      ...each, sealed: true, raw: false,
      event: {
        ...settledTimes(each, clock), source: me.label ?? "", corridor: each.event.corridor || this.only,
      },
    }));
    const strange = put.filter(({ exercise }) => exercise !== null && exercise !== me.exercise).map((each) => ({
      ...each, sealed: false, refused: [{ place: "exercise", what: "", remedy: "" }],
    }));
    await this.kept.change({ put: put.map((each) => strange.find(({ n }) => n === each.n) ?? each) });
    const numbers = new Set(batch.map(({ n }) => n));
    return this.kept.waiting.filter(({ n, refused }) => numbers.has(n) && !refused);
  }

  /** Give the one corridor that we may tell of, for what was recorded before any was known. */
  private get only(): string {
    const { corridors = [] } = this.kept.values;
    return corridors.length === 1 ? corridors[0]?.id ?? "" : "";
  }

  private async sendSome(): Promise<void> {
    if (!this.fresh) await this.look();
    const batch = await this.seal(this.next());
    if (!batch.length) return;
    try {
      const { receipts } = await this.ask<{ receipts: Receipt[] }>("/api/events", { events: batch.map(({ event }) => event) });
      const there = new Set(receipts.map(({ id }) => id));
      const remove = batch.filter(({ event }) => there.has(event.id)).map(({ n }) => n);
      if (!remove.length) throw new Refused(0);
      await this.kept.change({ remove, set: { received: this.now() } });
      this.size = Math.min(BATCH, this.size * 2);
    } catch (error) {
      if (!(error instanceof Refused) || !faulty(error)) throw error;
      if (batch.length === 1) await this.refuse(batch[0] as Waiting, error.faults);
      this.size = batch.length === 1 ? BATCH : Math.ceil(batch.length / 2); // find which of them it is
    }
    this.standing = "connected";
    this.changed();
  }

  private async refuse(each: Waiting, faults: Fault[]): Promise<void> {
    const refused = faults.length ? faults : [{ place: "", what: "", remedy: "" }];
    await this.kept.change({ put: [{ ...each, refused }] });
  }

  /** Give the server's time as far as it is known, else the phone's. */
  now(): number { return this.kept.values.clock ? toServer(Date.now(), this.kept.values.clock) : Date.now(); }

  private async ask<T>(path: string, body?: unknown): Promise<T> {
    const headers: Record<string, string> = { Authorization: `Bearer ${this.kept.values.token ?? ""}` };
    if (body) headers["Content-Type"] = "application/json";
    let answer: Response;
    let text: string;
    const cut = this.cut = new AbortController();
    const late = setTimeout(() => { cut.abort(); }, PATIENCE_MS);
    try {
      answer = await fetch(path, {
        method: body ? "POST" : "GET", headers, body: body ? JSON.stringify(body) : null,
        cache: "no-store", credentials: "omit", redirect: "error", referrerPolicy: "no-referrer",
        signal: cut.signal,
      });
      text = await answer.text();
    } catch {
      throw new Refused(0);
    } finally {
      clearTimeout(late);
    }
    const told = parsed(text);
    if (!answer.ok) throw new Refused(answer.status, faultsOf(told), Number(answer.headers.get("Retry-After")) || 0);
    if (!told) throw new Refused(0); // somebody else's page, as some networks put in between
    return told as T;
  }
}

/** Whether the events are at fault: the same again would be refused again. A role or a proxy may change. */
const faulty = ({ status, faults }: Refused): boolean =>
  [409, 413, 422].includes(status) || (status === 403 && faults.some(({ place }) => place.startsWith("event ")));

/** Give an event its times by the server's clock; none lies ahead of it, since all of it is past by now. */
function settledTimes({ event, raw }: Waiting, clock: Reading): Payload {
  const made = { ...event };
  const now = toServer(Date.now(), clock);
  for (const name of TIMES) {
    const at = made[name];
    if (at) made[name] = written(Math.min(now, raw ? toServer(Date.parse(at), clock) : Date.parse(at)));
  }
  return made;
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const told: unknown = JSON.parse(text);
    return told && typeof told === "object" ? told as Record<string, unknown> : null;
  } catch {
    return null;
  }
}

function faultsOf(told: Record<string, unknown> | null): Fault[] {
  const faults = told?.faults;
  return Array.isArray(faults) ? faults.filter((each): each is Fault => typeof (each as Fault | null)?.what === "string") : [];
}
