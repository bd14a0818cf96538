// Small parts that the views share: choices as buttons, numbers, how one knows, and when it was.

import { h } from "../room/dom";
import { t, term } from "../words/words";
import { HOW, type How } from "./event";

export interface Choice<T extends string> { value: T; words: string }

let made = 0;
const unique = (): string => `f${(made += 1)}`;

/** One of a few, as large buttons of which one is pressed in. */
export function chosen<T extends string>(
  legend: string, choices: readonly Choice<T>[], value: T, then: (value: T) => void,
): HTMLElement {
  const name = unique();
  return h("fieldset", { class: "chosen" }, h("legend", {}, legend), h("div", { class: "chips" },
    choices.map((each) => h("label", {},
      h("input", { type: "radio", name, value: each.value, checked: each.value === value, onchange: () => { then(each.value); } }),
      h("span", {}, each.words)))));
}

/** A whole number, or nothing. */
export function numbered(words: string, value: number | null, then: (value: number | null) => void, least = 0): HTMLElement {
  const id = unique();
  return h("p", { class: "field" }, h("label", { for: id }, words), h("input", {
    id, type: "text", inputmode: "numeric", autocomplete: "off", maxlength: 9, dir: "ltr", value: value ?? "",
    oninput: (event) => {
      const field = event.target as HTMLInputElement;
      const read = whole(field.value);
      const fits = field.value.trim() === "" || (read !== null && read >= least);
      field.setCustomValidity(fits ? "" : t("reporter.number_wrong"));
      field.setAttribute("aria-invalid", String(!fits));
      then(fits ? read : null);
    },
  }));
}

/** Read a whole number in the digits of any of the languages that are written here. */
export function whole(text: string): number | null {
  const plain = text.trim().replace(/[٠-٩]/g, (d) => String(d.charCodeAt(0) - 0x660)).replace(/[۰-۹]/g, (d) => String(d.charCodeAt(0) - 0x6f0));
  return /^\d{1,8}$/.test(plain) ? Number(plain) : null;
}

export function worded(
  words: string, value: string, then: (value: string) => void, { long = false, hint = "" } = {},
): HTMLElement {
  const id = unique();
  const common = {
    id, autocomplete: "off", autocapitalize: "sentences", dir: "auto", "aria-describedby": hint ? `${id}h` : null,
    oninput: (event: Event) => { then((event.target as HTMLInputElement).value.trim()); },
  };
  const field = long ? h("textarea", { ...common, rows: 4, maxlength: 2000 }) : h("input", { ...common, type: "text", maxlength: 120 });
  field.value = value;
  return h("p", { class: "field wide" }, h("label", { for: id }, words), field, hint && h("small", { id: `${id}h` }, hint));
}

/** How the reporter knows. */
export const known = (value: How, then: (value: How) => void): HTMLElement =>
  chosen(t("reporter.how"), (Object.keys(HOW) as How[]).map((how) => ({ value: how, words: term("reporter.how", how) })), value, then);

const MINUTES_AGO = ["0", "5", "15", "30", "60"] as const;

/** When it happened: now, or some minutes ago. */
export const when = (value: number, then: (minutes: number) => void): HTMLElement =>
  chosen(t("reporter.when"), MINUTES_AGO.map((m) => ({
    value: m, words: m === "0" ? t("reporter.now") : t("reporter.minutes_ago", { n: Number(m) }),
  })), MINUTES_AGO.find((m) => Number(m) === value) ?? "0", (m) => { then(Number(m)); });

/** A heading that takes the focus when its view opens. */
export const heading = (words: string): HTMLElement => h("h1", { tabindex: -1 }, words);

/** Buttons that do something only at a second tap within a few seconds: the first is told apart. */
export function twice(words: string, again: string, then: () => void, kind = ""): HTMLButtonElement {
  let armed = 0;
  const button = h("button", { type: "button", class: kind, onclick: () => {
    if (armed) { clearTimeout(armed); then(); return; }
    button.textContent = again;
    button.classList.add("armed");
    armed = window.setTimeout(() => { armed = 0; button.textContent = words; button.classList.remove("armed"); }, 5_000);
  } }, words);
  return button;
}
