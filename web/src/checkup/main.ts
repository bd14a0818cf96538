// Draw a city before anything is planned on it: who is where, which crossing they reach, what is closed.

import { people } from "../clock";
import type { Places, Showing } from "../map/citymap";
import { byId, held, onPaper, openMap } from "../page";
import type { CityDocument, Interval } from "../plan";

interface Zone {
  id: string; name: string; name_ar: string; lat: number; lon: number; people: Interval;
  way: "open" | "closed" | "none" | "unknown"; corridor: string | null; metres: number | null;
}

interface Crossing {
  id: string; name: string; users: "civilian" | "armed"; assumed: boolean; lat: number | null; lon: number | null;
  accuracy_m: number | null; reach: { people: number; nearest_to: number } | null;
}

interface CheckUp { zones: Zone[]; crossings: Crossing[]; setback_m: number }

const WAYS = {
  open: "", closed: "No way out past streets that are closed or not cleared.",
  none: "No street leads from here to a crossing.", unknown: "No crossing is located.",
};

const stands = <T extends { lat: number | null; lon: number | null }>(place: T): (T & { lat: number; lon: number })[] =>
  place.lat === null || place.lon === null ? [] : [{ ...place, lat: place.lat, lon: place.lon }];

function placesOf(data: CheckUp): Places {
  const located = data.crossings.flatMap(stands);
  return {
    zones: data.zones.map((z) => ({ ...z, inside: z.people.best, stuck: z.way === "closed" || z.way === "none" })),
    crossings: located.filter((c) => c.users === "civilian").map((c, k) => ({
      ...c, accuracyM: c.accuracy_m,
      tag: String.fromCharCode(65 + (k % 26)), // the page's table numbers them alike
    })),
    closed: located.filter((c) => c.users === "armed").map((c) => ({
      ...c, name: /armed/i.test(c.name) ? c.name : `${c.name} (armed groups)`, radiusM: data.setback_m,
    })),
  };
}

function showingOf(data: CheckUp): Showing {
  const most = Math.max(1, ...data.crossings.map((c) => c.reach?.nearest_to ?? 0));
  return {
    left: new Map(), load: new Map(), limitStreets: [],
    closedNow: new Set(data.crossings.filter((c) => c.users === "armed").map((c) => c.id)),
    crossings: new Map(data.crossings.map((c) => [c.id, {
      share: (c.reach?.nearest_to ?? 0) / most, short: people(c.reach?.nearest_to ?? 0), limits: c.reach?.people === 0,
      detail: c.reach?.people === 0 ? "nobody reaches it" : `nearest for ${people(c.reach?.nearest_to ?? 0)}`,
    }])),
  };
}

export function startCheckUp(): void {
  const data = held<CheckUp>("sp-checkup");
  const names = new Map(data.crossings.map((c) => [c.id, c.name]));
  const map = openMap({
    city: held<CityDocument>("sp-city"), places: placesOf(data),
    aboutZone: (zone) => {
      const known = data.zones.find((z) => z.id === zone.id);
      const way = known?.corridor && known.metres !== null
        ? `${(known.metres / 1000).toFixed(1)} km to ${names.get(known.corridor) ?? known.corridor}.`
        : WAYS[known?.way ?? "unknown"];
      return { text: `${people(zone.inside)} people. ${way}` };
    },
  });
  map?.show(showingOf(data));
  const paper = byId("sp-map-paper");
  window.addEventListener("beforeprint", () => { paper.replaceChildren(...onPaper(map)); });
  window.addEventListener("afterprint", () => { paper.replaceChildren(); });
  window.safepassage = {
    map, minute: 0, setMinute: () => undefined, idle: async () => { await map?.idle(); },
  };
}
