// A map of a town and of people leaving it. It knows no plan: it is told what to show, so that a
// brief can play a plan on it and a live page can show what is reported.

import type { Feature, FeatureCollection, Point } from "geojson";
import { type GeoJSONSource, LngLatBounds, Map as GlMap, NavigationControl, Popup, ScaleControl } from "maplibre-gl";
import type { CityDocument } from "../plan";
import { circle, named, undirected } from "./geometry";
import { type CrossingState, ICON_PX, addIcons } from "./icons";
import { layers } from "./layers";

export interface ZonePlace {
  id: string; name: string; name_ar: string; lat: number; lon: number; inside: number;
  /** Nobody gets from here to a crossing. */
  stuck?: boolean;
}
export interface CrossingPlace {
  id: string; name: string; lat: number; lon: number; assumed: boolean; accuracyM: number | null;
  /** A letter that stands on the map and in the list beside it. */
  tag: string;
}
/** An area kept free of everybody but those it is reserved for. */
export interface ClosedPlace { id: string; name: string; lat: number; lon: number; radiusM: number }

export interface Places { zones: ZonePlace[]; crossings: CrossingPlace[]; closed: ClosedPlace[] }

/** What a crossing tells: its size as a share of the largest, and words for wide and narrow maps. */
export interface CrossingNow {
  share: number; detail: string; short: string; limits: boolean;
  /** What is reported of it; a plan alone reports nothing. */
  state?: CrossingState;
}

/** Who is told to go where: as it was, or as a new plan would have it. */
export interface Way { zone: string; crossing: string; kind: "before" | "after" }

/** What a click on a zone tells, and a button that does something with it. */
export interface ZoneNote { text: string; button?: { label: string; press: () => void } }

/** What stands on the map at one moment. */
export interface Showing {
  left: Map<string, number>;
  crossings: Map<string, CrossingNow>;
  load: Map<number, number>;
  limitStreets: number[];
  closedNow: Set<string>;
  ways?: Way[];
}

export interface CityMapOptions {
  container: HTMLElement;
  city: CityDocument;
  places: Places;
  aboutZone?: (zone: ZonePlace, left: number) => ZoneNote;
  words?: MapWords;
  /** More room at both sides than labels of crossings need. */
  marginPx?: number;
}

/** What the map itself says, where it is not English. */
export interface MapWords {
  /** Name a crossing whose position is assumed. */
  assumed: (name: string) => string;
  /** The map's own words, by MapLibre's keys. */
  controls: Record<string, string>;
}

const SMALLEST_ICON = 24 / ICON_PX;
const LARGEST_ICON = 48 / ICON_PX;
/** Of a map on a phone or beside a board: labels are short. */
export const NARROW_PX = 520;
const PAPER_RATIO = 2;
const collection = (features: Feature[]): FeatureCollection => ({ type: "FeatureCollection", features });

export class CityMap {
  readonly gl: GlMap;
  /** Resolves when the town is drawn for the first time; rejects where it cannot be drawn. */
  readonly ready: Promise<void>;

  private readonly places: Places;
  private readonly lineOf: Map<number, number>;
  private readonly bounds: LngLatBounds;
  private drawnLines = new Set<number>();
  private showing: Showing | null = null;
  private loaded = false;
  private moved = false;
  private readonly narrow: boolean;
  private readonly marginPx: number;
  private readonly assumed: (name: string) => string;

  constructor({ container, city, places, aboutZone, words, marginPx = 0 }: CityMapOptions) {
    this.marginPx = marginPx;
    this.places = places;
    this.assumed = words?.assumed ?? ((name) => `${name} (assumed)`);
    this.narrow = container.clientWidth < NARROW_PX;
    const { lines, lineOf } = undirected(city.streets);
    this.lineOf = lineOf;
    this.bounds = boundsOf(city, places);
    this.gl = new GlMap({
      container,
      style: { version: 8, sources: {}, layers: [] },
      bounds: this.bounds,
      fitBoundsOptions: { padding: this.padding(container) },
      attributionControl: false,
      cooperativeGestures: true,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      renderWorldCopies: false,
      maxZoom: 18,
      fadeDuration: 0,
      locale: words?.controls ?? {},
      canvasContextAttributes: { antialias: true },
    });
    this.gl.touchZoomRotate.disableRotation();
    this.gl.keyboard.disableRotation();
    this.gl.addControl(new NavigationControl({ showCompass: false }), "top-right");
    this.gl.addControl(new ScaleControl({ maxWidth: 110 }), "bottom-right");
    this.ready = new Promise((resolve, reject) => {
      this.gl.on("error", ({ error }) => { reject(error); });
      this.gl.once("load", () => {
        this.build(city, lines, container);
        this.loaded = true;
        if (this.showing) this.show(this.showing);
        this.gl.once("idle", () => { resolve(); });
      });
    });
    this.gl.on("movestart", (event) => { if (event.originalEvent) this.moved = true; });
    this.gl.on("resize", () => { if (!this.moved) this.fit(); });
    if (aboutZone) this.listen(aboutZone);
  }

