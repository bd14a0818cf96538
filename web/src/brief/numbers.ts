// Every number on the page that the slider changes. Each is found by its data-test name.

import { hhmm, people, percent } from "../clock";
import type { Frame } from "../frame";
import { say } from "../say";

export class Numbers {
  private readonly cells = new Map<string, HTMLElement[]>();

  constructor(page: ParentNode) {
    for (const cell of page.querySelectorAll<HTMLElement>("[data-live]")) {
      const name = cell.dataset.live ?? "";
      this.cells.set(name, [...(this.cells.get(name) ?? []), cell]);
    }
  }

  show(frame: Frame): void {
    this.write("clock", hhmm(frame.at), frame.minute);
    this.write("out-schedule", people(frame.schedule), frame.schedule);
    this.write("out-optimum", people(frame.optimum), frame.optimum);
    this.write("out-ceiling", people(frame.ceiling), frame.ceiling);
    this.write("on-the-road", people(frame.onTheRoad), frame.onTheRoad);
    this.write("limit", frame.limit?.text ?? say("Nothing is known to limit it at this minute."), frame.minute);
    for (const corridor of frame.corridors) {
      this.write(`passed-${corridor.id}`, people(corridor.passed), corridor.passed);
      this.write(`use-${corridor.id}`, corridor.use === null ? "–" : percent(corridor.use), corridor.use ?? -1);
      for (const bar of this.cells.get(`bar-${corridor.id}`) ?? [])
        bar.style.setProperty("--share", String(Math.min(1, corridor.use ?? 0)));
      for (const row of this.cells.get(`row-${corridor.id}`) ?? []) row.classList.toggle("limits", corridor.limits);
    }
  }

  private write(name: string, text: string, value: number): void {
    for (const cell of this.cells.get(name) ?? []) {
      if (cell.textContent !== text) cell.textContent = text;
      cell.dataset.value = String(value);
    }
  }
}
