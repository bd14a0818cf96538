// What every page with a map has: its data, its map, and words where no map can be drawn.

import { CityMap, type CityMapOptions } from "./map/citymap";
import { startWorkerFrom } from "./map/worker";
import type { Plan } from "./plan";
import { say } from "./say";

/** Give the map for paper, or words where it is not drawn yet: half a map would mislead. */
export function onPaper(map: CityMap | null): HTMLElement[] {
  if (!map) return [];
  if (map.whole) return [map.picture(...PAPER_MAP_PX)];
  const words = document.createElement("p");
  words.className = "no-map";
  words.textContent = say("The map was not drawn yet when this was printed. Wait until it stands on the screen, and print again.");
  return [words];
}

/** Of a map on A4, drawn larger than it prints, so that labels find room: 694 by 412 on paper. */
const PAPER_MAP_PX = [900, 534] as const;

declare global {
  interface Window {
    /** A page's handle for tests and for who wants to look closer. */
    safepassage: {
      /** Of a brief only. */
      plan?: Plan;
      /** Null where this device draws no map. */
      map: CityMap | null;
      minute: number;
      setMinute: (minute: number) => void;
      /** Resolves when the map shows what was set last; at once where there is no map. */
      idle: () => Promise<void>;
    };
  }
}

export const byId = <T extends HTMLElement>(id: string): T => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return found as T;
};

export const held = <T>(id: string): T => JSON.parse(byId(id).textContent ?? "null") as T;

export function openMap(options: Omit<CityMapOptions, "container">): CityMap | null {
  const container = byId("sp-map");
  const withoutMap = (error: unknown): void => {
    const words = document.createElement("p");
    words.className = "no-map";
    words.textContent = say("The map cannot be drawn on this device ({error}). The tables below hold all it shows.", { error: String(error) });
    container.replaceChildren(words);
  };
  try {
    startWorkerFrom(byId("sp-worker").textContent ?? "");
    const map = new CityMap({ container, ...options });
    map.ready.catch(withoutMap);
    return map;
  } catch (error) {
    withoutMap(error);
    return null;
  }
}
