// The frame around the views: how it stands with the server, the corridor, the views, and what is recorded.

import { h, nodes, type Child } from "../room/dom";
import { hhmm, useZone } from "../room/time";
import { language, speak, t, type Key } from "../words/words";
import { toServer, written } from "./clock";
import { begun, peopleOf, after, type Count } from "./count";
import { HOW, type Draft, type How } from "./event";
import type { Change, CorridorKept, Kept } from "./kept";
import { Link } from "./link";
import { wipeButton } from "./wipe";

export type View = "count" | "corridor" | "incident" | "more" | "waiting";
export type Drawn = (app: App) => Child[];
const TABS: readonly View[] = ["count", "corridor", "incident", "more"];

export class App {
  readonly link: Link;
  count: Count;
  view: View = "count";
  /** Whether the page opens with no connection. */
  ready = false;
  private readonly strip = h("p", { class: "exercise", hidden: true });
  private readonly how = h("button", { type: "button", class: "how", onclick: () => { this.go("waiting"); } });
  private readonly tongue = h("button", { type: "button", class: "tongue", onclick: () => { this.turn(); } });
  private readonly said = h("p", { class: "said", role: "status" });
  private readonly nav = h("nav", {});
  private readonly main = h("main", { tabindex: -1 });
  private head = h("header", {});
  private toasting = 0;
  private busy: (() => void) | null = null;

  constructor(
    private readonly box: HTMLElement, readonly kept: Kept, private readonly views: Record<View, Drawn>,
  ) {
    this.link = new Link(kept, () => { this.refresh(); }, () => { void this.taught(); });
    this.count = kept.values.count ?? begun(this.corridor);
  }

  get corridors(): CorridorKept[] { return this.kept.values.corridors ?? []; }
  get corridor(): string { return this.kept.values.corridor ?? this.corridors[0]?.id ?? ""; }
  get exercise(): boolean { return this.kept.values.me?.exercise ?? false; }

  named(id: string): string {
    const found = this.corridors.find((each) => each.id === id);
    return found ? (language() === "ar" && found.name_ar) || found.name : id;
  }

  /** Draw everything anew, as after a change of language. */
  draw(): void {
    useZone(this.kept.values.zone ?? "UTC");
    this.head = h("header", {}, this.strip, h("div", { class: "top" }, this.how, this.tongue, wipeButton(this)), this.said);
    this.box.replaceChildren(this.head, this.main, this.nav);
    this.show(this.view, false);
  }

  /** Go to a view by a tap: what was said before is over. */
  private go(view: View): void {
    this.hush();
    this.show(view);
  }

  show(view: View, focus = true): void {
    this.view = view;
    this.busy = null;
    this.fill(...this.views[view](this));
    this.nav.setAttribute("aria-label", t("reporter.views"));
    this.nav.replaceChildren(...TABS.map((each) => h("button", {
      type: "button", "data-view": each, "aria-current": each === view && "page", onclick: () => { this.go(each); },
    }, t(`reporter.${each}` as Key))));
    this.refresh();
    if (focus) this.focus();
  }

  /** Draw a view anew, unless somebody has gone elsewhere meanwhile. */
  stay(view: View): void { if (this.view === view) this.show(view, false); }

  /** Fill the view with something else, such as a form that is to be sent or left. */
  fill(...children: Child[]): void {
    this.main.replaceChildren(...nodes(children));
    this.main.scrollTop = 0;
    scrollTo(0, 0);
  }

  focus(): void { (this.main.querySelector<HTMLElement>("h1") ?? this.main).focus({ preventScroll: true }); }

  /** Call this whenever something new is to be shown in the view that is open. */
  follow(draw: () => void): void { this.busy = draw; }

  private turn(): void {
    speak(language() === "ar" ? "en" : "ar");
    this.draw();
  }

  refresh(): void {
    useZone(this.kept.values.zone ?? "UTC");
    document.title = t("reporter.title");
    this.strip.hidden = !this.exercise;
    this.strip.textContent = t("exercise");
    this.tongue.textContent = language() === "ar" ? "EN" : "ع";
    this.tongue.setAttribute("aria-label", language() === "ar" ? "English" : "العربية");
    this.tongue.lang = language() === "ar" ? "en" : "ar";
    const waiting = this.kept.waiting.filter((each) => !each.refused).length;
    const refused = this.kept.waiting.length - waiting;
    const { received } = this.kept.values;
    this.how.dataset.standing = refused ? "refused" : this.link.standing;
    this.how.replaceChildren(
      h("strong", {}, this.stands(waiting, refused)),
      h("span", { class: "queue" }, [
        waiting ? t("reporter.waiting_n", { n: waiting }) : refused ? "" : t("reporter.all_sent"), refused ? t("reporter.refused_n", { n: refused }) : "",
      ].filter(Boolean).join(" · ")),
      h("span", { class: "received" }, received ? t("reporter.received_at", { time: hhmm(received) }) : t("reporter.received_never")),
    );
    this.busy?.();
  }

