// Plan, count and projection on one clock, as SVG. Drawn without a style of its own, so that a page
// may forbid all styles that stand inline.

import { CLOSED, INK, MOVING, OPTIMUM } from "../map/colours";
import { element, spread, text } from "./svg";

export interface Line { at: number[]; best: (number | null)[]; low?: (number | null)[]; high?: (number | null)[]; name: string }

export interface LiveChart {
  planned: Line | null;
  passed: Line | null;
  projection: Line | null;
  /** What the plan would be if a proposal were adopted. */
  proposed: Line | null;
  from: number; until: number;
  /** The minute that the page shows, and what stands beside it. */
  now: number; nowName: string;
  /** Hours of passage. */
  window: [number, number] | null;
  hhmm: (at: number) => string;
  count: (value: number) => string;
  label: string;
}

const HOUR = 3_600_000;
const PROPOSED = "#a6286f";
const MARGIN = { top: 20, bottom: 22, left: 46 };
const NAMES_PX = 118;

interface Frame { width: number; height: number; x: (at: number) => number; y: (value: number) => number; right: number }

const known = (values: (number | null)[] | undefined): number[] => (values ?? []).filter((v): v is number => v !== null);

/** Draw the chart into a box, as large as the box is. */
export function drawLive(box: HTMLElement, chart: LiveChart): void {
  const width = Math.round(box.clientWidth);
  const height = Math.round(box.clientHeight);
  if (width < 120 || height < 80) return;
  const lines = [chart.planned, chart.passed, chart.projection, chart.proposed].filter((l): l is Line => l !== null);
  const top = niceTop(Math.max(10, ...lines.flatMap((l) => [...known(l.best), ...known(l.high)])));
  const right = width - (width < 460 ? 14 : NAMES_PX);
  const frame: Frame = {
    width, height, right,
    x: (at) => MARGIN.left + ((at - chart.from) / (chart.until - chart.from)) * (right - MARGIN.left),
    y: (value) => height - MARGIN.bottom - (value / top) * (height - MARGIN.top - MARGIN.bottom),
  };
  const svg = element("svg", {
    viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": chart.label, "font-size": 12, direction: "ltr",
  }) as SVGSVGElement;
  grid(svg, frame, chart, top);
  if (chart.projection) band(svg, frame, chart.projection, MOVING, 0.13);
  if (chart.passed) band(svg, frame, chart.passed, MOVING, 0.26);
  line(svg, frame, chart.planned, { stroke: OPTIMUM, "stroke-width": 1.8, "stroke-dasharray": "6 4" });
  line(svg, frame, chart.proposed, { stroke: PROPOSED, "stroke-width": 2, "stroke-dasharray": "10 3" });
  line(svg, frame, chart.projection, { stroke: MOVING, "stroke-width": 1.8, "stroke-dasharray": "2 3" });
  line(svg, frame, chart.passed, { stroke: MOVING, "stroke-width": 2.6 });
  cursor(svg, frame, chart);
  if (right < width - 20) names(svg, frame, chart);
  box.replaceChildren(svg);
}

function niceTop(most: number): number {
  const step = 10 ** Math.floor(Math.log10(most));
  const steps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10].map((k) => k * step);
  return steps.find((s) => s >= most * 1.04) ?? most * 1.1;
}

function grid(svg: SVGSVGElement, { width, height, x, y, right }: Frame, chart: LiveChart, top: number): void {
  const bottom = height - MARGIN.bottom;
  if (chart.window) {
    const [start, end] = chart.window.map((at) => Math.min(right, Math.max(MARGIN.left, x(at)))) as [number, number];
    for (const [a, b] of [[MARGIN.left, start], [end, right]] as const)
      if (b > a) svg.append(element("rect", { x: a, y: MARGIN.top, width: b - a, height: bottom - MARGIN.top, fill: "#eeeae1" }));
  }
  const parts = height < 190 ? 2 : 4;
  for (let k = 0; k <= parts; k++) {
    const value = (top * k) / parts;
    svg.append(element("line", { x1: MARGIN.left, x2: right, y1: y(value), y2: y(value), stroke: INK, "stroke-opacity": k ? 0.1 : 0.5 }));
    label(svg, MARGIN.left - 6, y(value) + 4, chart.count(value), "end");
  }
  const every = (chart.until - chart.from) / HOUR > (width < 460 ? 5 : 9) ? 2 : 1;
  for (let at = Math.ceil(chart.from / HOUR) * HOUR; at <= chart.until; at += HOUR) {
    if (Number(chart.hhmm(at).slice(0, 2)) % every) continue;
    svg.append(element("line", { x1: x(at), x2: x(at), y1: bottom, y2: bottom + 4, stroke: CLOSED }));
    label(svg, x(at), height - 6, chart.hhmm(at), "middle");
  }
}

