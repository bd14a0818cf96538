// Tell what happened, apart from counts: how a corridor is, incidents, test movements, how people fared, notes.

import { h, type Child } from "../room/dom";
import { t, term, type Key } from "../words/words";
import type { App } from "./app";
import { corridorChoice } from "./counting";
import { HOW, RESULTS, STAGES, STATES, WHAT, type Draft, type How } from "./event";
import { heading, known, numbered, when, worded } from "./say";

const SIGNS: Record<string, string> = {
  open: "○", closed: "✕", restricted: "◐", unknown: "?", started: "→", passed: "✓", failed: "✕",
};

/** Words on a button, with a capital letter where the language has them. */
const word = (words: string): HTMLElement => h("span", { class: "word" }, words);

export function corridorView(app: App): Child[] {
  return [h("h1", { class: "unseen", tabindex: -1 }, t("reporter.corridor")), corridorChoice(app),
    h("p", { class: "asked" }, t("reporter.corridor_is")),
    h("div", { class: "grid two" }, STATES.map((state) => h("button", {
      type: "button", class: `state state-${state}`, onclick: () => { stateSheet(app, state); },
    }, h("span", { class: "sign", "aria-hidden": "true" }, SIGNS[state]), word(term("state", state)))))];
}

export function incidentView(app: App): Child[] {
  return [h("h1", { class: "unseen", tabindex: -1 }, t("reporter.incident")), corridorChoice(app),
    h("p", { class: "asked" }, t("reporter.what")),
    h("div", { class: "grid two" }, WHAT.map((what) => h("button", {
      type: "button", onclick: () => { incidentSheet(app, what); },
    }, word(term("what", what)))))];
}

export function moreView(app: App): Child[] {
  return [h("h1", { class: "unseen", tabindex: -1 }, t("reporter.more")), corridorChoice(app),
    h("p", { class: "asked" }, t("kind.test movement")),
    h("div", { class: "grid three" }, RESULTS.map((result) => h("button", {
      type: "button", onclick: () => { testSheet(app, result); },
    }, h("span", { class: "sign", "aria-hidden": "true" }, SIGNS[result]), word(term("result", result))))),
    h("p", { class: "asked" }, t("kind.movement")),
    h("div", { class: "grid two" }, STAGES.map((stage) => h("button", {
      type: "button", onclick: () => { movementSheet(app, stage); },
    }, word(term("stage", stage))))),
    h("p", { class: "asked" }, t("reporter.else")),
    h("div", { class: "grid two" },
      h("button", { type: "button", onclick: () => { noteSheet(app); } }, t("kind.note")),
      h("button", { type: "button", onclick: () => { app.show("waiting"); } }, t("reporter.not_sent_yet")))];
}

/** A form that is sent with its last button, as it stands; what is not said is left out. */
function sheet(app: App, words: string, about: Draft, fields: Child[], missing: () => Key | null = () => null): void {
  let how: How = "saw";
  let on = true;
  const send = async (): Promise<void> => {
    const lacks = missing();
    if (lacks) { app.tell(t(lacks), true); return; }
    if (!on) return; // a second tap before the first is kept
    on = false;
    const said = Object.fromEntries(Object.entries(about).filter(([, value]) => value !== "" && value !== null)) as Draft;
    if (await app.record({ ...said, ...HOW[how] })) app.show(app.view);
    on = true;
  };
  const [first, ...rest] = fields;
  app.hush();
  app.fill(heading(words), h("p", { class: "at" }, h("bdi", {}, app.named(app.corridor))), first,
    known(how, (value) => { how = value; }), when(0, (ago) => { about.ago = ago; }), ...rest,
    h("div", { class: "foot pair" },
      h("button", { type: "button", class: "quiet", onclick: () => { app.show(app.view); } }, t("cancel")),
      h("button", { type: "button", class: "send", onclick: () => { void send(); } }, t("reporter.send"))));
  app.focus();
}

const begun = (app: App, kind: Draft["kind"]): Draft => ({ kind, corridor: app.corridor, ...HOW.saw });

const text = (about: Draft): HTMLElement =>
  worded(t("field.text"), "", (value) => { about.text = value; }, { long: true, hint: t("reporter.no_names") });

const by = (about: Draft): HTMLElement =>
  worded(t("field.by"), "", (value) => { about.by = value; }, { hint: t("reporter.by_hint") });

function stateSheet(app: App, state: string): void {
  const about: Draft = { ...begun(app, "status"), state };
  sheet(app, `${t("kind.status")}: ${term("state", state)}`, about, [null, by(about), text(about)]);
}

function incidentSheet(app: App, what: string): void {
  const about: Draft = { ...begun(app, "incident"), what };
  const counted = (name: "times" | "killed" | "injured", least = 0): HTMLElement =>
    numbered(t(`field.${name}`), null, (value) => { if (value === null) delete about[name]; else about[name] = value; }, least);
  sheet(app, term("what", what), about, [null,
    h("div", { class: "three" }, counted("times", 1), counted("killed"), counted("injured")),
    worded(t("field.place"), "", (value) => { about.place = value; }, { hint: t("reporter.place_hint") }), text(about)]);
}

function testSheet(app: App, result: string): void {
  const about: Draft = { ...begun(app, "test movement"), result };
  sheet(app, `${t("kind.test movement")}: ${term("result", result)}`, about, [null, text(about)]);
}

function movementSheet(app: App, stage: string): void {
  const about: Draft = { ...begun(app, "movement"), stage };
  const people = numbered(t("reporter.people"), null, (best) => {
    if (best === null) delete about.people; else about.people = { low: best, best, high: best };
  });
  sheet(app, term("stage", stage), about, [people, by(about), text(about)], () => (about.people ? null : "reporter.people_needed"));
}

function noteSheet(app: App): void {
  const about: Draft = begun(app, "note");
  sheet(app, t("kind.note"), about, [text(about)], () => (about.text ? null : "reporter.text_needed"));
}
