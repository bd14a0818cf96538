// Put life into a brief. The page is whole without this; with it, the map, the curve and the slider work.

import { hhmm, instant, people, percent } from "../clock";
import { Curve } from "../chart/curve";
import { Flowing, frameAt, type Frame } from "../frame";
import type { Places, Showing } from "../map/citymap";
import { byId, held, onPaper, openMap } from "../page";
import type { CityDocument, Plan } from "../plan";
import { say } from "../say";
import { Numbers } from "./numbers";
import { Player } from "./player";
import { Waves } from "./waves";

const SMALLEST_BLOCK_M = 60;
/** Width of the text on A4, in CSS pixels. */
const PAPER_PX = 694;
const PAPER_TALL_PX = 290;

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
        id: c.id, name: /armed|مسلح/i.test(c.name) ? c.name : say("{place} (armed groups)", { place: c.name }), lat: c.lat, lon: c.lon,
        radiusM: Math.max(SMALLEST_BLOCK_M, ...blocks.map((b) => b.setback_m)),
      };
    }),
  };
}

function showingOf(plan: Plan, frame: Frame, flowing: Flowing): Showing {
  const most = Math.max(1, ...plan.corridors.map((c) => c.schedule_passed?.at(-1) ?? 0));
  const use = (share: number | null): string => (share === null ? "" : `\n${say("{share} in use", { share: percent(share) })}`);
  return {
    left: new Map(frame.zones.map((z) => [z.id, z.left])),
    crossings: new Map(frame.corridors.map((c) => [c.id, {
      share: c.passed / most, detail: say("{n} passed", { n: people(c.passed) }) + use(c.use), short: people(c.passed), limits: c.limits,
    }])),
    load: flowing.at(frame.minute),
    limitStreets: frame.limit?.streets ?? [],
    closedNow: frame.closedTo,
  };
}

export function startBrief(): void {
  const plan = held<Plan>("sp-plan");
  const city = held<CityDocument>("sp-city");
  const { usable } = plan.window;
  for (const part of document.querySelectorAll<HTMLElement>("[data-needs-script]")) part.hidden = false;

  const waves = new Waves(plan, byId("waves"));
  const numbers = new Numbers(document);
  const flowing = new Flowing(plan, city);
  const map = openMap({
    city, places: placesOf(plan), words: {
      assumed: (name) => say("{name} (assumed)", { name }),
      controls: {
        "NavigationControl.ZoomIn": say("Zoom in"), "NavigationControl.ZoomOut": say("Zoom out"), "Map.Title": say("Map"),
        "CooperativeGesturesHandler.WindowsHelpText": say("Use Ctrl + scroll to zoom the map"),
        "CooperativeGesturesHandler.MacHelpText": say("Use ⌘ + scroll to zoom the map"),
        "CooperativeGesturesHandler.MobileHelpText": say("Use two fingers to move the map"), "Popup.Close": say("Close"),
      },
    },
    aboutZone: (zone, left) => ({
      text: say("{left} of {n} people still inside at this minute", { left: people(left), n: people(zone.inside) }),
      button: { label: say("Show its waves"), press: () => { waves.only(zone.id); } },
    }),
  });
  const last = Math.max(0, plan.schedule.cumulative.length - 1);
  const player = new Player(byId("sp-minute"), byId("sp-play"), usable.start, last);
  const curve = new Curve(plan, byId("sp-curve"), byId("sp-road"), (minute) => { player.set(minute); });
  const paper = byId("sp-map-paper");
  const still = [...paper.childNodes]; // the plan at closing, for who prints before the map is drawn
  window.addEventListener("beforeprint", () => {
    curve.draw(PAPER_PX, PAPER_TALL_PX);
    if (map?.whole) paper.replaceChildren(...onPaper(map));
  });
  window.addEventListener("afterprint", () => { curve.draw(); paper.replaceChildren(...still); });

  player.onMinute((minute) => {
    const frame = frameAt(plan, minute);
    numbers.show(frame);
    map?.show(showingOf(plan, frame, flowing));
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
