// Tabs, as the ARIA practices have them: arrows move along, Home and End to the ends.

import { h } from "./dom";

export interface Tab { id: string; name: string; panel: HTMLElement; shown?: () => void }

export class Tabs {
  readonly element: HTMLElement;
  private readonly buttons: HTMLButtonElement[];

  constructor(private readonly tabs: Tab[], name: string) {
    this.buttons = tabs.map((tab, k) => h("button", {
      type: "button", role: "tab", id: `tab-${tab.id}`, "aria-controls": `panel-${tab.id}`,
      onclick: () => { this.open(tab.id); }, onkeydown: (event) => { this.key(event as KeyboardEvent, k); },
    }, tab.name));
    for (const tab of tabs) {
      tab.panel.id = `panel-${tab.id}`;
      tab.panel.setAttribute("role", "tabpanel");
      tab.panel.setAttribute("aria-labelledby", `tab-${tab.id}`);
    }
    const list = h("div", { role: "tablist", "aria-label": name, hidden: tabs.length < 2 }, this.buttons);
    this.element = h("div", { class: "tabs" }, list, tabs.map((tab) => tab.panel));
    this.open(tabs[0]?.id ?? "");
  }

  open(id: string): void {
    this.tabs.forEach((tab, k) => {
      const chosen = tab.id === id;
      tab.panel.hidden = !chosen;
      this.buttons[k]?.setAttribute("aria-selected", String(chosen));
      this.buttons[k]?.setAttribute("tabindex", chosen ? "0" : "-1");
      if (chosen) tab.shown?.();
    });
  }

  private key(event: KeyboardEvent, from: number): void {
    const along = document.documentElement.dir === "rtl" ? -1 : 1;
    const last = this.tabs.length - 1;
    const to = { ArrowRight: from + along, ArrowLeft: from - along, Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const k = (to + this.tabs.length) % this.tabs.length;
    this.open(this.tabs[k]?.id ?? "");
    this.buttons[k]?.focus();
  }
}
