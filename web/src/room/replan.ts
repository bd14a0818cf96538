// Make a new plan from where people are now, see what it changes, adopt or discard it.

import { count, language, t } from "../words/words";
import { type Child, h, quoted, refill } from "./dom";
import { faultWords } from "./form";
import { Refused } from "./server";
import { type Room, corridorName } from "./state";
import { hhmm } from "./time";
import type { Proposal, ZoneChange, ZonePart } from "./proposal";

export class Replan {
  readonly element: HTMLElement;
  proposal: Proposal | null = null;
  private readonly reason = h("input", { id: "replan-reason", type: "text", maxlength: 300, dir: "auto" });
  private readonly make = h("button", { type: "submit", class: "primary", "data-test": "replan-make" }, t("replan.make"));
  private readonly said = h("div", { class: "said", role: "status", tabindex: -1, "data-test": "replan-said" });
  private readonly result = h("div", { class: "proposal", "data-test": "proposal" });

  constructor(private readonly room: Room, private readonly changed: (proposal: Proposal | null) => void) {
    this.element = h("div", { class: "replan" }, h("h2", {}, t("replan.title")), h("p", { class: "soft" }, t("replan.lead")),
      h("form", { class: "fields", onsubmit: (event) => { event.preventDefault(); void this.ask(); } },
        h("div", { class: "field" }, h("label", { for: "replan-reason" }, t("replan.reason"), h("small", {}, t("field.optional"))), this.reason),
        h("div", { class: "buttons" }, this.make)),
      this.said, this.result);
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
    const { before, after, changes } = proposal;
    return [
      h("dl", { class: "figures versus" },
        tile(t("replan.out_before"), count(before.people_out)),
        tile(t("replan.out_after"), count(after.people_out), difference(after.people_out - before.people_out)),
        tile(t("replan.zones_changed"), `${count(changes.length)}`, t("replan.of_zones", { n: proposal.zones_instructed }))),
      h("div", { class: "buttons" },
        h("button", { type: "button", class: "primary", "data-test": "replan-adopt", onclick: () => { this.confirm(proposal); } }, t("replan.adopt")),
        h("button", { type: "button", "data-test": "replan-discard", onclick: () => { void this.end(proposal, "discard"); } }, t("replan.discard"))),
      h("h3", {}, t("replan.changes")),
      changes.length === 0 ? h("p", {}, t("replan.no_changes")) : this.table(changes),
      this.tradeoff(proposal),
    ];
  }

  private table(changes: ZoneChange[]): HTMLElement {
    return h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("replan.changes") }, h("table", { class: "small changes" },
      h("thead", {}, h("tr", {}, (["zone", "before", "after"] as const).map((name) => h("th", { scope: "col" }, t(`replan.${name}`))))),
      h("tbody", {}, changes.flatMap((change) => [
        h("tr", { "data-zone": change.zone }, h("th", { scope: "row" }, quoted(language() === "ar" && change.zone_name_ar ? change.zone_name_ar : change.zone_name)),
          h("td", { class: "was" }, this.parts(change.before)), h("td", { class: "becomes" }, this.parts(change.after))),
        h("tr", { class: "why" }, h("td", { colspan: 3 }, h("span", { dir: "auto" }, language() === "ar" && change.why_ar ? change.why_ar : change.why))),
      ]))));
  }

  private parts(parts: ZonePart[]): Child[] {
    if (!parts.length) return [h("span", { class: "none" }, t("replan.nothing"))];
    return parts.map((p) => h("div", {}, h("b", {}, corridorName(this.room, p.corridor)), " ",
      h("span", {}, `${hhmm(p.from)}–${hhmm(p.until)}`), " ", h("small", {}, t("replan.people", { n: p.people }))));
  }

  private tradeoff({ alternatives }: Proposal): Child {
    if (alternatives.length < 2) return null;
    const most = Math.max(1, ...alternatives.map((a) => a.people_out));
    return h("div", {}, h("h3", {}, t("replan.tradeoff")), h("p", { class: "soft" }, t("replan.tradeoff_is")),
      h("table", { class: "small tradeoff" },
        h("thead", {}, h("tr", {}, h("th", { scope: "col", class: "number" }, t("replan.zones_changed")), h("th", { scope: "col", class: "number" }, t("replan.people_out")), h("th", { scope: "col" }, ""))),
        h("tbody", {}, alternatives.map((a) => {
          const bar = h("span", { class: "bar" });
          bar.style.setProperty("--share", String(a.people_out / most));
          return h("tr", { class: a.chosen ? "chosen" : "" }, h("td", { class: "number" }, count(a.changes)), h("td", { class: "number" }, count(a.people_out)),
            h("td", {}, bar, a.chosen && h("span", { class: "chip" }, t("replan.this"))));
        }))));
  }

  /** Ask once more: adopting changes what people are told. */
  private confirm(proposal: Proposal): void {
    const dialog = h("dialog", { class: "confirm", "aria-labelledby": "confirm-title", onclose: () => { dialog.remove(); } },
      h("h2", { id: "confirm-title" }, t("replan.confirm_title")),
      h("p", {}, t("replan.confirm", { zones: proposal.changes.length, before: proposal.before.people_out, after: proposal.after.people_out })),
      h("p", {}, t("replan.confirm_told")),
      h("div", { class: "buttons" },
        h("button", { type: "button", class: "primary", "data-test": "replan-confirm", onclick: () => { dialog.close(); void this.end(proposal, "adopt"); } }, t("replan.confirm_yes")),
        h("button", { type: "button", autofocus: true, onclick: () => { dialog.close(); } }, t("replan.confirm_no"))));
    document.body.append(dialog);
    dialog.showModal();
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

const difference = (by: number): string => (by === 0 ? t("replan.same") : `${by > 0 ? "+" : "−"}${count(Math.abs(by))}`);

const tile = (name: string, big: string, small: string | null = null): HTMLElement =>
  h("div", {}, h("dt", {}, name), h("dd", {}, h("b", {}, big), small && h("small", {}, small)));
