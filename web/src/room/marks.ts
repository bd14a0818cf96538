// Small pictures that say by their shape what they say by their colour.

import { element } from "../chart/svg";
import { INK, LIMIT, MOVING, NOT_CLEARED, OPTIMUM } from "../map/colours";
import { STATE_SHAPES } from "../map/icons";
import type { People, State } from "./types";

/** Draw a corridor's state with its letter, as on the map. */
export function stateMark(state: State, tag: string, size = 26): SVGElement {
  const { path, fill, stroke, dash } = STATE_SHAPES[state];
  const svg = element("svg", { viewBox: "-3 -3 70 70", width: size, height: size, "aria-hidden": "true" });
  svg.append(element("path", {
    d: path, fill, stroke: state === "unknown" ? stroke : fill, "stroke-width": 4.5,
    ...(dash ? { "stroke-dasharray": dash.join(" ") } : {}),
  }));
  if (state === "closed") svg.append(element("path", { d: "M14 15.5H50M14 48.5H50", stroke: "#fff", "stroke-width": 4 }));
  const letter = element("text", {
    x: 32, y: 42, "text-anchor": "middle", "font-size": 28, "font-weight": 700, fill: state === "unknown" ? INK : "#fff",
  });
  letter.textContent = tag;
  svg.append(letter);
  return svg;
}

/** Draw a count with its low and high against the plan, as a bullet: bar, whisker and tick. */
export function bullet(passed: People | null, planned: number | null, most: number): SVGElement {
  const [width, height] = [80, 12];
  const svg = element("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true", class: "bullet" });
  const x = (value: number): number => 1 + (Math.min(value, most) / Math.max(1, most)) * (width - 3);
  svg.append(element("rect", { x: 1, y: 4, width: width - 2, height: 5, fill: "#e8e3d8" }));
  if (passed) {
    svg.append(element("rect", { x: 1, y: 3, width: Math.max(0, x(passed.best ?? passed.low) - 1), height: 7, fill: MOVING }));
    const [low, high] = [x(passed.low), x(passed.high)];
    if (high > low)
      svg.append(element("path", { d: `M${low} 6.5H${high}M${low} 4V9M${high} 4V9`, stroke: INK, "stroke-width": 1.2 }));
  }
  if (planned !== null) svg.append(element("rect", { x: x(planned) - 1, y: 0, width: 2.4, height: 12, fill: OPTIMUM }));
  return svg;
}

export function alarmMark(level: "warning" | "alarm"): SVGElement {
  const svg = element("svg", { viewBox: "0 0 24 24", width: 20, height: 20, "aria-hidden": "true" });
  const alarm = level === "alarm";
  svg.append(element("path", {
    d: alarm ? "M8 2h8l6 6v8l-6 6H8l-6-6V8z" : "M12 2.5L22.5 21.5H1.5z", fill: alarm ? LIMIT : NOT_CLEARED,
  }));
  svg.append(element("path", { d: alarm ? "M12 6.5v7M12 16.5v1.6" : "M12 9v6M12 17.4v1.6", stroke: "#fff", "stroke-width": 2.2 }));
  return svg;
}
