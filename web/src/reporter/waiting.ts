// What is not sent yet, and what the server refused: mended and sent again, or thrown away.

import { h, type Child } from "../room/dom";
import { fromLocal, hhmm, local } from "../room/time";
import { count as digits, language, t, term } from "../words/words";
import type { App } from "./app";
import { ahead, written } from "./clock";
import type { Fault, Payload } from "./event";
import type { Waiting } from "./kept";
import { heading, numbered, twice, worded } from "./say";

/** A clock that differs by less agrees: a count is told to the minute. */
const AGREES_MS = 5_000;

export function waitingView(app: App): Child[] {
  const list = h("div", {});
  const draw = (): void => {
    const { waiting } = app.kept;
    const refused = waiting.filter((each) => each.refused);
    const fine = waiting.filter((each) => !each.refused);
    const held = document.activeElement instanceof HTMLElement && list.contains(document.activeElement);
    list.replaceChildren(...[
      refused.length ? h("h2", {}, t("reporter.refused_n", { n: refused.length })) : null,
      refused.length ? h("ul", { class: "cards" }, refused.map((each) => refusedCard(app, each))) : null,
      fine.length ? h("h2", {}, t("reporter.waiting_n", { n: fine.length })) : refused.length ? null : h("p", {}, t("reporter.all_sent")),
      h("ul", { class: "cards" }, fine.map((each) => h("li", {}, told(app, each)))),
    ].filter((each) => each !== null));
    if (held) app.focus();
    state.replaceChildren(...stateOf(app).map((words) => h("li", {}, words)));
  };
  const state = h("ul", { class: "plain" });
  let drawn = "";
  const redraw = (): void => { // a finger on a button must not lose it: only where something changed
    const now = JSON.stringify([app.kept.waiting, stateOf(app)]);
    if (now !== drawn) { drawn = now; draw(); }
  };
  redraw();
  app.follow(redraw);
  return [heading(t("reporter.not_sent_yet")), list,
    h("p", {}, h("button", { type: "button", class: "wide", onclick: () => { app.link.soon(); } }, t("reporter.send_now"))),
    h("h2", {}, t("reporter.how_it_stands")), state, tokenField(app)];
}

/** How it stands with the server, the clock and this phone, in sentences. */
function stateOf(app: App): string[] {
  const { clock, me } = app.kept.values;
  const { trouble } = app.link;
  return [
    app.link.standing === "not accepted" ? t("reporter.ask_new") : "",
    trouble ? t("reporter.server_says", { what: `${trouble.what}. ${trouble.remedy}` }) : "",
    !clock ? t("reporter.clock_unknown")
      : clock.speed !== 1 ? t("reporter.clock_exercise", { speed: Math.round(clock.speed) })
      : Math.abs(ahead(clock)) < AGREES_MS ? t("reporter.clock_agrees")
      : t(ahead(clock) > 0 ? "reporter.clock_ahead" : "reporter.clock_behind", { time: lasting(Math.abs(ahead(clock))) }),
    app.ready ? t("reporter.opens_offline") : t("reporter.opens_online"),
    me?.label ? t("reporter.sent_as", { code: me.label }) : "",
    t("reporter.keeps"),
  ].filter(Boolean);
}

function lasting(ms: number): string {
  const s = Math.round(ms / 1000);
  return s < 120 ? t("reporter.seconds", { n: s }) : s < 7200 ? t("reporter.minutes", { n: Math.round(s / 60) })
    : t("reporter.hours", { n: Math.round(s / 3600) });
}

/** Tell an event in a line or two. */
function told(app: App, { event, raw }: Waiting): HTMLElement {
  const { people } = event;
  const what = [
    event.what && term("what", event.what), event.state && term("state", event.state), event.result && term("result", event.result),
    event.stage && term("stage", event.stage), people && (people.low === people.high ? digits(people.best) : `${digits(people.best)} (${digits(people.low)}–${digits(people.high)})`),
  ].filter(Boolean).join(", ");
  const span = event.since ? `${hhmm(event.since)}–${hhmm(event.happened_at)}` : hhmm(event.happened_at);
  return h("p", {}, h("strong", {}, what ? `${term("kind", event.kind)}: ${what}` : term("kind", event.kind)), h("br"),
    `${span}${raw ? ` ${t("reporter.phone_clock")}` : ""} · `, h("bdi", {}, app.named(event.corridor ?? "")),
    event.text ? h("q", { dir: "auto" }, event.text) : null);
}

function refusedCard(app: App, each: Waiting): HTMLElement {
  return h("li", { class: "refused" }, told(app, each),
    h("ul", { class: "reasons", role: "list" }, (each.refused ?? []).map((fault) => h("li", {}, reason(fault)))),
    h("div", { class: "pair" },
      h("button", { type: "button", onclick: () => { mend(app, each); } }, t("reporter.mend")),
      twice(t("reporter.throw"), t("reporter.throw_again"), () => {
        void app.keep({ remove: [each.n] }).then(() => { app.refresh(); app.focus(); });
      }, "quiet")));
}

