// The fields of the form: each knows what stands in it, as the event's JSON will have it.

import { type Key, t, term } from "../words/words";
import type { Field } from "./kinds";
import { button, h } from "./dom";
import { fromLocal, local } from "./time";

export interface Entered {
  readonly element: HTMLElement;
  /** What was entered; undefined leaves it out. */
  value: () => unknown;
  set: (value: string) => void;
  /** Say what is wrong with it, or nothing. */
  fault: (words: string | null) => void;
}

export interface Around { corridors: { id: string; name: string }[]; now: () => number }

const word = (name: string): string => t(`field.${name}` as Key);
let made = 0;

/** Make a labelled field. */
export function entered(field: Field, around: Around): Entered {
  if (field.as === "people") return peopleField(field);
  if (field.as === "claims") return claimsField();
  const input = control(field, around);
  const id = `field-${++made}`;
  input.id = id;
  if (field.needed) input.required = true;
  const faults = h("p", { class: "fault", id: `${id}-fault` });
  const label = h("label", { for: id }, word(field.name), !field.needed && field.as !== "yes" && h("small", {}, t("field.optional")));
  return {
    element: h("div", { class: `field field-${field.as}`, "data-field": field.name }, label, input, faults),
    value: () => read(field, input),
    set: (value) => { input.value = value; },
    fault: (words) => { tell(input, faults, words); },
  };
}

const written = (at: number): string => local(at).replace("T", " ");

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function control(field: Field, { corridors, now }: Around): Control {
  const option = (value: string, name: string): HTMLElement => h("option", { value }, name);
  switch (field.as) {
    case "choice": return h("select", {}, (field.choices ?? []).map((c) => option(c, term(field.family ?? "", c))));
    case "corridor": return h("select", {},
      option("", t(field.needed ? "field.choose" : "field.any_corridor")), corridors.map((c) => option(c.id, c.name)));
    // Browsers write a date in the order of their own language: 11/04 is read as two days. This is read as one.
    case "time": return h("input", {
      type: "text", value: field.needed ? written(now()) : "", placeholder: written(now()),
      pattern: "\\d{4}-\\d\\d-\\d\\d [0-2]\\d:[0-5]\\d", maxlength: 16, dir: "ltr", autocomplete: "off", inputmode: "numeric",
    });
    case "long": return h("textarea", { rows: 2, maxlength: 2000, dir: "auto" });
    case "number": return h("input", { type: "number", min: 1, max: 10000, step: 1, inputmode: "numeric", dir: "ltr" });
    case "yes": return h("input", { type: "checkbox" });
    case "code": return h("input", {
      type: "text", maxlength: 40, pattern: "[A-Za-z0-9][A-Za-z0-9._\\-]*", dir: "ltr", autocapitalize: "off", spellcheck: "false",
    });
    case "event": return h("input", { type: "text", maxlength: 64, dir: "ltr", spellcheck: "false", autocomplete: "off" });
    default: return h("input", { type: "text", maxlength: 120, dir: "auto" });
  }
}

function read(field: Field, input: Control): unknown {
  if (field.as === "yes") return (input as HTMLInputElement).checked;
  const text = input.value.trim();
  if (text === "") return undefined;
  if (field.as === "time") {
    const time = text.replace(" ", "T");
    const read = Date.parse(`${time}Z`); // 31 November is read as 1 December
    const is = !Number.isNaN(read) && new Date(read).toISOString().startsWith(time);
    return is ? new Date(fromLocal(time)).toISOString() : text; // the server says what is wrong
  }
  return field.as === "number" ? Number(text) : text;
}

function tell(input: HTMLElement, box: HTMLElement, words: string | null): void {
  box.textContent = words ?? "";
  input.toggleAttribute("aria-invalid", words !== null);
  if (words === null) input.removeAttribute("aria-invalid");
  else input.setAttribute("aria-invalid", "true");
  if (box.id) input.setAttribute("aria-describedby", box.id);
}

function peopleField(field: Field): Entered {
  const parts = (["best", "low", "high"] as const).map((part) => {
    const id = `field-${++made}`;
    const input = h("input", {
      id, type: "number", min: 0, max: 100000000, step: 1, inputmode: "numeric", dir: "ltr", required: part === "best" && field.needed,
    });
    return { part, input, box: h("div", {}, h("label", { for: id }, t(`field.people_${part}`)), input) };
  });
  const faults = h("p", { class: "fault", id: `field-${++made}` });
  return {
    element: h("fieldset", { class: "field field-people", "data-field": field.name },
      h("legend", {}, word(field.name), !field.needed && h("small", {}, t("field.optional"))),
      h("div", { class: "three" }, parts.map((p) => p.box)), faults),
    value: () => {
      const given = parts.filter((p) => p.input.value !== "").map((p) => [p.part, Number(p.input.value)] as const);
      return given.length ? Object.fromEntries(given) : undefined;
    },
    set: (value) => { if (parts[0]) parts[0].input.value = value; },
    fault: (words) => { if (parts[0]) tell(parts[0].input, faults, words); },
  };
}

function claimsField(): Entered {
  const rows = h("div", { class: "claim-rows" });
  const faults = h("p", { class: "fault" });
  const add = (): void => {
    const line = (name: "claim_by" | "claim_who"): HTMLElement => {
      const id = `field-${++made}`;
      return h("div", {}, h("label", { for: id }, word(name)),
        h("input", { id, type: "text", maxlength: 120, dir: "auto", "data-part": name }));
    };
    rows.append(h("div", { class: "three" }, line("claim_by"), line("claim_who")));
  };
  return {
    element: h("fieldset", { class: "field", "data-field": "claims" }, h("legend", {}, word("claims"), h("small", {}, t("field.optional"))),
      h("p", { class: "soft" }, t("field.claims_note")), rows, button(t("field.add_claim"), add), faults),
    value: () => {
      const claims = [...rows.children].map((row) => {
        const part = (name: string): string => row.querySelector<HTMLInputElement>(`[data-part="${name}"]`)?.value.trim() ?? "";
        return { by: part("claim_by"), holds_responsible: part("claim_who") };
      }).filter((claim) => claim.by !== "" || claim.holds_responsible !== "");
      return claims.length ? claims : undefined;
    },
    set: () => undefined,
    fault: (words) => { faults.textContent = words ?? ""; },
  };
}
