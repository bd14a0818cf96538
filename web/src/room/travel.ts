// Time travel: the slider over the record, and the banner that says which minute is shown.

import { t } from "../words/words";
import { button, h, refill } from "./dom";
import { type Room, shown } from "./state";
import { MINUTE, day, hhmm, instant } from "./time";

const BEFORE_MIN = 120;
const WAIT_MS = 140;

export class Travel {
  readonly element: HTMLElement;
  readonly banner = h("div", { class: "banner travelling", hidden: true, "data-test": "as-known" });
  private readonly slider: HTMLInputElement;
  private readonly clock = h("output", { class: "travel-clock" });
  private readonly live: HTMLButtonElement;
  private readonly ticks = h("div", { class: "ticks", "aria-hidden": "true", dir: "ltr" });
  private readonly first = h("span", {});
  private waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly room: Room) {
    this.slider = h("input", {
      type: "range", step: 1, "aria-label": t("travel.slider"), dir: "ltr", "data-key": "travel", "data-test": "travel",
      oninput: () => { this.soon(); },
    });
    this.live = this.toLive("live");
    const step = (by: number, name: string): HTMLElement => button(name, () => { this.step(by); }, {
      "aria-label": `${name} · ${t(by < 0 ? "travel.earlier" : "travel.later", { n: Math.abs(by) })}`,
    });
    this.element = h("nav", { class: "travel", "aria-label": t("travel.title") },
      h("span", { class: "travel-name" }, t("travel.title")),
      h("div", { class: "travel-steps", dir: "ltr" }, step(-15, "−15"), step(-1, "−1"), this.clock, step(1, "+1"), step(15, "+15")),
      h("div", { class: "track", dir: "ltr" }, this.first, h("div", { class: "track-in" }, this.ticks, this.slider)),
      this.live);
  }

  private get start(): number {
    const window = this.room.about.window ?? shown(this.room)?.window;
    const start = window ? instant(window.start) : this.room.clock.now;
    return Math.floor((Math.min(start, this.room.clock.now) - BEFORE_MIN * MINUTE) / MINUTE) * MINUTE;
  }

  private toLive(key: string): HTMLButtonElement {
    return button([t("travel.live"), " ", h("kbd", {}, "Esc")], () => { this.back(); }, { class: "to-live", "data-key": key });
  }

  private back(): void {
    clearTimeout(this.waiting);
    this.room.travel(null);
    this.slider.focus();
  }

  private step(by: number): void {
    const from = this.room.at ?? Math.floor(this.room.clock.now / MINUTE) * MINUTE;
    const to = Math.max(this.start, from + by * MINUTE);
    this.room.travel(to >= this.room.clock.now ? null : to);
  }

  /** Ask for a minute once the slider rests, so that a drag asks once. */
  private soon(): void {
    clearTimeout(this.waiting);
    const at = this.start + this.slider.valueAsNumber * MINUTE;
    this.clock.textContent = hhmm(at);
    this.waiting = setTimeout(() => { this.room.travel(this.slider.value === this.slider.max ? null : at); }, WAIT_MS);
  }

  show(): void {
    const now = this.room.clock.now;
    const at = this.room.at ?? now;
    const most = Math.max(1, Math.floor((now - this.start) / MINUTE));
    this.slider.max = String(most);
    const off = Math.abs(this.slider.valueAsNumber - (at - this.start) / MINUTE) > 1;
    if (document.activeElement !== this.slider || this.room.at === null || off)
      this.slider.value = String(this.room.at === null ? most : Math.round((at - this.start) / MINUTE));
    this.slider.setAttribute("aria-valuetext", this.room.at === null ? t("travel.is_live") : t("travel.as_known", { time: hhmm(at) }));
    this.slider.style.setProperty("--share", String(this.slider.valueAsNumber / most));
    this.clock.textContent = hhmm(at);
    this.first.textContent = hhmm(this.start);
    this.live.disabled = this.room.at === null;
    this.marks(most);
    this.tell(at);
  }

  private tell(at: number): void {
    const past = this.room.at !== null;
    document.body.classList.toggle("past", past);
    if (this.banner.hidden === past) this.banner.hidden = !past;
    if (!past || this.banner.dataset.at === String(at)) return;
    this.banner.dataset.at = String(at);
    refill(this.banner,
      h("p", { role: "status" }, h("b", {}, t("travel.as_known", { time: hhmm(at) })), ` · ${day(at)}. `, t("travel.nothing_later")),
      this.toLive("banner-live"));
  }

  /** Tick the slider where incidents were told: a place to travel to. */
  private marks(most: number): void {
    const incidents = this.room.live?.incidents ?? [];
    const told = `${most} ${incidents.length}`;
    if (this.ticks.dataset.told === told) return;
    this.ticks.dataset.told = told;
    this.ticks.replaceChildren(...incidents.map((incident) => {
      const tick = h("i", {});
      tick.style.left = `${(100 * (instant(incident.known_at ?? incident.happened_at) - this.start)) / MINUTE / most}%`;
      return tick;
    }));
  }
}
