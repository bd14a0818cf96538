// Alarms: announced once, listed until they end, acknowledged on this device alone.

import { language, t, term } from "../words/words";
import { button, h, refill } from "./dom";
import { alarmMark } from "./marks";
import { type Room, asOf, corridorName, shown } from "./state";
import { ago, hhmm } from "./time";
import type { Alarm } from "./types";

const KEPT = "safepassage-acknowledged";
const RANK = { alarm: 0, warning: 1 } as const;

const key = (alarm: Alarm): string => `${alarm.id ?? `${alarm.kind} ${alarm.corridor}`} ${alarm.since}`;

export class Alarms {
  readonly element: HTMLElement;
  /** Read out at once by a screen reader. */
  readonly spoken = h("div", { class: "hidden", role: "alert", "data-test": "spoken" });
  private readonly list = h("ul", { class: "alarms", "data-test": "alarms" });
  private readonly heading = h("h2", {});
  private readonly acknowledged = new Set<string>(JSON.parse(sessionStorage.getItem(KEPT) ?? "[]") as string[]);
  private announced = new Set<string>();

  constructor(private readonly room: Room) {
    this.element = h("section", { class: "pane alarm-pane", "aria-label": t("alarms.title") }, h("header", {}, this.heading),
      h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("alarms.title") }, this.list));
  }

  show(): void {
    this.element.hidden = shown(this.room)?.alarms === undefined;
    const alarms = [...(shown(this.room)?.alarms ?? [])]
      .sort((a, b) => Number(this.acknowledged.has(key(a))) - Number(this.acknowledged.has(key(b)))
        || RANK[a.level] - RANK[b.level] || Date.parse(b.since) - Date.parse(a.since));
    const open = alarms.filter((a) => !this.acknowledged.has(key(a)));
    refill(this.heading, t("alarms.title"), " ", h("span", { class: open.length ? "badge-count" : "badge-count none" }, open.length));
    refill(this.list, alarms.length === 0 ? h("li", { class: "soft" }, t("alarms.none")) : alarms.map((a) => this.row(a)));
    if (this.room.at === null) this.announce(open);
  }

  /** Say it in the server's words; reporters are told the kind and the corridor alone. */
  private words(alarm: Alarm): string {
    const own = language() === "ar" ? alarm.text_ar ?? alarm.text : alarm.text;
    return own ?? [corridorName(this.room, alarm.corridor), term("alarm", alarm.kind)].filter(Boolean).join(": ");
  }

  private row(alarm: Alarm): HTMLElement {
    const done = this.acknowledged.has(key(alarm));
    return h("li", { class: `${alarm.level}${done ? " acknowledged" : ""}`, "data-alarm": alarm.id ?? alarm.kind },
      alarmMark(alarm.level),
      h("div", {},
        h("p", {}, h("b", {}, t(`alarms.${alarm.level}`)), " ", this.words(alarm)),
        h("div", { class: "feed-foot" }, t("alarms.since", { time: hhmm(alarm.since) }), " · ", ago(alarm.since, asOf(this.room)),
          done ? [" · ", t("alarms.acknowledged")]
            : button(t("alarms.acknowledge"), () => { this.acknowledge(alarm); }, { class: "link", "data-key": `ack-${key(alarm)}` }))));
  }

  private acknowledge(alarm: Alarm): void {
    this.acknowledged.add(key(alarm));
    sessionStorage.setItem(KEPT, JSON.stringify([...this.acknowledged]));
    this.show();
    const next = this.list.querySelector<HTMLElement>("button") ?? this.element.querySelector<HTMLElement>(".scroll");
    next?.focus();
  }

  private announce(open: Alarm[]): void {
    const fresh = open.filter((a) => !this.announced.has(key(a)));
    this.announced = new Set(open.map(key));
    if (fresh.length) this.spoken.textContent = fresh.map((a) => `${t(`alarms.${a.level}`)} ${this.words(a)}`).join(" ");
  }
}