function label(svg: SVGSVGElement, x: number, y: number, words: string, anchor: string): void {
  const made = element("text", { x, y, fill: "#555", "text-anchor": anchor });
  made.textContent = words;
  svg.append(made);
}

function path(frame: Frame, at: number[], values: (number | null)[]): string {
  let pen = "M";
  return at.map((moment, k) => {
    const value = values[k];
    if (value === null || value === undefined) { pen = "M"; return ""; }
    const step = `${pen}${frame.x(moment).toFixed(1)} ${frame.y(value).toFixed(1)}`;
    pen = "L";
    return step;
  }).join("");
}

function line(svg: SVGSVGElement, frame: Frame, drawn: Line | null, look: Record<string, string | number>): void {
  if (!drawn) return;
  const d = path(frame, drawn.at, drawn.best);
  if (d) svg.append(element("path", { d, fill: "none", "stroke-linejoin": "round", ...look }));
}

function band(svg: SVGSVGElement, frame: Frame, { at, low, high }: Line, fill: string, opacity: number): void {
  if (!low || !high) return;
  const whole = at.map((_, k) => k).filter((k) => low[k] !== null && low[k] !== undefined && high[k] !== null && high[k] !== undefined);
  if (whole.length < 2) return;
  const points = [...whole.map((k) => [at[k], high[k]]), ...whole.reverse().map((k) => [at[k], low[k]])] as [number, number][];
  svg.append(element("path", {
    d: `${points.map(([a, v], k) => `${k ? "L" : "M"}${frame.x(a).toFixed(1)} ${frame.y(v).toFixed(1)}`).join("")}Z`,
    fill, "fill-opacity": opacity,
  }));
}

function cursor(svg: SVGSVGElement, { height, x, right }: Frame, { now, nowName }: LiveChart): void {
  const px = x(now);
  if (px < MARGIN.left || px > right) return;
  svg.append(element("line", { x1: px, x2: px, y1: MARGIN.top, y2: height - MARGIN.bottom, stroke: INK, "stroke-width": 1.2 }));
  const width = 12 + nowName.length * 6.6;
  const left = Math.min(Math.max(px - width / 2, MARGIN.left), right - width / 2);
  svg.append(element("rect", { x: left, y: 2, width, height: 17, rx: 4, fill: INK }));
  const words = element("text", { x: left + width / 2, y: 14.5, fill: "#fff", "text-anchor": "middle", "font-weight": 600 });
  words.textContent = nowName;
  svg.append(words);
}

function names(svg: SVGSVGElement, frame: Frame, chart: LiveChart): void {
  const ends: [number, number, string, string][] = [];
  const add = (drawn: Line | null, colour: string): void => {
    const last = drawn ? drawn.best.reduce<number>((found, v, k) => (v === null ? found : k), -1) : -1;
    const value = drawn?.best[last];
    if (drawn && value !== null && value !== undefined)
      ends.push([frame.x(drawn.at[last] ?? chart.until), frame.y(value), `${drawn.name} ${chart.count(value)}`, colour]);
  };
  add(chart.planned, OPTIMUM);
  add(chart.proposed, PROPOSED);
  add(chart.projection, "#185a92");
  if (!chart.projection) add(chart.passed, "#185a92");
  spread(ends.map(([, y]) => y), 15).forEach((y, k) => {
    const end = ends[k];
    if (end) text(svg, frame.right + 7, Math.max(14, y + 4), end[2], end[3], "start", true);
  });
}
