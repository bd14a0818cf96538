// What the pages say, in English and Arabic. No text stands in code: a key leads to it.

import ar from "./ar.json";
import en from "./en.json";

export type Language = "en" | "ar";
export const LANGUAGES: readonly Language[] = ["en", "ar"];

/** Words, or words by the plural of `n` as the language has them: one, two, few, many, other. */
type Entry = string | Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
type Catalogue = Readonly<Record<string, Entry>>;
export type Key = keyof typeof en;

const CATALOGUES: Record<Language, Catalogue> = { en, ar };
const REMEMBERED = "safepassage-language";

let current: Language = "en";
let plurals = new Intl.PluralRules("en");

/** Speak a language from now on, and turn the page the way it is written. */
export function speak(language: Language): void {
  current = language;
  plurals = new Intl.PluralRules(language);
  document.documentElement.lang = language;
  document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
  try { localStorage.setItem(REMEMBERED, language); } catch { /* a browser that keeps nothing */ }
}

export const language = (): Language => current;

/** Give the language asked for in the address, chosen before on this device, or set in the browser. */
export function wanted(): Language {
  const asked = new URLSearchParams(location.search).get("language") ?? remembered() ?? navigator.language;
  return asked.toLowerCase().startsWith("ar") ? "ar" : "en";
}

function remembered(): string | null {
  try { return localStorage.getItem(REMEMBERED); } catch { return null; }
}

export type Filling = Readonly<Record<string, string | number>>;

/** Say what a key stands for, with `{names}` filled in; `n` chooses the plural. */
export function t(key: Key, filling: Filling = {}): string {
  return said(CATALOGUES[current][key] ?? CATALOGUES.en[key], filling) ?? key;
}

/** Say a word of the data, such as a state: `term("state", "open")`. Unknown ones stand as they are. */
export function term(family: string, word: string): string {
  return said(CATALOGUES[current][`${family}.${word}`], {}) ?? word;
}

/** Sentences that the server makes stand in the catalogues, too: as it makes them, and in Arabic. */
const SENTENCES = Object.entries(en).flatMap(([key, pattern]) => {
  if (!key.startsWith("said.") || typeof pattern !== "string") return [];
  const slots: string[] = [];
  const escaped = pattern.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(\w+)\}/g, (_, slot: string) => {
    slots.push(slot);
    return "(.+?)";
  });
  return [{ key, slots, fits: new RegExp(`^${escaped}$`) }];
});

/** Say a sentence of the server's in the page's language; null where the catalogues do not know it. */
export function translated(english: string, named: (name: string) => string = (name) => name): string | null {
  for (const { key, slots, fits } of SENTENCES) {
    const found = fits.exec(english);
    if (found) return said(CATALOGUES[current][key], Object.fromEntries(slots.map((slot, k) => [slot, named(found[k + 1] ?? "")]))) ?? null;
  }
  return null;
}

function said(entry: Entry | undefined, filling: Filling): string | undefined {
  if (entry === undefined) return undefined;
  const text = typeof entry === "string" ? entry : entry[plurals.select(Number(filling.n))] ?? entry.other;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    filling[name] === undefined ? whole : typeof filling[name] === "number" ? count(filling[name]) : filling[name]);
}

/** Write a count of people or things, with the digits that both languages' readers use on paper here. */
export const count = (value: number): string => Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, ",");
