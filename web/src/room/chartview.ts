// Plan, count and projection: what the chart is given.

import { type Line, drawLive } from "../chart/live";
import { count, t } from "../words/words";
import { inWords } from "./board";
import { spokenPeople } from "./feed";
import { h } from "./dom";
import { type Room, asOf, shown } from "./state";
import { MINUTE, hhmm, instant } from "./time";
import type { Curve, Situation } from "./types";

const MARGIN_MIN = 10;

export interface Proposed { from: number; cumulative: number[] }

export class ChartView {
  readonly element: HTMLElement;
  private readonly box = h("div", { class: "chart-box", "data-test": "curve" });
  private readonly rule = h("p", { class: "soft" });
  private readonly how = h("details", { class: "chart-rule" }, h("summary", {}, t("chart.how")), this.rule);
  private proposed: Proposed | null = null;

  constructor(private readonly room: Room) {
    this.element = h("section", { class: "pane chart-pane", "aria-label": t("chart.title") },
      h("header", {}, h("h2", {}, t("chart.title")),
        h("ul", { class: "chart-key" }, (["plan", "actual", "projection"] as const)
          .map((name) => h("li", { class: `key-${name}` }, t(`chart.${name}`))))),
      this.box, this.how);
    new ResizeObserver(() => { this.show(); }).observe(this.box);
  }

  propose(proposed: Proposed | null): void {
    this.proposed = proposed;
    this.show();
  }

  show(): void {
    const situation = shown(this.room);
    const curve = situation?.curve;
    this.element.hidden = situation !== null && curve === undefined; // the public is shown none
    if (!situation || !curve) {
      this.box.replaceChildren(h("p", { class: "soft" }, t("chart.none")));
      return;
    }
    const now = asOf(this.room);
    const planned = series(curve.start, curve.step_min, curve.planned ?? [], t("chart.plan"));
    const { low, best, high } = curve.passed;
    const passed: Line = { ...series(curve.start, curve.step_min, best, t("chart.actual")), low, high };
    const proposed = this.room.at === null ? this.proposed : null;
    const window = (situation.window && [instant(situation.window.start), instant(situation.window.end)]) as [number, number] | null;
    const last = Math.max(planned.at.at(-1) ?? 0, passed.at.at(-1) ?? 0);
    drawLive(this.box, {
      planned: curve.planned ? planned : null, passed,
      projection: projectionOf(curve),
      proposed: proposed && series(proposed.from, 1, proposed.cumulative, t("chart.proposed")),
      from: Math.min(window?.[0] ?? Infinity, instant(curve.start)), until: Math.max(window?.[1] ?? 0, last) + MARGIN_MIN * MINUTE,
      now, nowName: this.room.at === null ? hhmm(now) : t("chart.as_known", { time: hhmm(now) }),
      window, hhmm, count, label: said(situation, curve),
    });
    this.how.hidden = !curve.projection_rule;
    if (curve.projection_rule) this.rule.replaceChildren(inWords(curve.projection_rule, curve.projection_rule_ar));
  }
}

function series(start: string | number, step: number, best: (number | null)[], name: string): Line {
  const first = instant(start);
  return { at: best.map((_, k) => first + k * step * MINUTE), best, name };
}

function projectionOf({ projection, step_min }: Curve): Line | null {
  if (!projection || projection.best.length < 2) return null;
  return { ...series(projection.from, step_min, projection.best, t("chart.projection")), low: projection.low, high: projection.high };
}

/** Say the chart in one sentence; the board's table holds the numbers. */
function said(situation: Situation, { projection }: Curve): string {
  const end = (values: number[] | undefined): string => count(values?.at(-1) ?? 0);
  return [
    t("chart.title"),
    situation.people_out && t("chart.said_out", { out: spokenPeople(situation.people_out) }),
    projection && t("chart.said_projection", { best: end(projection.best), low: end(projection.low), high: end(projection.high) }),
  ].filter(Boolean).join(". ");
}
