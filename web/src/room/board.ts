// The status board: a row for each corridor, with its state, its age, its source, and its counts.

import { count, t, term } from "../words/words";
import { type Child, h, quoted, refill } from "./dom";
import { bullet, stateMark } from "./marks";
import { type Room, asOf, nameOf, shown, tags } from "./state";
import { ago, hhmm } from "./time";
import type { Counter, CorridorNow, People } from "./types";

/** A state older than this is old enough to be asked for again; the situation's alarm says the same. */
const OLD_MIN = 30;

export const figure = (value: number | null | undefined): string => (value === null || value === undefined ? "–" : count(value));

export const range = (people: People): string =>
  people.low === people.high ? "" : `${count(people.low)}–${count(people.high)}`;

/** Write a count as its best figure with low and high beside it. */
export function peopleCell(people: People | null | undefined): Child[] {
  if (!people) return [h("span", { class: "none" }, "–")];
  return [h("b", {}, count(people.best)), range(people) && h("small", {}, range(people))];
}

export class Board {
  readonly element: HTMLElement;
  private readonly body = h("tbody");
  private readonly rest = h("p", { class: "not-located" });
  private readonly open = new Set<string>();

  constructor(private readonly room: Room) {
    const head = ["corridor", "state", "out", "plan", "flow", "set_out"] as const;
    this.element = h("div", { class: "board scroll", tabindex: 0, role: "region", "aria-label": t("board.title") },
      h("table", { "data-test": "board" },
        h("caption", { class: "hidden" }, t("board.caption")),
        h("thead", {}, h("tr", {}, head.map((name) => h("th", { scope: "col", class: name === "corridor" || name === "state" ? "" : "number" },
          t(`board.${name}`))))),
        this.body),
      this.rest);
  }

  show(): void {
    const situation = shown(this.room);
    if (!situation) return;
    const letters = tags(this.room);
    const most = Math.max(1, ...situation.corridors.flatMap((c) => [c.planned ?? 0, c.passed?.high ?? 0]));
    const listed = situation.corridors.filter((c) => c.located || c.passed || c.state !== "unknown");
    refill(this.body, listed.flatMap((corridor) => this.rows(corridor, letters.get(corridor.id) ?? "", most)));
    const missing = situation.corridors.filter((c) => !listed.includes(c));
    refill(this.rest, missing.length > 0 && t("board.not_located", { n: missing.length, names: missing.map(nameOf).join(t("list.comma")) }));
  }

  private rows(corridor: CorridorNow, tag: string, most: number): HTMLElement[] {
    const opened = this.open.has(corridor.id);
    const civilian = corridor.users === "civilian";
    const toggle = h("button", {
      type: "button", class: "row-name", "aria-expanded": String(opened), "data-key": `row-${corridor.id}`,
      onclick: () => { this.toggle(corridor.id); },
    }, nameOf(corridor));
    const flow = corridor.flow_per_min;
    const row = h("tr", { "data-corridor": corridor.id, "data-state": corridor.state, class: opened ? "opened" : "" },
      h("th", { scope: "row" }, toggle, !civilian && h("small", {}, t("board.armed"))),
      h("td", {}, this.state(corridor, tag)),
      civilian
        ? [
          h("td", { class: "number out" }, peopleCell(corridor.passed), bullet(corridor.passed, corridor.planned, most)),
          h("td", { class: "number" }, figure(corridor.planned)),
          h("td", { class: "number" }, flow?.last_15 === null || !flow ? "–" : flow.last_15.toFixed(1),
            flow?.planned !== null && flow?.planned !== undefined && h("small", {}, t("board.flow_planned", { planned: flow.planned.toFixed(1) }))),
          h("td", { class: "number" }, corridor.last_safe_departure ? hhmm(corridor.last_safe_departure) : "–"),
        ]
        : h("td", { colspan: 4, class: "soft" }, t("board.not_counted")));
    return opened ? [row, h("tr", { class: "detail" }, h("td", { colspan: 6 }, this.detail(corridor)))] : [row];
  }

