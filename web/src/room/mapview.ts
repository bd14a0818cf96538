// The live map: the brief's map, told what is reported instead of what was planned.

import { instant as planInstant } from "../clock";
import { Flowing, frameAt } from "../frame";
import { CityMap, NARROW_PX, type Places, type Showing, type Way } from "../map/citymap";
import { startWorkerAt } from "../map/worker";
import type { CityDocument, Plan } from "../plan";
import { count, t, term } from "../words/words";
import { ARMED, bestOf } from "./board";
import { h } from "./dom";
import { stateMark } from "./marks";
import { type Room, asOf, nameOf, shown, tags } from "./state";
import { MINUTE, ago, local } from "./time";
import type { CorridorNow, State } from "./types";

const SMALLEST_BLOCK_M = 60;
/** Room for names of zones beside the map's edge. */
const MARGIN_PX = 22;
const SETTLE_MS = 300;
const STATES: readonly State[] = ["open", "restricted", "closed", "unknown"];

export class MapView {
  readonly element: HTMLElement;
  map: CityMap | null = null;
  private readonly box = h("div", { id: "sp-map", dir: "ltr" });
  private readonly note = h("p", { class: "map-note soft" });
  private plan: Plan | null = null;
  /** The hash that the record names the plan by. */
  private adopted = "";
  private flowing: Flowing | null = null;
  private ways: Way[] = [];
  private city: CityDocument | null = null;
  private narrow = false;
  private settling: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly room: Room) {
    const marks = STATES.map((state) => h("li", {}, stateMark(state, "", 18) as unknown as HTMLElement, term("state", state)));
    this.element = h("section", { class: "pane map-pane", "aria-label": t("map.title") },
      this.box,
      h("ul", { class: "map-legend", "aria-label": t("map.legend") }, marks,
        h("li", { class: "key-moving" }, t("map.moving")), h("li", { class: "key-inside" }, t("map.inside")),
        h("li", { class: "key-before", hidden: true }, t("map.before")), h("li", { class: "key-after", hidden: true }, t("map.after"))),
      this.note, h("p", { class: "map-note then" }, t("map.another_plan")));
    new ResizeObserver(() => { this.turned(); }).observe(this.box);
  }

  /** Labels are short on a narrow map: where a tablet was turned, the map is made anew. */
  private turned(): void {
    clearTimeout(this.settling);
    const narrow = this.box.clientWidth < NARROW_PX;
    if (!this.map || !this.city || !this.plan || this.box.clientWidth === 0 || narrow === this.narrow) return;
    this.settling = setTimeout(() => {
      const old = this.map;
      if (this.city && this.plan) this.open(this.city, this.plan, this.adopted);
      old?.gl.remove();
    }, SETTLE_MS);
  }

  /** Draw the town once; afterwards only what changes on it. */
  open(city: CityDocument, plan: Plan, adopted: string): void {
    this.use(plan, city, adopted);
    this.city = city;
    this.narrow = this.box.clientWidth < NARROW_PX;
    const letters = tags(this.room);
    const assumed = this.places(plan).crossings.filter((c) => c.assumed).map((c) => letters.get(c.id) ?? c.name);
    const names = assumed.join(t("list.comma"));
    this.note.textContent = [t("map.note"), names && t("map.assumed_all", { names })].filter(Boolean).join(" ");
    try {
      this.box.replaceChildren();
      startWorkerAt("/assets/maplibre-worker.js");
      this.map = new CityMap({
        container: this.box, city, places: this.places(plan), marginPx: MARGIN_PX,
        aboutZone: (zone, left) => ({ text: t("map.zone", { left: count(left), inside: count(zone.inside) }) }),
        words: {
          assumed: (name) => t("map.assumed", { name }),
          controls: {
            "NavigationControl.ZoomIn": t("map.zoom_in"), "NavigationControl.ZoomOut": t("map.zoom_out"), "Map.Title": t("map.title"),
            "CooperativeGesturesHandler.WindowsHelpText": t("map.wheel"), "CooperativeGesturesHandler.MacHelpText": t("map.wheel_mac"),
            "CooperativeGesturesHandler.MobileHelpText": t("map.fingers"), "Popup.Close": t("close"),
          },
        },
      });
      this.map.ready.catch((error: unknown) => { this.absent(t("map.cannot", { error: String(error) })); });
    } catch (error) {
      this.absent(t("map.cannot", { error: String(error) }));
    }
    this.show();
  }

  /** Say why there is no map; the board holds all that it would show. */
  absent(why: string, way?: HTMLElement): void {
    this.map = null;
    this.box.replaceChildren(h("p", { class: "no-map" }, why, way && " ", way));
    this.element.classList.add("without");
  }

  use(plan: Plan, city: CityDocument, adopted: string): void {
    this.plan = plan;
    this.adopted = adopted;
    this.flowing = new Flowing(plan, city);
  }

  /** Draw who would go elsewhere. */
  compare(ways: Way[]): void {
    this.ways = ways;
    this.show();
  }

  show(): void {
    const situation = shown(this.room);
    if (!this.map || !this.plan || !this.flowing || !situation) return;
    const now = asOf(this.room);
    const last = this.plan.schedule.cumulative.length - 1;
    const start = planInstant(this.plan.window.usable.start);
    const minute = Math.round((planInstant(local(now)) - start) / MINUTE);
    // A past minute shows nothing that came later: no proposal, and no plan but the one then in force.
    const ways = this.room.at === null ? this.ways : [];
    const then = (situation.plan?.sha256 ?? "") === this.adopted;
    this.element.classList.toggle("another-plan", !then);
    for (const key of this.element.querySelectorAll<HTMLElement>(".key-before, .key-after")) key.hidden = ways.length === 0;
    const frame = frameAt(this.plan, Math.min(last, Math.max(0, minute)));
    const under = then && minute >= 0 && minute <= last + 60;
    const most = Math.max(1, ...situation.corridors.map((c) => Math.max(c.passed?.best ?? 0, c.planned ?? 0)));
    const showing: Showing = {
      left: new Map(frame.zones.map((z) => [z.id, minute < 0 || !then ? z.inside : z.left])),
      crossings: new Map(situation.corridors.filter((c) => c.users === "civilian").map((c) => [c.id, {
        share: (c.passed?.best ?? 0) / most, limits: false, state: c.state, detail: this.words(c, now),
        short: [term("state", c.state), c.passed && t("map.out", { out: bestOf(c.passed) })].filter(Boolean).join("\n"),
      }])),
      load: under && !ways.length ? this.flowing.at(minute) : new Map(), // two plans at once would be none
      limitStreets: [], closedNow: frame.closedTo, ways,
    };
    this.map.show(showing);
  }

  private words(c: CorridorNow, now: number): string {
    const lines = [`${term("state", c.state)}${c.state_known_at ? ` · ${ago(c.state_known_at, now)}` : ""}`];
    if (c.passed) lines.push(t("map.out", { out: bestOf(c.passed) }));
    const flow = c.flow_per_min?.last_15;
    if (flow !== null && flow !== undefined) lines.push(t("map.flow", { flow: flow.toFixed(1) }));
    return lines.join("\n");
  }

  private places(plan: Plan): Places {
    const letters = tags(this.room);
    const located = this.room.about.corridors.flatMap((c) => {
      const planned = plan.corridors.find((p) => p.id === c.id);
      const [lat, lon] = [c.lat ?? planned?.lat, c.lon ?? planned?.lon];
      return c.located && typeof lat === "number" && typeof lon === "number"
        ? [{ ...c, lat, lon, assumed: c.assumed ?? planned?.assumed ?? false, accuracyM: planned?.position_accuracy_m ?? null }] : [];
    });
    return {
      zones: plan.zones.map((z) => ({ id: z.id, name: nameOf(z), name_ar: z.name_ar, lat: z.lat, lon: z.lon, inside: z.people.best })),
      crossings: located.filter((c) => c.users === "civilian").map((c) => ({
        id: c.id, name: nameOf(c), lat: c.lat, lon: c.lon, assumed: c.assumed, accuracyM: c.accuracyM, tag: letters.get(c.id) ?? "",
      })),
      closed: located.filter((c) => c.users === "armed").map((c) => ({
        id: c.id, name: ARMED.test(nameOf(c)) ? nameOf(c) : t("map.armed", { name: nameOf(c) }), lat: c.lat, lon: c.lon,
        radiusM: Math.max(SMALLEST_BLOCK_M, ...plan.blocks.filter((b) => b.corridor === c.id).map((b) => b.setback_m)),
      })),
    };
  }
}