  /** Whether all that is to be seen is drawn by now. */
  get whole(): boolean {
    return this.loaded && this.gl.loaded();
  }

  /** Wait until nothing is left to draw. */
  async idle(): Promise<void> {
    await this.ready;
    if (this.gl.loaded() && !this.gl.isMoving()) {
      this.gl.triggerRepaint();
    }
    await new Promise<void>((resolve) => { this.gl.once("idle", () => { resolve(); }); });
  }

  fit(): void {
    this.gl.fitBounds(this.bounds, { padding: this.padding(this.gl.getContainer()), animate: false });
  }

  /** Draw the whole town in a given size, at once, as a picture that also prints. */
  picture(width: number, height: number): HTMLCanvasElement {
    const { style } = this.gl.getContainer();
    const copy = document.createElement("canvas");
    const sized = (w: string, h: string, ratio: number): void => {
      style.width = w;
      style.height = h;
      style.minHeight = h && "0"; // the page's own least height would stretch the picture
      this.gl.setPixelRatio(ratio);
      this.gl.resize();
      this.gl.redraw();
    };
    const before = this.gl.getBounds();
    sized(`${width}px`, `${height}px`, PAPER_RATIO);
    this.fit();
    this.gl.redraw();
    copy.width = width * PAPER_RATIO;
    copy.height = height * PAPER_RATIO;
    copy.getContext("2d")?.drawImage(this.gl.getCanvas(), 0, 0, copy.width, copy.height);
    sized("", "", window.devicePixelRatio);
    if (this.moved) this.gl.fitBounds(before, { animate: false });
    return copy;
  }

  show(showing: Showing): void {
    this.showing = showing;
    if (!this.loaded) return;
    this.places.zones.forEach((zone, id) => {
      const left = showing.left.get(zone.id) ?? zone.inside;
      this.gl.setFeatureState({ source: "zones", id }, { share: zone.inside > 0 ? left / zone.inside : 0 });
    });
    this.showStreets(showing);
    this.source("ways").setData(collection(this.ways(showing)));
    this.source("crossings").setData(collection(this.crossings(showing)));
    this.source("closed").setData(collection(this.closed(showing)));
    this.source("closed-points").setData(collection(this.closedPoints(showing)));
  }

  private build(city: CityDocument, lines: Feature[], container: HTMLElement): void {
    addIcons(this.gl);
    const add = (id: string, features: Feature[]): void => {
      this.gl.addSource(id, { type: "geojson", data: collection(features), tolerance: 0.2 });
    };
    add("streets", lines);
    add("areas", (city.areas ?? []).map(({ name, effect, geometry }) => ({ type: "Feature", properties: { name, effect }, geometry })));
    const stuck = new Set(this.places.zones.filter((z) => z.stuck).map((z) => z.id));
    add("zone-areas", (city.zone_areas ?? []).map(({ id, geometry }) => ({
      type: "Feature", properties: { stuck: stuck.has(id) }, geometry,
    })));
    add("names", city.schematic ? [] : named(city.streets));
    add("zones", this.zones(container));
    add("accuracy", this.places.crossings.filter((c) => c.accuracyM).map((c) => ({
      type: "Feature", properties: {}, geometry: circle(c.lon, c.lat, c.accuracyM ?? 0),
    })));
    for (const id of ["ways", "crossings", "closed", "closed-points"]) add(id, []);
    const drawing = { schematic: city.schematic, zoom: this.gl.getZoom(), narrow: this.narrow };
    for (const layer of layers(drawing)) this.gl.addLayer(layer);
  }

  private zones(container: HTMLElement): Feature<Point>[] {
    const room = Math.min(container.clientWidth, container.clientHeight) / 34;
    const crowd = Math.sqrt(64 / Math.max(16, this.places.zones.length));
    const largest = Math.min(20, Math.max(9, room)) * Math.min(1.2, crowd);
    const most = Math.max(1, ...this.places.zones.map((z) => z.inside));
    return this.places.zones.map((zone, id) => ({
      type: "Feature", id, geometry: { type: "Point", coordinates: [zone.lon, zone.lat] },
      properties: {
        name: zone.name, name_ar: zone.name_ar, people: zone.inside,
        stuck: zone.stuck ?? false,
        radius: Math.max(2.5, largest * Math.sqrt(zone.inside / most)),
      },
    }));
  }

  private crossings(showing: Showing): Feature<Point>[] {
    return this.places.crossings.map((c) => {
      const now = showing.crossings.get(c.id) ?? { share: 0, detail: "", short: "", limits: false };
      const size = SMALLEST_ICON + (LARGEST_ICON - SMALLEST_ICON) * Math.sqrt(Math.min(1, now.share));
      return {
        type: "Feature", geometry: { type: "Point", coordinates: [c.lon, c.lat] },
        properties: {
          name: c.assumed ? this.assumed(c.name) : c.name, tag: c.tag, assumed: c.assumed, limits: now.limits,
          side: this.side(c), ...(now.state ? { state: now.state } : {}),
          size, detail: now.detail, short: now.short,
          offset: (size * ICON_PX) / 2 / 12 + 0.45,
        },
      };
    });
  }

