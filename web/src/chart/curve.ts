// People out by the minute, and people on the road: two charts on one clock, as SVG so that they print.

import * as Plot from "@observablehq/plot";
import { hhmm, instant, people } from "../clock";
import { CLOSED, INK, INSIDE_FULL, MOVING, OPTIMUM } from "../map/colours";
import type { Plan } from "../plan";
import { say } from "../say";
import { element, spread, text } from "./svg";

const CEILING = "#8d8676";
const NIGHT = "#e9e4d8";
const MINUTE = 60_000;
/** Room for the names at the ends of the lines. */
const LABEL_PX = 175;

interface Reading { at: number; schedule: number; optimum: number; ceiling: number; road: number }
interface Drawn { svg: SVGSVGElement; x: (at: number) => number; y: (value: number) => number; height: number }

export class Curve {
  private readonly readings: Reading[];
  private drawn: { out: Drawn; road: Drawn } | null = null;
  private minute = 0;
  private width = 0;

  constructor(
    private readonly plan: Plan,
    private readonly outBox: HTMLElement,
    private readonly roadBox: HTMLElement,
    onMinute: (minute: number) => void,
  ) {
    const start = instant(plan.window.usable.start);
    this.readings = plan.schedule.cumulative.map((schedule, m) => ({
      at: start + m * MINUTE,
      schedule,
      optimum: plan.optimum.cumulative[m] ?? 0,
      ceiling: plan.ceiling.cumulative[m] ?? 0,
      road: plan.schedule.on_the_road[m] ?? 0,
    }));
    new ResizeObserver(() => { if (!matchMedia("print").matches) this.draw(); }).observe(outBox);
    this.draw();
    for (const box of [outBox, roadBox])
      box.addEventListener("click", (event) => {
        const svg = box.querySelector("svg");
        if (!this.drawn || !svg) return;
        const [low, high] = this.domain();
        const { left, width } = this.inner();
        const frame = svg.getBoundingClientRect();
        const inside = ((event.clientX - frame.left) / frame.width) * this.width - left;
        const at = low + (inside / width) * (high - low);
        onMinute(Math.round((at - start) / MINUTE));
      });
  }

  /** Move the cursor of both charts. */
  at(minute: number): void {
    this.minute = minute;
    const reading = this.readings[Math.min(minute, this.readings.length - 1)];
    if (!this.drawn || !reading) return;
    const dots: [number, string][] = [[reading.ceiling, CEILING], [reading.optimum, OPTIMUM], [reading.schedule, MOVING]];
    this.cursor(this.drawn.out, reading.at, dots, hhmm(reading.at));
    this.cursor(this.drawn.road, reading.at, [[reading.road, INSIDE_FULL]], "");
  }

  private domain(): [number, number] {
    const { announced, usable } = this.plan.window;
    return [
      Math.min(instant(announced.start), instant(usable.start)),
      Math.max(instant(announced.end), instant(usable.end)),
    ];
  }

  private inner(): { left: number; right: number; width: number; narrow: boolean } {
    const narrow = this.width < 560;
    const left = narrow ? 48 : 56;
    const [low, high] = this.domain();
    const after = (high - instant(this.plan.window.usable.end)) / (high - low);
    const right = narrow ? 14 : Math.max(24, LABEL_PX - after * (this.width - left - 24));
    return { left, right, width: this.width - left - right, narrow };
  }

  /** Draw both charts anew where their width has changed. */
  draw(width = Math.round(this.outBox.clientWidth), tall = 380): void {
    if (width < 60 || width === this.width) return;
    this.width = width;
    const top = Math.max(1, this.plan.ceiling.total.high, this.plan.ceiling.total.best) * 1.06;
    const busiest = Math.max(1, ...this.readings.map((r) => r.road)) * 1.1;
    const { narrow } = this.inner();
    const out = this.figure(narrow ? 300 : tall, top, this.outMarks(top), say("People past the crossings by the minute; the same numbers stand in {file}", { file: "curve.csv" }));
    const road = this.figure(narrow ? 110 : 130, busiest, [
      Plot.areaY(this.readings, { x: "at", y: "road", fill: INSIDE_FULL, fillOpacity: 0.35, curve: "step-after" }),
      Plot.lineY(this.readings, { x: "at", y: "road", stroke: INSIDE_FULL, strokeWidth: 1.5, curve: "step-after" }),
    ], say("People on the road by the minute; the same numbers stand in {file}", { file: "curve.csv" }));
    this.outBox.replaceChildren(out.svg);
    this.roadBox.replaceChildren(road.svg);
    this.drawn = { out, road };
    this.label(out);
    this.at(this.minute);
  }