  private toggle(id: string): void {
    if (!this.open.delete(id)) this.open.add(id);
    this.show();
  }

  private state(corridor: CorridorNow, tag: string): Child[] {
    const { state, state_known_at: known } = corridor;
    const now = asOf(this.room);
    const old = known !== null && now - Date.parse(known) > OLD_MIN * 60_000;
    return [h("div", { class: "state" }, stateMark(state, tag),
      h("span", {}, h("b", {}, term("state", state)),
        h("small", { class: old ? "old" : "" }, known ? ago(known, now) : t("board.never_known"),
          corridor.state_source ? [" · ", quoted(corridor.state_source)] : null)),
      (corridor.disputed?.length ?? 0) > 0 && h("span", { class: "chip disputed" }, t("board.disputed")))];
  }

  private detail(c: CorridorNow): HTMLElement {
    const facts: [string, Child | Child[]][] = [];
    const add = (name: string, ...value: Child[]): void => { facts.push([name, value]); };
    if (c.state_since)
      add(t("board.since"), hhmm(c.state_since), c.state_by ? t("board.by", { by: c.state_by }) : "", c.state_status ? ` · ${term("status", c.state_status)}` : "");
    for (const other of c.disputed ?? [])
      add(t("board.others_say"), `${term("state", other.state)} · ${hhmm(other.known_at)} · ${term("status", other.status)}`, other.source && " · ", other.source && quoted(other.source));
    if (c.test_movement) add(t("board.test_movement"), `${term("result", c.test_movement.result)} · ${hhmm(c.test_movement.at)}`);
    if (c.carrying && c.carrying !== "not known") add(t("board.carrying"), term("carrying", c.carrying));
    for (const [stage, people] of Object.entries(c.stages ?? {}))
      if (people) add(term("stage", stage), count(people.best), range(people) ? ` (${range(people)})` : "");
    return h("div", { class: "detail-box" },
      facts.length > 0 && h("dl", { class: "facts" }, facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
      this.counters(c), this.hours(c));
  }

  private counters(c: CorridorNow): Child {
    if (!c.counters?.length) return c.users === "civilian" && h("p", { class: "soft" }, t("board.no_counters"));
    return h("div", {},
      h("h3", {}, t("board.counters")),
      h("table", { class: "small" },
        h("thead", {}, h("tr", {}, (["source", "means", "status", "until", "people"] as const).map((name) => h("th", { scope: "col" }, t(`counter.${name}`))))),
        h("tbody", {}, c.counters.map(counterRow))),
      c.rule && h("p", { class: "soft" }, h("b", {}, t("board.rule")), " ", rule(c)));
  }

  private hours(c: CorridorNow): Child {
    if (!c.by_hour?.length) return null;
    return h("div", {}, h("h3", {}, t("board.by_hour")),
      h("table", { class: "small" },
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("board.hour")), h("th", { scope: "col", class: "number" }, t("board.out")),
          h("th", { scope: "col", class: "number" }, t("board.plan")))),
        h("tbody", {}, c.by_hour.map((hour) => h("tr", {}, h("th", { scope: "row" }, `${hhmm(hour.from)}–${hhmm(hour.until)}`),
          h("td", { class: "number" }, peopleCell(hour.passed)), h("td", { class: "number" }, figure(hour.planned)))))));
  }
}

function counterRow(counter: Counter): HTMLElement {
  return h("tr", {},
    h("th", { scope: "row" }, counter.source ? quoted(counter.source) : "–"), h("td", {}, term("means", counter.means)),
    h("td", {}, h("span", { class: `chip status-${counter.status}` }, term("status", counter.status))),
    h("td", {}, counter.until ? hhmm(counter.until) : "–"),
    h("td", { class: "number" }, peopleCell(counter.people)));
}

const rule = (c: CorridorNow): HTMLElement => (document.documentElement.lang === "ar" && c.rule_ar
  ? h("span", {}, c.rule_ar) : h("span", { lang: "en", dir: "ltr" }, c.rule));
