// Wipe the phone: one hold or two taps, and nothing of this page is left on it.

import { h } from "../room/dom";
import { t } from "../words/words";
import type { App } from "./app";
import { NAME, settled } from "./kept";

const HOLD_MS = 1_200;
const ARMED_MS = 5_000;
const PATIENCE_MS = 2_000;

/** Make the button that stands on every view. */
export function wipeButton(app: App): HTMLElement {
  let holding = 0;
  let armed = 0;
  const told = h("p", { class: "wiping", role: "alert" });
  const arm = (): void => {
    clearTimeout(armed);
    armed = window.setTimeout(disarm, ARMED_MS);
    button.classList.add("armed");
    button.textContent = t("reporter.wipe_again");
    told.replaceChildren(t("reporter.wipe_is"), " ",
      h("button", { type: "button", onclick: () => { disarm(); app.show("waiting"); } }, t("reporter.wipe_ask")));
  };
  const disarm = (): void => {
    clearTimeout(armed);
    armed = 0;
    button.classList.remove("armed");
    button.textContent = t("reporter.wipe");
    told.replaceChildren();
  };
  const now = (): void => { void wipe(() => { app.stop(); }); };
  const button = h("button", {
    type: "button", class: "wipe",
    onpointerdown: () => { holding = window.setTimeout(now, HOLD_MS); },
    onpointerup: () => { clearTimeout(holding); },
    onpointerleave: () => { clearTimeout(holding); },
    onpointercancel: () => { clearTimeout(holding); },
    oncontextmenu: (event) => { event.preventDefault(); }, // what some phones do when a finger rests
    onclick: () => { if (armed) now(); else arm(); },
  }, t("reporter.wipe"));
  return h("div", { class: "wipe-box" }, button, told);
}

/** Blank the page at once, then take away all that it keeps, then leave it. */
export async function wipe(stop: () => void): Promise<void> {
  document.title = "";
  document.documentElement.replaceChildren();
  stop();
  await soon(tellWorker());
  for (const store of [() => localStorage, () => sessionStorage]) {
    try { store().clear(); } catch { /* a browser that keeps nothing */ }
  }
  await soon(Promise.all([forgetEvents(), forgetFiles(), forgetWorker()]));
  location.replace("about:blank");
}

const soon = (work: Promise<unknown>): Promise<unknown> =>
  Promise.race([work.catch(() => undefined), new Promise((resolve) => { setTimeout(resolve, PATIENCE_MS); })]);

/** Let the worker stop what it is fetching, so that it keeps nothing afterwards. */
async function tellWorker(): Promise<void> {
  const worker = (await navigator.serviceWorker.getRegistration("/report"))?.active;
  if (!worker) return;
  const { port1, port2 } = new MessageChannel();
  const answered = new Promise((resolve) => { port1.onmessage = resolve; });
  worker.postMessage("wipe", [port2]);
  await answered;
}

/** Empty what is kept first: a tab that lies frozen in the background may hold up the rest. */
async function forgetEvents(): Promise<void> {
  const db = await settled(indexedDB.open(NAME));
  const names = [...db.objectStoreNames];
  if (names.length) {
    const emptying = db.transaction(names, "readwrite", { durability: "strict" });
    await Promise.all(names.map((name) => settled(emptying.objectStore(name).clear())));
  }
  db.close();
  await settled(indexedDB.deleteDatabase(NAME));
}

async function forgetFiles(): Promise<void> {
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
}

async function forgetWorker(): Promise<void> {
  await Promise.all((await navigator.serviceWorker.getRegistrations()).map((each) => each.unregister()));
}
