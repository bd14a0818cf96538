import type { ExpressionSpecification, LayerSpecification } from "maplibre-gl";
import {
  CLOSED, INK, INSIDE_EMPTY, INSIDE_FULL, INSIDE_HALF, LIMIT, MOVING, NARROWED, NOT_CLEARED, OPTIMUM, PAPER, RING, STREET,
} from "./colours";
import { ICON_PX } from "./icons";
import type { Mark } from "../plan";

const FONT = ["safepassage", "system-ui", "Noto Sans"];
const BOLD = ["safepassage bold", "system-ui", "Noto Sans"];

const state = (name: string, otherwise: number): ExpressionSpecification =>
  ["coalesce", ["feature-state", name], otherwise];

/** Let a size in pixels grow slowly as one zooms in from the whole town. */
function growing(size: ExpressionSpecification, zoom: number): ExpressionSpecification {
  return [
    "interpolate", ["linear"], ["zoom"],
    zoom - 2, ["*", 0.6, size], zoom, size, zoom + 3, ["*", 2.4, size],
  ];
}

/** Keep real streets apart when the whole town is in view; the links of a schematic are far apart. */
function among(width: ExpressionSpecification, schematic: boolean, zoom: number): ExpressionSpecification {
  if (schematic) return width;
  return ["interpolate", ["linear"], ["zoom"], zoom, ["*", 0.45, width], zoom + 3, ["*", 1.3, width]];
}

const ZONE = ["get", "radius"] as ExpressionSpecification;
const ZONE_TEXT = 10.5;
const ALWAYS = { "text-overlap": "always", "text-optional": false } as const;
const HALO = { "text-halo-color": "rgba(255,255,255,0.92)", "text-halo-width": 1.8 };

export interface Drawing {
  schematic: boolean;
  /** The zoom that shows the whole town. */
  zoom: number;
  /** A phone: labels are short, the list beside the map has the names. */
  narrow: boolean;
}

