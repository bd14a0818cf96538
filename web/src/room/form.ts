// The form that adds an event to the ledger: one page for all kinds, with what each kind asks for.

import { t, term } from "../words/words";
import { h } from "./dom";
import { type Around, type Entered, entered } from "./fields";
import { type Field, KINDS, MEANS, STATUSES, kindsFor } from "./kinds";
import { Refused } from "./server";
import { type Room, mayCoordinate, nameOf } from "./state";
import type { FaultTold, Receipt } from "./types";

const COMMON: readonly Field[] = [
  { name: "happened_at", as: "time", needed: true },
  { name: "known_at", as: "time", needed: true },
  { name: "source", as: "code", needed: true },
  { name: "means", as: "choice", needed: true, choices: MEANS, family: "means" },
  { name: "status", as: "choice", needed: true, choices: STATUSES, family: "status" },
];

export class EventForm {
  readonly element: HTMLElement;
  private readonly kind: HTMLSelectElement;
  private readonly own = h("div", { class: "fields" });
  private readonly common = h("div", { class: "fields common" });
  private readonly said = h("div", { class: "said", role: "status", tabindex: -1, "data-test": "form-said" });
  private readonly send = h("button", { type: "submit", class: "primary" }, t("form.send"));
  private fields = new Map<string, Entered>();
  private id = newId();
  private touched = false;

  constructor(private readonly room: Room) {
    this.kind = h("select", { id: "event-kind", onchange: () => { this.choose(); } },
      kindsFor(room.me.role).map((kind) => h("option", { value: kind }, term("kind", kind))));
    this.element = h("form", {
      class: "event-form", novalidate: true, oninput: () => { this.touched = true; },
      onsubmit: (event) => { event.preventDefault(); void this.submit(); },
    },
      h("h2", {}, t("form.title")), h("p", { class: "soft" }, t("form.lead")),
      h("div", { class: "field" }, h("label", { for: "event-kind" }, t("form.kind")), this.kind),
      this.own, this.common, h("p", { class: "soft" }, t("form.no_names")), this.said, h("div", { class: "buttons" }, this.send));
    this.choose();
  }

  /** Begin the correction of an event. */
  correct(id: string, what: string): void {
    this.kind.value = "correction";
    this.choose();
    this.fields.get("corrects")?.set(id);
    this.touched = true;
    this.tell("note", t("form.correcting", { what }));
    this.element.querySelector<HTMLElement>("[data-field='text'] textarea")?.focus();
  }

  /** Take the time anew while nothing is entered yet. */
  shown(): void {
    if (!this.touched) this.choose();
  }

  private around(): Around {
    const own = this.room.me.corridors;
    const corridors = this.room.about.corridors.filter((c) => mayCoordinate(this.room.me.role) || own === null || own.includes(c.id));
    return { corridors: corridors.map((c) => ({ id: c.id, name: nameOf(c) })), now: () => this.room.clock.now };
  }

  private choose(): void {
    const around = this.around();
    this.id = newId();
    this.touched = false;
    this.fields = new Map();
    const put = (field: Field): HTMLElement => {
      const made = entered(field, around);
      this.fields.set(field.name, made);
      return made.element;
    };
    const own = this.room.me.role === "reporter"; // a reporter tells of named corridors only
    this.own.replaceChildren(...(KINDS[this.kind.value] ?? []).map((f) => put(own && f.as === "corridor" ? { ...f, needed: true } : f)));
    this.common.replaceChildren(...COMMON.map(put));
    this.fields.get("source")?.set(this.room.me.label ?? "coordination");
    if (this.room.me.role === "reporter") this.common.querySelector("[data-field='source'] input")?.toggleAttribute("readonly", true);
    this.fields.get("status")?.set("reported");
    this.fields.get("means")?.set(this.kind.value === "decision" ? "own action" : "radio");
    this.fields.get("by")?.set(["decision", "plan"].includes(this.kind.value) ? this.room.me.label ?? "coordination" : "");
    this.since();
    this.tell("", "");
  }

  /** A count over some minutes needs to say since when; a running total does not. */
  private since(): void {
    const counted = this.own.querySelector<HTMLSelectElement>("[data-field='counted'] select");
    const since = this.own.querySelector<HTMLElement>("[data-field='since']");
    if (!counted || !since) return;
    const follow = (): void => { since.hidden = counted.value !== "over"; };
    counted.addEventListener("change", follow);
    follow();
  }

  private read(): Record<string, unknown> {
    const event: Record<string, unknown> = { id: this.id, kind: this.kind.value };
    for (const [name, field] of this.fields) {
      const value = field.value();
      if (value !== undefined && !field.element.hidden) event[name] = value;
    }
    return event;
  }

  private async submit(): Promise<void> {
    for (const field of this.fields.values()) field.fault(null);
    const missing = [...this.element.querySelectorAll<HTMLInputElement>("input, select, textarea")]
      .find((input) => !input.closest("[hidden]") && !input.checkValidity());
    if (missing) {
      const name = missing.closest<HTMLElement>("[data-field]")?.dataset.field ?? "";
      this.fields.get(name)?.fault(missing.validity.valueMissing ? t("form.needed") : t("form.not_so"));
      missing.focus();
      return;
    }
    this.send.disabled = true;
    try {
      const { receipts } = await this.room.server.post<{ receipts: Receipt[] }>("/api/events", { events: [this.read()] });
      const kind = this.kind.value;
      this.choose();
      this.kind.value = kind;
      this.tell("done", t("form.recorded", { sequence: receipts[0]?.sequence ?? "" }));
      await this.room.refresh();
    } catch (error) {
      this.refused(error);
    } finally {
      this.send.disabled = false;
      this.said.focus();
    }
  }

  private refused(error: unknown): void {
    if (!(error instanceof Refused)) throw error;
    if (error.status === 0) { this.tell("bad", t("form.not_sent")); return; }
    const others: FaultTold[] = [];
    for (const fault of error.faults) {
      const name = fault.place.split(".").find((part) => this.fields.has(part));
      const field = name ? this.fields.get(name) : undefined;
      if (field) field.fault(fault.what);
      else others.push(fault);
    }
    this.tell("bad", t("form.refused"), others.map(faultWords));
  }

  private tell(look: string, words: string, more: string[] = []): void {
    this.said.className = `said ${look}`;
    this.said.replaceChildren(words, ...(more.length ? [h("ul", {}, more.map((m) => h("li", { dir: "auto" }, m)))] : []));
  }
}

export const faultWords = (fault: FaultTold): string => [fault.what, fault.remedy].filter(Boolean).join(". ");

/** Make an id as `crypto.randomUUID` does, which stands only on pages served by TLS or from this machine. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join("-");
}
