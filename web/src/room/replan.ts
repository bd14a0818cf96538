// Make a new plan from where people are now, see what it changes, adopt or discard it.

import { count, language, t } from "../words/words";
import { inWords } from "./board";
import { type Child, button, h, quoted, refill } from "./dom";
import { faultWords, newId } from "./form";
import { Refused } from "./server";
import { type Room, corridorName, nameOf } from "./state";
import { type Proposal, type Told, type ZoneChange, byCorridor, chosen } from "./proposal";

export class Replan {
  readonly element: HTMLElement;
  proposal: Proposal | null = null;
  private readonly reason = h("input", { id: "replan-reason", type: "text", maxlength: 300, dir: "auto" });
  private readonly make = h("button", { type: "submit", class: "primary", "data-test": "replan-make" }, t("replan.make"));
  private readonly said = h("div", { class: "said", role: "status", tabindex: -1, "data-test": "replan-said" });
  private readonly first = h("div", { class: "said note first-plan", hidden: true });
  private readonly curve = h("div", {});
  private readonly result = h("div", { class: "proposal", "data-test": "proposal" });

  constructor(private readonly room: Room, private readonly changed: (proposal: Proposal | null) => void) {
    this.element = h("div", { class: "replan" }, h("h2", {}, t("replan.title")), h("p", { class: "soft" }, t("replan.lead")), this.first,
      h("form", { class: "fields", onsubmit: (event) => { event.preventDefault(); void this.ask(); } },
        h("div", { class: "field" },
          h("label", { for: "replan-reason" }, t("replan.reason"), h("small", {}, t("field.optional"))), this.reason),
        h("div", { class: "buttons" }, this.make)),
      this.said, this.result);
  }

  /** Put the curve of both plans between the numbers and the instructions. */
  place(curve: HTMLElement): void {
    this.curve.append(curve);
  }