/** List the layers, from the ground up. Labels are placed from the top layer down. */
export function layers({ schematic, zoom, narrow }: Drawing): LayerSpecification[] {
  return [
    { id: "ground", type: "background", paint: { "background-color": PAPER } },
    {
      id: "zone-areas-fill", type: "fill", source: "zone-areas",
      paint: { "fill-color": INSIDE_EMPTY, "fill-opacity": 0.45 },
    },
    {
      id: "zone-areas-line", type: "line", source: "zone-areas",
      paint: {
        "line-color": ["case", ["get", "stuck"], LIMIT, RING],
        "line-width": ["case", ["get", "stuck"], 1.6, 1.1], "line-opacity": 0.9,
      },
    },
    {
      id: "accuracy-fill", type: "fill", source: "accuracy",
      paint: { "fill-color": MOVING, "fill-opacity": 0.05 },
    },
    {
      id: "accuracy-line", type: "line", source: "accuracy",
      paint: { "line-color": MOVING, "line-opacity": 0.45, "line-width": 1, "line-dasharray": [2, 3] },
    },
    {
      id: "streets", type: "line", source: "streets",
      layout: { "line-cap": "round", "line-join": "round" },
      paint: {
        "line-color": STREET,
        "line-width": schematic ? 1.3 : ["interpolate", ["exponential", 1.6], ["zoom"], 11, 0.5, 14, 1.6, 17, 6],
      },
    },
    ...marked(schematic),
    {
      id: "streets-limit", type: "line", source: "streets",
      layout: { "line-cap": "round" },
      paint: {
        "line-color": LIMIT, "line-opacity": ["*", 0.55, state("limit", 0)],
        "line-width": among(["*", state("limit", 0), ["+", 7, state("width", 0)]], schematic, zoom),
      },
    },
    {
      id: "streets-load", type: "line", source: "streets",
      layout: { "line-cap": "round" },
      paint: {
        "line-color": MOVING, "line-width": among(state("width", 0), schematic, zoom),
        "line-opacity": ["case", [">", state("width", 0), 0], 0.9, 0],
      },
    },
    {
      id: "areas-fill", type: "fill", source: "areas",
      paint: { "fill-pattern": "hatch", "fill-opacity": ["case", ["==", ["get", "effect"], "closed"], 0.5, 0.28] },
    },
    {
      id: "areas-line", type: "line", source: "areas",
      paint: { "line-color": CLOSED, "line-width": 1, "line-opacity": 0.7 },
    },
    {
      id: "closed-fill", type: "fill", source: "closed",
      paint: { "fill-pattern": "hatch", "fill-opacity": ["case", ["get", "now"], 1, 0.25] },
    },
    {
      id: "closed-line", type: "line", source: "closed",
      paint: { "line-color": CLOSED, "line-width": 1.6, "line-opacity": ["case", ["get", "now"], 1, 0.5] },
    },
    {
      id: "zone-ring", type: "circle", source: "zones",
      paint: {
        "circle-radius": growing(ZONE, zoom), "circle-color": INSIDE_EMPTY, "circle-opacity": 0.75,
        "circle-stroke-color": ["case", ["get", "stuck"], LIMIT, RING],
        "circle-stroke-width": ["case", ["get", "stuck"], 3, 1],
      },
    },
    {
      id: "zone-left", type: "circle", source: "zones",
      paint: {
        "circle-radius": growing(["*", ZONE, ["sqrt", state("share", 1)]], zoom),
        "circle-color": [
          "interpolate", ["linear"], state("share", 1),
          0, INSIDE_EMPTY, 0.5, INSIDE_HALF, 1, INSIDE_FULL,
        ],
        "circle-opacity": 0.92,
      },
    },
    {
      id: "street-names", type: "symbol", source: "names", minzoom: 13.5,
      layout: {
        "symbol-placement": "line", "text-field": ["get", "name"], "text-font": FONT, "text-size": 11,
      },
      paint: { "text-color": "#6b6557", ...HALO },
    },
    {
      id: "zone-names", type: "symbol", source: "zones",
      layout: {
        "text-field": [
          "step", ["zoom"], ["get", "name"],
          zoom + 1.2, ["format", ["get", "name"], {}, "\n", {}, ["get", "name_ar"], {}],
        ],
        "text-font": FONT, "text-size": ZONE_TEXT, "text-max-width": 8, "text-line-height": 1.1,
        "text-variable-anchor": ["top", "bottom", "left", "right"],
        "text-radial-offset": [
          "interpolate", ["linear"], ["zoom"],
          zoom, ["/", ["+", 2.5, ZONE], ZONE_TEXT], zoom + 3, ["/", ["+", 3, ["*", 2.4, ZONE]], ZONE_TEXT],
        ],
        "symbol-sort-key": ["-", ["get", "people"]], "text-padding": 2,
      },
      paint: { "text-color": "#5d5443", ...HALO },
    },
    {
      id: "areas-names", type: "symbol", source: "areas",
      layout: { "text-field": ["get", "name"], "text-font": FONT, "text-size": 11, "text-max-width": 9 },
      paint: { "text-color": "#40454b", ...HALO },
    },
    {
      id: "closed-names", type: "symbol", source: "closed-points",
      layout: {
        "icon-image": "closed", "icon-allow-overlap": true,
        "text-field": ["get", "name"],
        "text-font": FONT, "text-size": narrow ? 10 : 11, "text-max-width": narrow ? 8 : 11, "text-line-height": 1.15,
        "text-variable-anchor-offset": [
          "left", [1.5, 0], "right", [-1.5, 0], "bottom", [0, -1.5], "top", [0, 1.5],
          "bottom-right", [0, -2.6], "bottom-left", [0, -2.6], "bottom", [0, -5], "bottom-right", [0, -6],
          "top-right", [0, 2.6], "top-left", [0, 2.6],
        ],
        "text-justify": "auto", "icon-optional": false,
        ...ALWAYS,
      },
      paint: { "text-color": "#40454b", ...HALO, "icon-opacity": ["case", ["get", "now"], 1, 0.6] },
    },
    {
      id: "zone-room", type: "symbol", source: "zones",
      layout: {
        "icon-image": "room", "icon-allow-overlap": true, "icon-padding": 0,
        "icon-size": [
          "interpolate", ["linear"], ["zoom"],
          zoom - 2, ["*", (0.6 * 1.7) / ICON_PX, ZONE], zoom, ["*", 1.7 / ICON_PX, ZONE],
          zoom + 3, ["*", (2.4 * 1.7) / ICON_PX, ZONE],
        ],
      },
    },
    way("before", CLOSED, 2.2, [2.5, 1.8]),
    way("after", OPTIMUM, 3),
    crossings("west", narrow),
    crossings("east", narrow),
    {
      id: "crossing-tags", type: "symbol", source: "crossings",
      layout: {
        "text-field": ["get", "tag"], "text-font": BOLD, "text-size": 11.5,
        "text-overlap": "always", "text-ignore-placement": true,
      },
      paint: {
        "text-color": [
          "case", ["has", "state"], ["case", ["==", ["get", "state"], "unknown"], CLOSED, "#ffffff"],
          ["get", "assumed"], ["case", ["get", "limits"], LIMIT, MOVING], "#ffffff",
        ],
      },
    },
    {
      id: "crossing-room", type: "symbol", source: "crossings",
      layout: { "icon-image": "room", "icon-allow-overlap": true, "icon-padding": 0, "icon-size": ["*", 0.85, ["get", "size"]] },
    },
  ];
}

