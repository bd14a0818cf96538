// The reporter's page: opened by a link that holds a token, and usable from then on with no connection.

import { h } from "../room/dom";
import { speak, t, wanted } from "../words/words";
import { App } from "./app";
import { countView } from "./counting";
import { Kept } from "./kept";
import { corridorView, incidentView, moreView } from "./telling";
import { codeForm, waitingView } from "./waiting";
import { wipe } from "./wipe";

const VIEWS = { count: countView, corridor: corridorView, incident: incidentView, more: moreView, waiting: waitingView };

/** Take the token out of the address: a link stays in the browser's history without it. */
function fromAddress(): string | null {
  const found = /[#&]token=([^&]+)/.exec(location.hash)?.[1];
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  return found ? decodeURIComponent(found) : null;
}

/** Let one tab at a time count: two would write over each other. `lost` is called where another takes over. */
async function alone(lost: () => void, steal: boolean): Promise<boolean> {
  if (!("locks" in navigator)) return true;
  return new Promise((resolve) => {
    navigator.locks.request("report", steal ? { steal } : { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock && new Promise(() => undefined);
    }).catch(lost);
  });
}

function said(box: HTMLElement, words: string, button: string, then: () => void, stop: () => void): void {
  box.replaceChildren(h("main", { class: "alone" }, h("p", {}, words),
    h("button", { type: "button", class: "wide", onclick: then }, button),
    h("button", { type: "button", class: "quiet wide", onclick: () => { void wipe(stop); } }, t("reporter.wipe_all"))));
}

/** Ask for a link, on a page that says nothing else and keeps nothing: what a wiped phone shows, too. */
function entry(box: HTMLElement): Promise<string> {
  return new Promise((resolve) => {
    addEventListener("hashchange", () => { const token = fromAddress(); if (token) resolve(token); }, { once: true });
    document.title = t("reporter.title");
    box.replaceChildren(h("main", { class: "alone" }, codeForm(t("reporter.entry"), resolve)));
  });
}

async function start(box: HTMLElement, token: string | null, steal = false): Promise<void> {
  let app: App | null = null;
  const lost = (): void => {
    app?.stop();
    said(box, t("reporter.elsewhere"), t("reporter.use_here"), () => void start(box, null, true), () => undefined);
  };
  if (!(await alone(lost, steal))) {
    said(box, t("reporter.elsewhere"), t("reporter.use_here"), () => void start(box, token, true), () => undefined);
    return;
  }
  let kept: Kept;
  try {
    kept = await Kept.open(() => { app?.stop(); document.documentElement.replaceChildren(); });
  } catch {
    said(box, t("reporter.cannot_keep"), t("reporter.try_again"), () => { location.reload(); }, () => undefined);
    return;
  }
  const given = token ?? kept.values.token ?? (kept.waiting.length ? null : await entry(box));
  app = new App(box, kept, VIEWS);
  app.draw();
  if (given) await app.take(given);
  addEventListener("hashchange", () => { const other = fromAddress(); if (other) void app?.take(other); });
  app.link.soon();
  void keepPage(app);
}

/** Have the page itself kept, so that it opens with no connection, and ask that nothing be thrown away. */
async function keepPage(app: App): Promise<void> {
  void navigator.storage?.persist?.();
  try {
    await navigator.serviceWorker.register("/sw.js", { scope: "/report" });
    await navigator.serviceWorker.ready;
    app.ready = true;
    app.refresh();
  } catch { /* the page says that it needs a connection to open */ }
}

const token = fromAddress();
speak(wanted());
const box = document.getElementById("app") ?? document.body;
void start(box, token);
