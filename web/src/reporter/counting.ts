// Count people past a corridor with one thumb.

import { h, type Child } from "../room/dom";
import { hhmm } from "../room/time";
import { count as digits, t, term } from "../words/words";
import type { App } from "./app";
import { toServer } from "./clock";
import { begun, CARRYING, due, ordered, passed, type Count } from "./count";
import { chosen, numbered, twice } from "./say";

const STEPS = [1, 5, 10] as const;
const FAMILY = [2, 3, 4, 5, 6, 7, 8, 9] as const;
const LOOK_MS = 15_000;

/** Choose the corridor that all reports are about; where there is one, only name it. */
export function corridorChoice(app: App): HTMLElement {
  if (!app.corridor) return h("p", {}, t("reporter.no_corridors"));
  if (app.corridors.length < 2) return h("p", { class: "at" }, h("bdi", {}, app.named(app.corridor)));
  return h("p", { class: "at" }, h("label", {}, h("span", { class: "unseen" }, t("field.corridor")), h("select", {
    onchange: (event) => { void app.choose((event.target as HTMLSelectElement).value); },
  }, app.corridors.map(({ id }) => h("option", { value: id, selected: id === app.corridor }, app.named(id))))));
}

export function countView(app: App): Child[] {
  if (!app.count.corridor) app.count = { ...app.count, corridor: app.corridor };
  const undone: number[] = [];
  const number = h("strong", { class: "number" });
  const since = h("p", { class: "since" });
  const keys = h("div", { class: "keys" });
  const send = h("button", { type: "button", class: "send", onclick: () => { void sent(); } });
  const back = h("button", { type: "button", class: "undo", onclick: () => { add(-(undone.pop() ?? 0), true); } }, t("reporter.undo"));

  const draw = (): void => {
    const { count } = app;
    number.textContent = digits(count.people);
    since.textContent = sinceWords(app, count);
    const now = due(count, Date.now());
    send.textContent = t(count.since === null ? "reporter.begin" : now ? "reporter.send_count_now" : "reporter.send_count", { n: count.people });
    send.classList.toggle("due", now);
    back.disabled = !undone.length;
  };
  const add = (people: number, back = false): void => {
    if (!back) undone.push(people);
    app.setCount(passed(app.count, people, Date.now()));
    navigator.vibrate?.(15);
    draw();
  };
  const sent = async (): Promise<void> => {
    if (app.count.since === null) { app.setCount(passed(app.count, 0, Date.now())); draw(); return; }
    if (!ordered(app.count)) { app.tell(t("reporter.not_ordered"), true); return; }
    undone.length = 0;
    if (await app.sendCount()) app.stay("count");
  };
  const plain = (): void => {
    keys.replaceChildren(
      ...STEPS.map((n) => h("button", { type: "button", class: `step step-${n}`, onclick: () => { add(n); } }, h("bdi", { dir: "ltr" }, `+${n}`))),
      h("button", { type: "button", class: "family", onclick: family }, t("reporter.family")), back);
  };
  const family = (): void => {
    keys.replaceChildren(h("p", { class: "asked" }, t("reporter.family_size")),
      ...FAMILY.map((n) => h("button", { type: "button", class: "size", onclick: () => { add(n); plain(); } }, `${n}`)),
      h("button", { type: "button", onclick: plain }, t("cancel")));
  };

  plain();
  draw();
  app.follow(draw);
  const timer = window.setInterval(() => { if (number.isConnected) draw(); else clearInterval(timer); }, LOOK_MS);
  return [
    h("h1", { class: "unseen", tabindex: -1 }, t("reporter.count")), corridorChoice(app),
    h("div", { class: "shown", role: "status" }, number, since), keys, details(app), h("div", { class: "foot" }, send),
  ];
}

function sinceWords(app: App, { since, counted }: Count): string {
  if (since === null) return t("reporter.not_begun");
  const { clock } = app.kept.values;
  const time = hhmm(clock ? toServer(since, clock) : since);
  const words = t(counted === "in all" ? "reporter.in_all_since" : "reporter.since", { time });
  return clock ? words : `${words} ${t("reporter.phone_clock")}`;
}

/** What is seldom needed: how sure, who carries arms, a running total, an end. */
function details(app: App): HTMLElement {
  const { count } = app;
  return h("details", { class: "closer" }, h("summary", {}, summed(count)),
    h("div", { class: "pair" },
      numbered(t("reporter.no_fewer"), count.low, (low) => { app.setCount({ ...app.count, low }); }),
      numbered(t("reporter.no_more"), count.high, (high) => { app.setCount({ ...app.count, high }); })),
    chosen(t("reporter.arms"), CARRYING.map((value) => ({ value, words: term("carrying", value) })), count.carrying,
      (carrying) => { app.setCount({ ...app.count, carrying }); }),
    chosen(t("reporter.counted"), [
      { value: "over", words: t("reporter.over") }, { value: "in all", words: t("reporter.in_all") },
    ] as const, count.counted, (counted) => { void turned(app, counted); }),
    twice(t("reporter.stop"), t("reporter.stop_again"), () => { void ended(app); }, "quiet"));
}

const summed = ({ carrying, counted, low, high }: Count): string =>
  [t("reporter.closer"), carrying === "not known" ? "" : term("carrying", carrying),
    counted === "in all" ? t("reporter.in_all") : "", low === null && high === null ? "" : `${low ?? ""}–${high ?? ""}`,
  ].filter(Boolean).join(" · ");

/** Change between an interval and a running total: what is counted is sent as it was begun. */
async function turned(app: App, counted: Count["counted"]): Promise<void> {
  if (app.count.people > 0 && !(await app.sendCount())) return;
  app.setCount(begun(app.corridor, counted, app.count.carrying));
  app.stay("count");
}

/** Stop counting: send what there is, and begin anew with the next tap. */
async function ended(app: App): Promise<void> {
  if (app.count.people > 0 && !(await app.sendCount())) return;
  app.setCount(begun(app.corridor, app.count.counted, app.count.carrying));
  app.stay("count");
}
