// The status board: a row for each corridor, with its state, its age, its source, and its counts.

import { count, language, t, term, translated } from "../words/words";
import { type Child, h, quoted, refill } from "./dom";
import { bullet, stateMark } from "./marks";
import { type Room, age, asOf, nameOf, shown, tags, when } from "./state";
import { hhmm } from "./time";
import type { Counter, CorridorNow, People } from "./types";

/** A state older than this is old enough to be asked for again; the situation's alarm says the same. */
const OLD_MIN = 30;

/** Names that say themselves whom a corridor is for. */
export const ARMED = /armed|مسلح/i;

export const figure = (value: number | null | undefined): string => (value === null || value === undefined ? "–" : count(value));

export const range = (people: People): string =>
  people.low === people.high || people.best === null ? "" : `${count(people.low)}–${count(people.high)}`;

/** Write the best figure of a count; few are told as few. */
export const bestOf = (people: People | null | undefined): string =>
  !people ? "–" : people.best === null ? t("people.few", { n: people.high + 1 }) : count(people.best);

/** Write a count as its best figure with low and high beside it. */
export function peopleCell(people: People | null | undefined): Child[] {
  if (!people) return [h("span", { class: "none" }, "–")];
  return [h("b", {}, bestOf(people)), range(people) && h("small", {}, range(people))];
}

type Column = "out" | "plan" | "flow" | "set_out";

/** Tell which numbers one may see at all: for the public none by corridor, for reporters no plan. */
function columnsOf(corridors: CorridorNow[]): Column[] {
  const told: Record<Column, (c: CorridorNow) => unknown> = {
    out: (c) => c.passed, plan: (c) => c.planned, flow: (c) => c.flow_per_min?.last_15, set_out: (c) => c.last_safe_departure,
  };
  return (Object.keys(told) as Column[]).filter((column) => corridors.some((c) => told[column](c) !== undefined));
}

export class Board {
  readonly element: HTMLElement;
  private readonly head = h("thead");
  private readonly body = h("tbody");
  private columns: readonly Column[] = [];
  private readonly rest = h("div", { class: "not-located" });
  private readonly open = new Set<string>();

  constructor(private readonly room: Room) {
    this.element = h("div", { class: "board scroll", tabindex: 0, role: "region", "aria-label": t("board.title") },
      h("table", { "data-test": "board" },
        h("caption", { class: "hidden" }, t("board.caption")),
        this.head, this.body),
      this.rest);
  }

  show(): void {
    const situation = shown(this.room);
    if (!situation) return;
    const letters = tags(this.room);
    const most = Math.max(1, ...situation.corridors.flatMap((c) => [c.planned ?? 0, c.passed?.high ?? 0]));
    this.columns = columnsOf(situation.corridors.filter((c) => c.users === "civilian"));
    refill(this.head, h("tr", {}, h("th", { scope: "col" }, t("board.corridor")), h("th", { scope: "col" }, t("board.state")),
      this.columns.map((name) => h("th", { scope: "col", class: "number" }, t(`board.${name}`)))));
    const listed = situation.corridors.filter((c) => c.located || c.passed || c.state !== "unknown");
    refill(this.body, listed.flatMap((corridor) => this.rows(corridor, letters.get(corridor.id) ?? "", most)));
    const missing = situation.corridors.filter((c) => !listed.includes(c));
    refill(this.rest,
      missing.length > 0 && h("p", {}, t("board.not_located", { n: missing.length, names: missing.map(nameOf).join(t("list.comma")) })),
      (situation.uncounted_remarks ?? []).map(({ text, text_ar: ar }) => h("p", {}, inWords(text, ar, (name) => this.named(name)))));
  }

  private rows(corridor: CorridorNow, tag: string, most: number): HTMLElement[] {
    const opened = this.open.has(corridor.id);
    const civilian = corridor.users === "civilian";
    const toggle = h("button", {
      type: "button", class: "row-name", "aria-expanded": String(opened), "data-key": `row-${corridor.id}`,
      onclick: () => { this.toggle(corridor.id); },
    }, nameOf(corridor));
    const row = h("tr", { "data-corridor": corridor.id, "data-state": corridor.state, class: opened ? "opened" : "" },
      h("th", { scope: "row" }, toggle, !civilian && !ARMED.test(nameOf(corridor)) && h("small", {}, t("board.armed"))),
      h("td", {}, this.state(corridor, tag)),
      civilian
        ? this.columns.map((column) => h("td", { class: `number ${column}` }, numbers(column, corridor, most)))
        : this.columns.length > 0 && h("td", { colspan: this.columns.length, class: "soft" }, t("board.not_counted")));
    return opened ? [row, h("tr", { class: "detail" }, h("td", { colspan: 2 + this.columns.length }, this.detail(corridor)))] : [row];
  }

  private named(name: string): string {
    const found = this.room.about.corridors.find((c) => c.name === name);
    return found ? nameOf(found) : name;
  }

  private toggle(id: string): void {
    if (!this.open.delete(id)) this.open.add(id);
    this.show();
  }

