// The table of waves: sorted by any column, filtered by zone, corridor and hour, shown in portions.

import { instant, people } from "../clock";
import type { Plan, Wave } from "../plan";
import { say } from "../say";

const PORTION = 25;
type Column = "from" | "zone_name" | "group" | "corridor" | "people" | "people_per_min" | "walk_min" | "passes_from";

export class Waves {
  private sortBy: Column = "from";
  private rising = true;
  private shown = PORTION;
  private at = 0;
  private readonly body: HTMLTableSectionElement;
  private readonly zone: HTMLSelectElement;
  private readonly corridor: HTMLSelectElement;
  private readonly underWay: HTMLInputElement;
  private readonly corridorName: Map<string, string>;
  private readonly groupName: Map<string, string>;

  constructor(private readonly plan: Plan, private readonly section: HTMLElement) {
    const find = <T extends Element>(selector: string): T => {
      const found = section.querySelector<T>(selector);
      if (!found) throw new Error(`The page has no ${selector}.`);
      return found;
    };
    this.body = find("tbody");
    this.zone = find("[data-test=waves-zone]");
    this.corridor = find("[data-test=waves-corridor]");
    this.underWay = find("[data-test=waves-under-way]");
    this.corridorName = new Map(plan.corridors.map((c) => [c.id, c.name]));
    this.groupName = new Map(plan.optimum.groups.map((g) => [g.id, g.name]));
    this.fill();
    for (const control of [this.zone, this.corridor, this.underWay])
      control.addEventListener("change", () => { this.shown = PORTION; this.draw(); });
    for (const button of section.querySelectorAll<HTMLButtonElement>("th button"))
      button.addEventListener("click", () => { this.sort(button.dataset.column as Column); });
    find<HTMLButtonElement>("[data-test=waves-more]").addEventListener("click", () => {
      this.shown += 4 * PORTION;
      this.draw();
    });
    this.draw();
  }

  /** Show one zone's waves. */
  only(zone: string): void {
    this.zone.value = zone;
    this.corridor.value = "";
    this.underWay.checked = false;
    this.draw();
    this.section.scrollIntoView({ behavior: "auto", block: "start" });
    this.zone.focus({ preventScroll: true });
  }

  /** Take the slider's time, for the filter "under way". */
  time(at: number): void {
    this.at = at;
    if (this.underWay.checked) this.draw();
  }

  private fill(): void {
    const used = new Map(this.plan.schedule.waves.map((w) => [w.zone, w.zone_name]));
    for (const [id, name] of [...used].sort((a, b) => a[1].localeCompare(b[1]))) this.zone.add(new Option(name, id));
    for (const c of this.plan.corridors)
      if (this.plan.schedule.waves.some((w) => w.corridor === c.id)) this.corridor.add(new Option(c.name, c.id));
  }

  private sort(column: Column): void {
    this.rising = column === this.sortBy ? !this.rising : true;
    this.sortBy = column;
    for (const button of this.section.querySelectorAll<HTMLButtonElement>("th button")) {
      const on = button.dataset.column === column;
      button.closest("th")?.setAttribute("aria-sort", on ? (this.rising ? "ascending" : "descending") : "none");
    }
    this.draw();
  }

  private chosen(): Wave[] {
    const key = (w: Wave): string | number =>
      this.sortBy === "corridor" ? this.corridorName.get(w.corridor) ?? w.corridor
        : this.sortBy === "group" ? this.groupName.get(w.group) ?? w.group : w[this.sortBy];
    const sign = this.rising ? 1 : -1;
    return this.plan.schedule.waves
      .filter((w) => !this.zone.value || w.zone === this.zone.value)
      .filter((w) => !this.corridor.value || w.corridor === this.corridor.value)
      .filter((w) => !this.underWay.checked
        || (instant(w.from) <= this.at && this.at < instant(w.passes_until)))
      .sort((a, b) => {
        const [x, y] = [key(a), key(b)];
        const order = typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y));
        return sign * order || a.from.localeCompare(b.from) || a.id.localeCompare(b.id);
      });
  }

  private draw(): void {
    const chosen = this.chosen();
    const visible = chosen.slice(0, this.shown);
    this.body.replaceChildren(...visible.map((w) => this.row(w)));
    const all = chosen.reduce((sum, w) => sum + w.people, 0);
    const part = visible.length < chosen.length ? ` ${say("The first {n} are shown; all stand in {file}.", { n: visible.length, file: "waves.csv" })}` : "";
    const count = this.section.querySelector<HTMLElement>("[data-test=waves-count]");
    if (count) {
      count.textContent = say("{n} waves, {people} people.", { n: people(chosen.length), people: people(all) }) + part;
      count.dataset.value = String(chosen.length);
    }
    const more = this.section.querySelector<HTMLButtonElement>("[data-test=waves-more]");
    if (more) more.hidden = visible.length >= chosen.length;
  }

  private row(w: Wave): HTMLTableRowElement {
    const row = document.createElement("tr");
    row.dataset.wave = w.id;
    const [open, close] = document.documentElement.dir === "rtl" ? ["\u2066", "\u2069"] : ["", ""]; // hours run left to right
    const clock = (from: string, until: string): string => `${open}${from.slice(11, 16)}–${until.slice(11, 16)}${close}`;
    const cells: [string, string, boolean][] = [
      [say("Sets out"), clock(w.from, w.until), false],
      [say("Zone"), w.zone_name, false],
      [say("Group"), this.groupName.get(w.group) ?? w.group, false],
      [say("Corridor"), this.corridorName.get(w.corridor) ?? w.corridor, false],
      [say("People"), people(w.people), true],
      [say("A minute"), String(Math.round(w.people_per_min * 10) / 10), true],
      [say("On the way"), say("{n} min", { n: w.walk_min }), true],
      [say("Passes"), clock(w.passes_from, w.passes_until), false],
    ];
    for (const [label, text, number] of cells) {
      const cell = row.insertCell();
      cell.textContent = text;
      cell.dataset.label = label;
      if (number) cell.className = "number";
    }
    return row;
  }
}