  private figure(height: number, top: number, marks: Plot.Markish[], label: string): Drawn {
    const { left, right, narrow } = this.inner();
    const svg = Plot.plot({
      width: this.width, height, marginLeft: left, marginRight: right, marginTop: 26, marginBottom: 26,
      style: { fontFamily: "inherit", fontSize: "12px", background: "transparent", overflow: "visible" },
      x: { type: "utc", domain: this.domain(), label: null },
      y: { domain: [0, top], label: null },
      marks: [
        Plot.rect(this.plan.window.cuts, {
          x1: (c: { from: string }) => instant(c.from), x2: (c: { until: string }) => instant(c.until),
          y1: 0, y2: top, fill: NIGHT,
        }),
        Plot.gridY({ stroke: INK, strokeOpacity: 0.08, ticks: narrow ? 4 : 6 }),
        Plot.axisY({ tickSize: 0, ticks: height < 200 ? 3 : 6, tickFormat: people, fill: "#555" }),
        Plot.axisX({
          tickSize: 4, ticks: narrow ? "2 hours" : "1 hour", fill: "#555",
          tickFormat: (at: Date) => hhmm(at.getTime()),
        }),
        ...marks,
        Plot.ruleY([0], { stroke: INK, strokeOpacity: 0.5 }),
      ],
    }) as SVGSVGElement & { scale(name: string): { apply(value: number): number } };
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
    const x = svg.scale("x");
    const y = svg.scale("y");
    return { svg, height, x: (at) => x.apply(at), y: (value) => y.apply(value) };
  }

  private outMarks(top: number): Plot.Markish[] {
    const { sunset, civil_dusk: dusk, usable } = this.plan.window;
    const { total } = this.plan.ceiling;
    const close = instant(usable.end);
    const worst = this.plan.schedule.worst_hour;
    const marks: Plot.Markish[] = [];
    if (worst && worst.behind > 0) {
      const hour = this.readings.filter((r) => r.at >= instant(worst.from) && r.at <= instant(worst.until));
      marks.push(Plot.areaY(hour, { x: "at", y1: "schedule", y2: "optimum", fill: OPTIMUM, fillOpacity: 0.25 }));
    }
    for (const [time, dash] of [[sunset, "4 3"], [dusk, "1 3"]] as const)
      if (time) marks.push(Plot.ruleX([instant(time)], { stroke: CLOSED, strokeDasharray: dash, y1: 0, y2: top }));
    marks.push(
      Plot.lineY(this.readings, { x: "at", y: "ceiling", stroke: CEILING, strokeWidth: 4, strokeOpacity: 0.75 }),
      Plot.areaY(this.readings, { x: "at", y: "schedule", fill: MOVING, fillOpacity: 0.13, curve: "step-after" }),
      Plot.lineY(this.readings, { x: "at", y: "optimum", stroke: OPTIMUM, strokeWidth: 1.6, strokeDasharray: "5 4" }),
      Plot.lineY(this.readings, { x: "at", y: "schedule", stroke: MOVING, strokeWidth: 2.4 }),
    );
    if (total.high > total.low)
      marks.push(
        Plot.ruleX([close], { y1: total.low, y2: total.high, stroke: CEILING, strokeWidth: 2 }),
        Plot.ruleY([total.low, total.high], {
          x1: close - 5 * MINUTE, x2: close + 5 * MINUTE, stroke: CEILING, strokeWidth: 2,
        }),
      );
    return marks;
  }

  /** Write names beside the ends of the lines, and on sunset and dusk, without overlap. */
  private label({ svg, x, y }: Drawn): void {
    const { narrow } = this.inner();
    const { sunset, civil_dusk: dusk, usable } = this.plan.window;
    for (const [time, name, anchor] of [[sunset, "sunset {time}", "end"], [dusk, "dusk {time}", "start"]] as const)
      if (time) {
        const shift = anchor === "end" ? -4 : 4;
        text(svg, x(instant(time)) + shift, 17, say(name, { time: time.slice(11, 16) }), CLOSED, anchor);
      }
    const last = this.readings.at(-1);
    if (!last || narrow) return;
    const ends: [number, string, string][] = [
      [last.ceiling, say("Ceiling {n}", { n: people(last.ceiling) }), "#6d6655"],
      [last.optimum, say("Optimum {n}", { n: people(last.optimum) }), OPTIMUM],
      [last.schedule, say("Schedule {n}", { n: people(last.schedule) }), MOVING],
    ];
    const { high, low } = this.plan.ceiling.total;
    if (high > low) {
      ends.unshift([high, say("Ceiling at most {n}", { n: people(high) }), "#6d6655"]);
      ends.push([low, say("Ceiling at least {n}", { n: people(low) }), "#6d6655"]);
    }
    const close = x(instant(usable.end)) + 10;
    spread(ends.map(([value]) => y(value)), 15).forEach((at, k) => {
      const end = ends[k];
      if (end) text(svg, close, at + 4, end[1], end[2], "start", true);
    });
  }

  private cursor({ svg, x, y, height }: Drawn, at: number, dots: [number, string][], name: string): void {
    svg.querySelector(".sp-cursor")?.remove();
    const group = element("g", { class: "sp-cursor" });
    const px = x(at);
    group.append(element("line", { x1: px, x2: px, y1: 24, y2: height - 26, stroke: INK, "stroke-width": 1.2 }));
    for (const [value, fill] of dots)
      group.append(element("circle", { cx: px, cy: y(value), r: 4.5, fill, stroke: "#fff", "stroke-width": 1.5 }));
    if (name) {
      group.append(element("rect", { x: px - 21, y: 24, width: 42, height: 18, rx: 4, fill: INK }));
      const label = element("text", { x: px, y: 37, fill: "#fff", "text-anchor": "middle", "font-weight": 600 });
      label.textContent = name;
      group.append(label);
    }
    svg.append(group);
  }
}