  private ways({ ways = [] }: Showing): Feature[] {
    const zones = new Map(this.places.zones.map((z) => [z.id, z]));
    const crossings = new Map(this.places.crossings.map((c) => [c.id, c]));
    return ways.flatMap(({ zone, crossing, kind }): Feature[] => {
      const [from, to] = [zones.get(zone), crossings.get(crossing)];
      if (!from || !to) return [];
      const coordinates = [[from.lon, from.lat], [to.lon, to.lat]];
      return [{ type: "Feature", properties: { kind }, geometry: { type: "LineString", coordinates } }];
    });
  }

  private closed(showing: Showing): Feature[] {
    return this.places.closed.map((c) => ({
      type: "Feature", properties: { now: showing.closedNow.has(c.id) }, geometry: circle(c.lon, c.lat, c.radiusM),
    }));
  }

  private closedPoints(showing: Showing): Feature<Point>[] {
    return this.places.closed.map((c) => ({
      type: "Feature", geometry: { type: "Point", coordinates: [c.lon, c.lat] },
      properties: {
        name: c.name, now: showing.closedNow.has(c.id),
      },
    }));
  }

  private showStreets(showing: Showing): void {
    const widths = new Map<number, { width: number; limit: number }>();
    const at = (street: number): { width: number; limit: number } | null => {
      const line = this.lineOf.get(street);
      if (line === undefined) return null;
      const entry = widths.get(line) ?? { width: 0, limit: 0 };
      widths.set(line, entry);
      return entry;
    };
    for (const [street, load] of showing.load) {
      const entry = at(street);
      if (entry) entry.width = Math.min(14, Math.hypot(entry.width, 1.2 + 0.9 * Math.sqrt(load)));
    }
    for (const street of showing.limitStreets) {
      const entry = at(street);
      if (entry) entry.limit = 1;
    }
    for (const id of this.drawnLines)
      if (!widths.has(id)) this.gl.removeFeatureState({ source: "streets", id });
    for (const [id, entry] of widths) this.gl.setFeatureState({ source: "streets", id }, entry);
    this.drawnLines = new Set(widths.keys());
  }

  private listen(aboutZone: (zone: ZonePlace, left: number) => ZoneNote): void {
    const popup = new Popup({ closeButton: true, maxWidth: "260px", focusAfterOpen: false });
    this.gl.on("click", "zone-ring", (event) => {
      const zone = this.places.zones[Number(event.features?.[0]?.id)];
      if (!zone) return;
      popup.setLngLat([zone.lon, zone.lat]).setDOMContent(this.about(zone, aboutZone)).addTo(this.gl);
    });
    this.gl.on("mouseenter", "zone-ring", () => { this.gl.getCanvas().style.cursor = "pointer"; });
    this.gl.on("mouseleave", "zone-ring", () => { this.gl.getCanvas().style.cursor = ""; });
  }

  private about(zone: ZonePlace, aboutZone: (zone: ZonePlace, left: number) => ZoneNote): HTMLElement {
    const box = document.createElement("div");
    const line = (tag: string, text: string): HTMLElement => {
      const element = document.createElement(tag);
      element.textContent = text;
      box.append(element);
      return element;
    };
    line("strong", zone.name);
    if (zone.name_ar) line("span", ` ${zone.name_ar}`).setAttribute("lang", "ar");
    const note = aboutZone(zone, this.showing?.left.get(zone.id) ?? zone.inside);
    line("p", note.text);
    if (note.button) {
      const button = line("button", note.button.label) as HTMLButtonElement;
      button.type = "button";
      button.addEventListener("click", note.button.press);
    }
    return box;
  }

  private side({ lon }: CrossingPlace): "west" | "east" {
    return lon < this.bounds.getCenter().lng ? "west" : "east";
  }

  /** Leave room for the crossings' labels, which stand on the side away from the town. */
  private padding({ clientWidth }: HTMLElement): { top: number; bottom: number; left: number; right: number } {
    const wide = clientWidth >= NARROW_PX;
    const sides = new Set(this.places.crossings.map((c) => this.side(c)));
    const room = (side: "west" | "east"): number =>
      sides.has(side) ? (wide ? Math.min(180, clientWidth / 4) : 68) : wide ? 100 : 60;
    return { top: 48, bottom: 40, left: room("west") + this.marginPx, right: room("east") + this.marginPx };
  }

  private source(id: string): GeoJSONSource {
    return this.gl.getSource(id) as GeoJSONSource;
  }
}

function boundsOf(city: CityDocument, places: Places): LngLatBounds {
  const bounds = new LngLatBounds();
  for (const { lon, lat } of [...places.zones, ...places.crossings, ...places.closed]) bounds.extend([lon, lat]);
  for (const { geometry } of city.zone_areas ?? [])
    for (const [ring] of geometry.coordinates) for (const [lon, lat] of ring ?? []) bounds.extend([lon as number, lat as number]);
  return bounds.isEmpty() ? new LngLatBounds(city.bounds) : bounds;
}