/** Give the server's reason in its words, which are English, after the field in ours. */
function reason({ place, what, remedy }: Fault): Child[] {
  if (place === "exercise" && !what) return [t("reporter.other_exercise")];
  if (!what) return [t("reporter.no_reason")];
  const name = /\.([a-z_]+)(?:\.(?:low|best|high))?$/.exec(place)?.[1];
  const ours = language() === "ar" && what.includes("looks like") ? `${t("reporter.no_names")} ` : null;
  return [ours, name ? h("b", {}, `${term("field", name)}: `) : null, h("span", { lang: "en", dir: "ltr" }, `${what}. ${remedy}`)];
}

/** Show an event with all that can be changed about it, and send it as a new one. */
function mend(app: App, each: Waiting): void {
  const event: Payload = { ...each.event };
  const fields: Child[] = [];
  if (event.people) {
    const people = { ...event.people };
    event.people = people;
    for (const [name, end] of [["people", "best"], ["no_fewer", "low"], ["no_more", "high"]] as const)
      fields.push(numbered(t(`reporter.${name}`), people[end], (value) => { people[end] = value ?? people.best; }));
  }
  for (const name of ["times", "killed", "injured"] as const) {
    const value = event[name];
    if (value !== undefined) fields.push(numbered(t(`field.${name}`), typeof value === "number" ? value : value.best,
      (read) => { if (read === null) delete event[name]; else event[name] = read; }));
  }
  for (const name of ["place", "by", "text"] as const)
    if (event[name] !== undefined) fields.push(worded(t(`field.${name}`), event[name],
      (value) => { if (value) event[name] = value; else delete event[name]; }, { long: name === "text", hint: t("reporter.no_names") }));
  for (const name of ["since", "happened_at"] as const) {
    const value = event[name];
    if (value) fields.push(timed(t(`field.${name}`), value, (at) => { event[name] = at; }));
  }
  app.fill(heading(t("reporter.mend")), told(app, each),
    h("ul", { class: "reasons" }, (each.refused ?? []).map((fault) => h("li", {}, reason(fault)))),
    placed(app, event), ...fields,
    h("div", { class: "foot pair" },
      h("button", { type: "button", class: "quiet", onclick: () => { app.show("waiting"); } }, t("cancel")),
      h("button", { type: "button", class: "send", onclick: () => { void again(app, each, event); } }, t("reporter.send_again"))));
  app.focus();
}

function placed(app: App, event: Payload): HTMLElement {
  return h("p", { class: "field wide" }, h("label", { for: "corridor" }, t("field.corridor")), h("select", {
    id: "corridor", onchange: (change) => { event.corridor = (change.target as HTMLSelectElement).value; },
  }, app.corridors.map(({ id }) => h("option", { value: id, selected: id === (event.corridor || app.corridor) }, app.named(id)))));
}

function timed(words: string, at: string, then: (at: string) => void): HTMLElement {
  const id = `t-${words}`;
  return h("p", { class: "field wide" }, h("label", { for: id }, words), h("input", {
    id, type: "datetime-local", value: local(at), onchange: (event) => {
      const { value } = event.target as HTMLInputElement;
      if (value) then(written(fromLocal(value)));
    },
  }));
}

/** Send what was refused again, under its id: should it be there after all, it is not counted twice. */
async function again(app: App, each: Waiting, { source: _, ...event }: Payload): Promise<void> {
  const corridor = event.corridor || app.corridor;
  const changed = {
    ...each, event: { ...event, ...(corridor ? { corridor } : {}) }, sealed: false, refused: null,
    exercise: app.kept.values.me?.exercise ?? null,
  };
  if (!(await app.keep({ put: [changed] }))) return;
  app.tell(t("reporter.kept"));
  app.show("waiting");
  app.link.soon();
}

/** Take another link: where the last is no longer accepted. */
const tokenField = (app: App): HTMLElement => h("details", {}, h("summary", {}, t("reporter.new_link")),
  codeForm(t("reporter.code"), (token) => { void app.take(token).then(() => { app.show("count"); }); }));

/** Ask for a link or its code, for phones that a link cannot be opened on. */
export function codeForm(words: string, then: (token: string) => void): HTMLElement {
  const field = h("input", { id: "token", type: "password", autocomplete: "off", dir: "ltr" });
  const given = (event: Event): void => {
    event.preventDefault();
    const token = field.value.replace(/^.*#token=/, "").trim();
    if (token) then(token);
  };
  return h("form", { onsubmit: given }, h("p", { class: "field wide" }, h("label", { for: "token" }, words), field),
    h("button", { class: "wide" }, t("reporter.use_code")));
}