/** Draw over the streets that something is the matter with. */
function marked(schematic: boolean): LayerSpecification[] {
  const colours: Record<Mark, string> = { narrowed: NARROWED, "not cleared": NOT_CLEARED, closed: CLOSED, apart: LIMIT };
  const dashes: Partial<Record<Mark, number[]>> = { "not cleared": [3, 1.5], closed: [1.2, 1.2] };
  return Object.entries(colours).map(([mark, colour]) => ({
    id: `streets-${mark.replace(" ", "-")}`, type: "line", source: "streets", filter: ["==", ["get", "mark"], mark],
    paint: {
      "line-color": colour,
      "line-width": schematic ? 2.6 : ["interpolate", ["exponential", 1.6], ["zoom"], 11, 1, 14, 2.4, 17, 7],
      ...(dashes[mark as Mark] ? { "line-dasharray": dashes[mark as Mark] } : {}),
    },
  } as LayerSpecification));
}

/** Draw straight from a zone to its crossing: who goes where, not along which streets. */
function way(kind: "before" | "after", colour: string, width: number, dash?: number[]): LayerSpecification {
  return {
    id: `ways-${kind}`, type: "line", source: "ways", filter: ["==", ["get", "kind"], kind],
    layout: { "line-cap": "round" },
    paint: { "line-color": colour, "line-width": width, "line-opacity": 0.85, ...(dash ? { "line-dasharray": dash } : {}) },
  };
}

/** Draw the crossings of one half of the town, with their labels on the side away from it. */
function crossings(side: "west" | "east", narrow: boolean): LayerSpecification {
  const [away, toward] = side === "west" ? ["right", "left"] as const : ["left", "right"] as const;
  return {
    id: `crossings-${side}`, type: "symbol", source: "crossings", filter: ["==", ["get", "side"], side],
    layout: {
      "icon-image": [
        "case", ["has", "state"], ["concat", "state-", ["get", "state"]],
        [
          "concat", "crossing-", ["case", ["get", "assumed"], "assumed", "known"],
          "-", ["case", ["get", "limits"], "limits", "free"],
        ],
      ],
      "icon-size": ["get", "size"], "icon-allow-overlap": true, "icon-ignore-placement": true,
      "text-field": narrow
        ? ["get", "short"]
        : ["format", ["get", "name"], { "text-font": ["literal", BOLD] }, "\n", {}, ["get", "detail"], {}],
      "text-font": FONT, "text-size": 12, "text-max-width": 10, "text-line-height": 1.15,
      "text-variable-anchor": [
        away, `bottom-${away}`, `top-${away}`, "bottom", "top", toward, `bottom-${toward}`, `top-${toward}`,
      ],
      "text-radial-offset": ["get", "offset"], "text-justify": "auto",
      ...ALWAYS,
    },
    paint: { "text-color": INK, ...HALO },
  };
}