  private state(corridor: CorridorNow, tag: string): Child[] {
    const { state, state_known_at: known } = corridor;
    const now = asOf(this.room);
    const old = this.room.me.role !== "public" && !!known && now - Date.parse(known) > OLD_MIN * 60_000;
    return [h("div", { class: "state" }, stateMark(state, tag),
      h("span", {}, h("b", {}, term("state", state)),
        (corridor.disputed?.length ?? 0) > 0 && h("span", { class: "chip disputed" }, t("board.disputed")),
        h("small", { class: old ? "old" : "" }, known ? age(this.room, known) : t("board.never_known")),
        corridor.state_source ? h("small", { title: corridor.state_source, dir: "ltr" }, corridor.state_source) : null))];
  }

  private detail(c: CorridorNow): HTMLElement {
    const facts: [string, Child | Child[]][] = [];
    const add = (name: string, ...value: Child[]): void => { facts.push([name, value]); };
    if (c.state_since)
      add(t("board.since"), when(this.room, c.state_since), c.state_by && t("board.by", { by: c.state_by }),
        c.state_status && ` · ${term("status", c.state_status)}`);
    for (const other of c.disputed ?? [])
      add(t("board.others_say"),
        [term("state", other.state), other.known_at && hhmm(other.known_at), term("status", other.status)].filter(Boolean).join(" · "),
        other.source && " · ", other.source && quoted(other.source));
    if (c.test_movement) add(t("board.test_movement"), `${term("result", c.test_movement.result)} · ${hhmm(c.test_movement.at)}`);
    if (c.carrying && c.carrying !== "not known") add(t("board.carrying"), term("carrying", c.carrying));
    for (const [stage, people] of Object.entries(c.stages ?? {}))
      if (people) add(term("stage", stage), bestOf(people), range(people) ? ` (${range(people)})` : "");
    return h("div", { class: "detail-box" },
      facts.length > 0 && h("dl", { class: "facts" }, facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
      this.counters(c), this.hours(c));
  }

  private counters(c: CorridorNow): Child {
    if (!c.counters) return null;
    if (!c.counters.length) return c.users === "civilian" && h("p", { class: "soft" }, t("board.no_counters"));
    return h("div", {},
      h("h3", {}, t("board.counters")),
      h("table", { class: "small" },
        h("thead", {}, h("tr", {}, (["source", "means", "status", "until", "people"] as const)
          .map((name) => h("th", { scope: "col" }, t(`counter.${name}`))))),
        h("tbody", {}, c.counters.map(counterRow))),
      c.rule && h("p", { class: "soft" }, h("b", {}, t("board.rule")), " ", inWords(c.rule, c.rule_ar)));
  }

  private hours(c: CorridorNow): Child {
    if (!c.by_hour?.length) return null;
    return h("div", {}, h("h3", {}, t("board.by_hour")),
      h("table", { class: "small" },
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("board.hour")), h("th", { scope: "col", class: "number" }, t("board.out")),
          h("th", { scope: "col", class: "number" }, t("board.plan")))),
        h("tbody", {}, c.by_hour.map((hour) => h("tr", {}, h("th", { scope: "row" }, `${hhmm(hour.from)}–${hhmm(hour.until)}`),
          h("td", { class: "number" }, peopleCell(hour.passed)), h("td", { class: "number" }, figure(hour.planned)))))),
      c.uncounted && c.uncounted.minutes > 0 && h("p", { class: "soft", "data-test": "uncounted" },
        t("board.uncounted", { n: c.uncounted.minutes, high: count(c.uncounted.high) })));
  }
}

function numbers(column: Column, corridor: CorridorNow, most: number): Child[] {
  const { passed, planned, flow_per_min: flow, last_safe_departure: last } = corridor;
  switch (column) {
    case "out": return [...peopleCell(passed), bullet(passed ?? null, planned ?? null, most)];
    case "plan": return [figure(planned)];
    case "flow": return [typeof flow?.last_15 === "number" ? flow.last_15.toFixed(1) : "–",
      typeof flow?.planned === "number" && h("small", {}, t("board.flow_planned", { planned: flow.planned.toFixed(1) }))];
    case "set_out": return [last && corridor.state !== "closed" ? hhmm(last) : "–"];
  }
}

function counterRow(counter: Counter): HTMLElement {
  return h("tr", {},
    h("th", { scope: "row" }, counter.source ? quoted(counter.source) : "–"), h("td", {}, term("means", counter.means)),
    h("td", {}, h("span", { class: `chip status-${counter.status}` }, term("status", counter.status))),
    h("td", {}, counter.until ? hhmm(counter.until) : "–"),
    h("td", { class: "number" }, peopleCell(counter.people)));
}

/** Say words of the server's in the page's language where it has them, and mark them where it has not. */
export function inWords(english: string, arabic?: string, named?: (name: string) => string): HTMLElement {
  if (language() === "en") return h("span", {}, english);
  const known = arabic ?? translated(english, named);
  return known ? h("span", {}, known) : h("span", { lang: "en", dir: "ltr" }, english);
}