  private stands(waiting: number, refused: number): string {
    if (!this.kept.values.token) return t("reporter.no_link");
    if (this.link.standing === "not accepted") return t("reporter.not_accepted");
    if (this.link.standing === "no connection") return t("reporter.no_connection");
    if (refused) return t("reporter.look");
    if (this.link.standing === "unknown" || (waiting && this.link.sending)) return t("reporter.sending");
    return waiting ? t("reporter.server_waits") : t("reporter.connected");
  }

  /** Say something for a while, also to those who do not see it. */
  tell(words: string, bad = false): void {
    this.said.textContent = words;
    this.said.classList.toggle("bad", bad);
    clearTimeout(this.toasting);
    this.toasting = window.setTimeout(() => { this.said.textContent = ""; }, bad ? 12_000 : 5_000);
  }

  hush(): void { this.said.textContent = ""; }

  /** Keep a change on this phone; say so where that fails. */
  async keep(change: Change): Promise<boolean> {
    try {
      await this.kept.change(change);
      return true;
    } catch {
      this.tell(t("reporter.not_kept"), true);
      return false;
    }
  }

  /** Record an event: it is on this phone's disk before it is said to be kept. */
  async record({ ago = 0, since, ...what }: Draft, count?: Count): Promise<boolean> {
    const { clock, me } = this.kept.values;
    const now = Date.now();
    const there = (ms: number): number => (clock ? toServer(ms, clock) : ms);
    const happened = there(now) - ago * 60_000;
    const event = {
      id: crypto.randomUUID(), ...what, happened_at: written(happened), known_at: written(there(now)),
      ...(since === undefined ? {} : { since: written(Math.min(there(since), happened)) }),
    };
    const add = { event, raw: !clock, exercise: me?.exercise ?? null, sealed: false, made: now, refused: null };
    const kept = await this.keep(count ? { add, set: { count } } : { add });
    if (kept) {
      this.tell(t(this.link.standing === "connected" ? "reporter.kept" : "reporter.kept_for_later"));
      this.refresh();
      this.link.soon();
    }
    return kept;
  }

  /** Send what is counted, and go on counting from here. */
  async sendCount(how: How = "saw"): Promise<boolean> {
    const sent = this.count;
    if (sent.since === null) return true;
    const next = after(sent, Date.now());
    this.count = next; // what is counted while this is written counts from here
    const done = await this.record({
      kind: "passage", ...HOW[how], corridor: sent.corridor, people: peopleOf(sent), counted: sent.counted,
      carrying: sent.carrying, since: sent.since,
    }, next);
    if (!done) this.count = { ...sent, people: sent.people + this.count.people - next.people };
    return done;
  }

  /** Take another count in place of the one in progress, and keep it. */
  setCount(count: Count): void {
    this.count = count;
    void this.keep({ set: { count } });
  }

  /** Choose another corridor; what was counted at the one before is sent first. */
  async choose(corridor: string): Promise<void> {
    if (this.count.people > 0 && !(await this.sendCount())) return;
    this.count = begun(corridor, this.count.counted, this.count.carrying);
    await this.keep({ set: { corridor, count: this.count } });
    this.show(this.view, false);
  }

  /** Use a token from now on; what waits stays, and is sent as whose the new one is. */
  async take(token: string): Promise<void> {
    if (token === this.kept.values.token) return;
    if (await this.keep({ set: { token }, forget: ["me"] })) this.link.anew();
  }

  /** Show corridors that were not known, or not the same, before; a count elsewhere is sent as it was. */
  private async taught(): Promise<void> {
    const ours = (id: string): boolean => this.corridors.some((each) => each.id === id);
    if (!ours(this.corridor)) await this.keep({ forget: ["corridor"] });
    const { corridor, people, counted, carrying } = this.count;
    const elsewhere = corridor !== "" && !ours(corridor);
    if (elsewhere && people > 0) await this.sendCount();
    if (elsewhere || this.count.since === null) this.count = begun(this.corridor, counted, carrying);
    if (!this.main.querySelector("details[open]")) this.stay("count");
  }

  stop(): void {
    this.link.stop();
    this.kept.close();
  }
}
