// Put life into a brief. The page is whole without this; with it, the map, the curve and the slider work.

import { hhmm, instant } from "../clock";
import { Curve } from "../chart/curve";
import { Flowing, frameAt, type Frame } from "../frame";
import { CityMap, type Places, type Showing } from "../map/citymap";
import { startWorkerFrom } from "../map/worker";
import type { CityDocument, Plan } from "../plan";
import { Numbers } from "./numbers";
import { Player } from "./player";
import { Waves } from "./waves";

declare global {
  interface Window {
    safepassage: {
      plan: Plan;
      /** Null where this device draws no map. */
      map: CityMap | null;
      minute: number;
      setMinute: (minute: number) => void;
      /** Resolves when the map shows the minute that was set last; at once where there is no map. */
      idle: () => Promise<void>;
    };
  }
}

const byId = <T extends HTMLElement>(id: string): T => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found as T;
};

const held = <T>(id: string): T => JSON.parse(byId(id).textContent ?? "null") as T;

const SMALLEST_BLOCK_M = 60;
/** Width of the text on A4, in CSS pixels. */
const PAPER_PX = 694;
const PAPER_MAP_PX = [694, 372] as const;

function placesOf(plan: Plan): Places {
  const located = plan.corridors.flatMap((c) => (c.located && c.lat !== null && c.lon !== null ? [{ ...c, lat: c.lat, lon: c.lon }] : []));
  return {
    zones: plan.zones.map((z) => ({ id: z.id, name: z.name, name_ar: z.name_ar, lat: z.lat, lon: z.lon, inside: z.people.best })),
    crossings: located.filter((c) => c.users === "civilian").map((c, k) => ({
      id: c.id, name: c.name, lat: c.lat, lon: c.lon, assumed: c.assumed, accuracyM: c.position_accuracy_m,
      tag: String.fromCharCode(65 + (k % 26)), // the page's list numbers them alike
    })),
    closed: located.filter((c) => c.users === "armed").map((c) => {
      const blocks = plan.blocks.filter((b) => b.corridor === c.id);
      return {
        id: c.id, name: /armed/i.test(c.name) ? c.name : `${c.name} (armed groups)`, lat: c.lat, lon: c.lon,
        radiusM: Math.max(SMALLEST_BLOCK_M, ...blocks.map((b) => b.setback_m)),
      };
    }),
    mostPassed: Math.max(1, ...plan.corridors.map((c) => c.schedule_passed?.at(-1) ?? 0)),
  };
}

function showingOf(frame: Frame, flowing: Flowing): Showing {
  return {
    left: new Map(frame.zones.map((z) => [z.id, z.left])),
    crossings: new Map(frame.corridors.map((c) => [c.id, c])),
    load: flowing.at(frame.minute),
    limitStreets: frame.limit?.streets ?? [],
    closedNow: frame.closedTo,
  };
}

function startMap(plan: Plan, city: CityDocument, onZone: (zone: string) => void): CityMap | null {
  const container = byId("sp-map");
  const withoutMap = (error: unknown): void => {
    const words = document.createElement("p");
    words.className = "no-map";
    words.textContent = `The map cannot be drawn on this device (${String(error)}). The tables below hold all it shows.`;
    container.replaceChildren(words);
  };
  try {
    startWorkerFrom(byId("sp-worker").textContent ?? "");
    const map = new CityMap({ container, city, places: placesOf(plan), onZone });
    map.ready.catch(withoutMap);
    return map;
  } catch (error) {
    withoutMap(error);
    return null;
  }
}

function start(): void {
  const plan = held<Plan>("sp-plan");
  const city = held<CityDocument>("sp-city");
  const { usable } = plan.window;
  for (const part of document.querySelectorAll<HTMLElement>("[data-needs-script]")) part.hidden = false;

  const waves = new Waves(plan, byId("waves"));
  const numbers = new Numbers(document);
  const flowing = new Flowing(plan, city);
  const map = startMap(plan, city, (zone) => { waves.only(zone); });
  const last = Math.max(0, plan.schedule.cumulative.length - 1);
  const player = new Player(byId("sp-minute"), byId("sp-play"), usable.start, last);
  const curve = new Curve(plan, byId("sp-curve"), byId("sp-road"), (minute) => { player.set(minute); });
  const paper = byId("sp-map-paper");
  window.addEventListener("beforeprint", () => {
    curve.draw(PAPER_PX);
    if (map) paper.replaceChildren(map.picture(...PAPER_MAP_PX));
  });
  window.addEventListener("afterprint", () => { curve.draw(); paper.replaceChildren(); });

  player.onMinute((minute) => {
    const frame = frameAt(plan, minute);
    numbers.show(frame);
    map?.show(showingOf(frame, flowing));
    curve.at(minute);
    waves.time(frame.at);
    window.safepassage.minute = minute;
  });
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-step]"))
    button.addEventListener("click", () => { player.step(Number(button.dataset.step)); });

  const ends = document.querySelectorAll<HTMLElement>("[data-slider-end]");
  ends[0]?.replaceChildren(hhmm(instant(usable.start)));
  ends[1]?.replaceChildren(hhmm(instant(usable.start) + last * 60_000));

  window.safepassage = {
    plan,
    map,
    minute: 0,
    setMinute: (minute) => { player.set(minute); },
    idle: async () => { await map?.idle(); },
  };
  player.set(Math.round(last / 2));
}

start();