  /** Take over a proposal that is still open, such as one made before this page was loaded. */
  async latest(): Promise<void> {
    try {
      const found = await this.room.server.get<Proposal | null>("/api/replan/latest");
      if (found?.proposal && (found.state ?? "open") === "open") this.take(found);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
  }

  private async ask(): Promise<void> {
    this.make.disabled = true;
    this.tell("", t("replan.working"));
    try {
      const reason = this.reason.value.trim();
      this.take(await this.room.server.post<Proposal>("/api/replan", reason ? { reason } : {}));
      this.tell("", t("replan.made"));
    } catch (error) {
      this.refused(error);
    } finally {
      this.make.disabled = false;
    }
  }

  private take(proposal: Proposal | null): void {
    this.proposal = proposal;
    refill(this.result, proposal && this.draw(proposal));
    this.changed(proposal);
  }

  private draw(proposal: Proposal): Child[] {
    const { changes, upper } = proposal;
    const { total, share_of_upper: share } = chosen(proposal);
    const inUse = this.room.plan?.schedule.total;
    return [
      h("dl", { class: "figures versus" },
        inUse !== undefined && tile(t("replan.out_before"), count(inUse), t("replan.out_before_is")),
        tile(t("replan.out_after"), count(total), t("replan.of_upper", { share: Math.round(100 * share), upper: upper.total })),
        tile(t("replan.zones_changed"), count(changes.length), t("replan.first_new", { time: proposal.first_new.slice(11, 16) }))),
      this.onRoad(proposal),
      h("div", { class: "buttons" },
        button(t("replan.adopt"), () => { this.confirm(proposal); }, { class: "primary", "data-test": "replan-adopt" }),
        button(t("replan.discard"), () => { void this.end(proposal, "discard"); }, { "data-test": "replan-discard" })),
      h("h3", {}, t("replan.changes")),
      changes.length === 0 ? h("p", {}, t("replan.no_changes")) : this.table(changes),
      this.tradeoff(proposal),
      this.curve,
      h("details", {}, h("summary", {}, t("replan.assumed")),
        h("ul", { class: "assumed" }, proposal.assumptions.map((each) => h("li", {}, inWords(each))))),
    ];
  }

  /** Say first what becomes of those on the road: they are exposed. */
  private onRoad({ on_the_road: road }: Proposal): Child {
    const line = (key: "replan.turn_back" | "replan.sent_elsewhere", list: Proposal["on_the_road"]["turn_back"]): Child[] =>
      list.map((each) => h("li", {}, t(key, {
        n: each.people, zone: this.zone(each.zone, each.zone_name), corridor: corridorName(this.room, each.corridor) ?? "",
      })));
    return h("div", { class: "on-road" },
      h("p", {}, h("b", {}, t("replan.on_road", { n: road.people })), " ", t("replan.as_told", { n: road.as_told })),
      road.turn_back.length + road.sent_elsewhere.length > 0
        && h("ul", {}, line("replan.turn_back", road.turn_back), line("replan.sent_elsewhere", road.sent_elsewhere)));
  }

  private zone(id: string, name: string): string {
    const arabic = this.room.plan?.zones.find((z) => z.id === id)?.name_ar;
    return language() === "ar" && arabic ? arabic : name;
  }

  private table(changes: ZoneChange[]): HTMLElement {
    return h("table", { class: "small changes" },
      h("thead", {}, h("tr", {}, (["zone", "before", "after"] as const).map((name) => h("th", { scope: "col" }, t(`replan.${name}`))))),
      h("tbody", {}, changes.flatMap((change) => [
        h("tr", { "data-zone": change.zone },
          h("th", { scope: "row" }, quoted(nameOf({ name: change.zone_name, name_ar: change.zone_name_ar }))),
          h("td", { class: "was" }, this.told(change.before)), h("td", { class: "becomes" }, this.told(change.after))),
        h("tr", { class: "why" }, h("td", { colspan: 3 }, inWords(change.why, undefined, (name) => this.named(name)))),
      ])));
  }

  /** Give a corridor's name in the page's language, found by its English name. */
  private named(name: string): string {
    const found = this.room.about.corridors.find((c) => c.name === name);
    return found ? nameOf(found) : name;
  }

  private told(told: Told[]): Child[] {
    if (!told.length) return [h("span", { class: "none" }, t("replan.nothing"))];
    return byCorridor(told).map(({ corridor, hours, people }) => h("div", {}, h("b", {}, corridorName(this.room, corridor)), " ",
      hours.map(([from, until]) => `${from}–${until}`).join(t("list.comma")), " ", h("small", {}, t("replan.people", { n: people }))));
  }

  private tradeoff({ alternatives, proposed }: Proposal): Child {
    if (alternatives.length < 2) return h("p", { class: "soft" }, t("replan.one_way"));
    const most = Math.max(1, ...alternatives.map((a) => a.total));
    return h("div", {}, h("h3", {}, t("replan.tradeoff")), h("p", { class: "soft" }, t("replan.tradeoff_is")),
      h("table", { class: "small tradeoff" },
        h("thead", {}, h("tr", {}, (["zones_changed", "people_out", "in_an_hour"] as const)
          .map((name) => h("th", { scope: "col", class: "number" }, t(`replan.${name}`))), h("td", {}))),
        h("tbody", {}, alternatives.map((a, k) => {
          const bar = h("span", { class: "bar" });
          bar.style.setProperty("--share", String(a.total / most));
          return h("tr", { class: k === proposed ? "chosen" : "" },
            [a.changed, a.total, a.out_in_an_hour].map((value) => h("td", { class: "number" }, count(value))),
            h("td", {}, bar, k === proposed && h("span", { class: "chip" }, t("replan.this"))));
        }))));
  }

  /** Ask once more: adopting changes what people are told. */
  private confirm(proposal: Proposal): void {
    const words = t("replan.confirm", { n: proposal.changes.length, total: chosen(proposal).total });
    askOnceMore([words, t("replan.confirm_told")], () => { void this.end(proposal, "adopt"); });
  }

  /** While no plan is adopted, offer the one that was made before: it is what counts are held against. */
  show(): void {
    const none = this.room.live !== null && this.room.live.plan === null;
    if (none === !this.first.hidden) return;
    this.first.hidden = !none;
    refill(this.first, none && [h("p", {}, t("replan.first")),
      button(t("replan.adopt_first"), () => {
        askOnceMore([t("replan.first_is"), t("replan.confirm_told")], () => { void this.adoptFirst(); });
      }, { "data-test": "adopt-first" })]);
  }

  private async adoptFirst(): Promise<void> {
    const { server, clock, me } = this.room;
    try {
      const [by, now] = [me.label ?? "coordination", new Date(clock.now).toISOString()];
      const event = {
        id: newId(), kind: "plan", happened_at: now, known_at: now, source: by, by, means: "own action", status: "verified",
        plan_sha256: (await server.tagged("/api/plan"))[1],
      };
      await server.post("/api/events", { events: [event] });
      this.tell("done", t("replan.first_adopted"));
      await this.room.refresh();
    } catch (error) {
      this.refused(error);
    }
  }

  private async end(proposal: Proposal, how: "adopt" | "discard"): Promise<void> {
    try {
      await this.room.server.post(`/api/replan/${encodeURIComponent(proposal.proposal)}/${how}`);
      this.take(null);
      this.tell("done", t(how === "adopt" ? "replan.adopted" : "replan.discarded"));
      await this.room.refresh();
    } catch (error) {
      this.refused(error);
    }
  }

  private refused(error: unknown): void {
    if (!(error instanceof Refused)) throw error;
    this.tell("bad", error.status === 0 ? t("connection.none") : error.faults.map(faultWords).join(" ") || t("replan.failed"));
    this.said.focus();
  }

  private tell(look: string, words: string): void {
    this.said.className = `said ${look}`;
    this.said.textContent = words;
  }
}

function askOnceMore(words: string[], then: () => void): void {
  const dialog = h("dialog", { class: "confirm", "aria-labelledby": "confirm-title", onclose: () => { dialog.remove(); } },
    h("h2", { id: "confirm-title" }, t("replan.confirm_title")), words.map((each) => h("p", {}, each)),
    h("div", { class: "buttons" },
      button(t("replan.confirm_yes"), () => { dialog.close(); then(); }, { class: "primary", "data-test": "replan-confirm" }),
      button(t("replan.confirm_no"), () => { dialog.close(); }, { autofocus: true })));
  document.body.append(dialog);
  dialog.showModal();
}

const tile = (name: string, big: string, small: string | null = null): HTMLElement =>
  h("div", {}, h("dt", {}, name), h("dd", {}, h("b", {}, big), small && h("small", {}, small)));
