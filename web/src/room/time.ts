// Times are UTC in the documents and on the clock of the case's place on the page.

import { language, t } from "../words/words";

export const MINUTE = 60_000;
let zone = "UTC";
const formats = new Map<string, Intl.DateTimeFormat>();

/** Show times on the clock of this place from now on. */
export function useZone(tz: string): void {
  zone = tz;
  formats.clear();
}

function format(name: string, locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${name} ${locale}`;
  const made = formats.get(key)
    ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: zone, numberingSystem: "latn", calendar: "gregory" });
  formats.set(key, made);
  return made;
}

export const instant = (at: string | number): number => (typeof at === "number" ? at : Date.parse(at));

export const hhmm = (at: string | number): string =>
  format("hhmm", "en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(instant(at));

export const hhmmss = (at: string | number): string =>
  format("hhmmss", "en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" }).format(instant(at));

export const day = (at: string | number): string =>
  format("day", language() === "ar" ? "ar-SY" : "en-GB", { weekday: "short", day: "numeric", month: "short", year: "numeric" })
    .format(instant(at));

/** Give a moment as the place's clocks and calendars have it: 2016-11-04T11:42. */
export function local(at: string | number): string {
  const ms = instant(at);
  const date = format("date", "en-CA", { year: "numeric", month: "2-digit", day: "2-digit" }).format(ms);
  return `${date}T${hhmm(ms)}`;
}

/** Read a moment from the place's clock. */
export function fromLocal(text: string): number {
  const wanted = Date.parse(`${text.slice(0, 16)}Z`);
  let guess = wanted;
  for (let round = 0; round < 2; round++) guess += wanted - Date.parse(`${local(guess)}Z`);
  return guess;
}

/** Say how long ago something was, as of the moment that the page shows. */
export function ago(at: string | number, now: number): string {
  const minutes = Math.max(0, Math.floor((now - instant(at)) / MINUTE));
  if (minutes < 1) return t("time.now");
  return minutes < 120 ? t("time.minutes_ago", { n: minutes }) : t("time.hours_ago", { n: Math.floor(minutes / 60) });
}

export function lasting(minutes: number): string {
  const whole = Math.max(0, Math.round(minutes));
  return whole < 60 ? t("time.minutes", { n: whole })
    : t("time.hours_minutes", { hours: Math.floor(whole / 60), minutes: String(whole % 60).padStart(2, "0") });
}
