import type { Map as GlMap } from "maplibre-gl";
import { CLOSED, LIMIT, MOVING, NOT_CLEARED } from "./colours";

export type CrossingState = "open" | "closed" | "restricted" | "unknown";

/** The shape of each state, on a field of 64 by 64: told apart without any colour. */
export const STATE_SHAPES: Record<CrossingState, { path: string; fill: string; stroke: string; dash?: number[] }> = {
  open: { path: "M32 5a27 27 0 1 1 0 54a27 27 0 1 1 0-54z", fill: MOVING, stroke: "#ffffff" },
  restricted: { path: "M32 1L63 32L32 63L1 32z", fill: NOT_CLEARED, stroke: "#ffffff" },
  closed: { path: "M7 7h50v50h-50z", fill: LIMIT, stroke: "#ffffff" },
  unknown: { path: "M32 6a26 26 0 1 1 0 52a26 26 0 1 1 0-52z", fill: "#ffffff", stroke: CLOSED, dash: [8.2, 5.4] },
};

/** Width of a crossing's icon at size 1, in CSS pixels. */
export const ICON_PX = 64;
const RATIO = 2;

function drawn(size: number, draw: (pen: CanvasRenderingContext2D) => void): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = size;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  if (!pen) throw new Error("This browser draws no pictures.");
  draw(pen);
  return pen.getImageData(0, 0, size, size);
}

function ring(colour: string, dashed: boolean): ImageData {
  const size = ICON_PX * RATIO;
  const width = size / 9;
  return drawn(size, (pen) => {
    const radius = size / 2 - width;
    pen.beginPath();
    pen.arc(size / 2, size / 2, radius, 0, 2 * Math.PI);
    pen.fillStyle = dashed ? "rgba(255,255,255,0.82)" : colour;
    pen.fill();
    if (dashed) pen.setLineDash([(2 * Math.PI * radius) / 20, (2 * Math.PI * radius) / 28]);
    pen.lineWidth = width;
    pen.strokeStyle = dashed ? colour : "#ffffff";
    pen.stroke();
  });
}

const STRIPE = 12;

function stripes(pen: CanvasRenderingContext2D, size: number): void {
  pen.strokeStyle = CLOSED;
  pen.lineWidth = 2.4;
  for (let shift = -size; shift <= size; shift += STRIPE) {
    pen.beginPath();
    pen.moveTo(shift - 2, size + 2);
    pen.lineTo(shift + size + 2, -2);
    pen.stroke();
  }
}

const hatch = (): ImageData => drawn(STRIPE, (pen) => { pen.globalAlpha = 0.75; stripes(pen, STRIPE); });

/** Mark a closed place at any zoom, however small its area is on the screen. */
function closedMark(): ImageData {
  const size = 26 * RATIO;
  const round = new Path2D();
  round.arc(size / 2, size / 2, size / 2 - 3, 0, 2 * Math.PI);
  return drawn(size, (pen) => {
    pen.fillStyle = "rgba(255,255,255,0.85)";
    pen.fill(round);
    pen.save();
    pen.clip(round);
    stripes(pen, size);
    pen.restore();
    pen.lineWidth = 3;
    pen.strokeStyle = CLOSED;
    pen.stroke(round);
  });
}

function stateMark(state: CrossingState): ImageData {
  const { path, fill, stroke, dash = [] } = STATE_SHAPES[state];
  const shape = new Path2D(path);
  return drawn(ICON_PX * RATIO, (pen) => {
    pen.scale(RATIO, RATIO);
    pen.fillStyle = fill;
    pen.fill(shape);
    pen.setLineDash(dash);
    pen.lineWidth = 4.5;
    pen.strokeStyle = stroke;
    pen.stroke(shape);
    if (state === "closed") bar(pen);
  });
}

/** Bar what is closed: a line above and below the letter. */
function bar(pen: CanvasRenderingContext2D): void {
  pen.lineWidth = 4;
  for (const y of [15.5, 48.5]) {
    pen.beginPath();
    pen.moveTo(14, y);
    pen.lineTo(50, y);
    pen.stroke();
  }
}

/** Give the map its pictures: rings for crossings, dashed where the position is assumed. */
export function addIcons(map: GlMap): void {
  for (const [name, colour] of [["free", MOVING], ["limits", LIMIT]] as const) {
    map.addImage(`crossing-known-${name}`, ring(colour, false), { pixelRatio: RATIO });
    map.addImage(`crossing-assumed-${name}`, ring(colour, true), { pixelRatio: RATIO });
  }
  for (const state of Object.keys(STATE_SHAPES) as CrossingState[])
    map.addImage(`state-${state}`, stateMark(state), { pixelRatio: RATIO });
  map.addImage("hatch", hatch(), { pixelRatio: RATIO });
  map.addImage("closed", closedMark(), { pixelRatio: RATIO });
  map.addImage("room", drawn(ICON_PX, () => undefined)); // nothing to see: keeps labels off the discs
}
