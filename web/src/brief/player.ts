// The slider that moves everything, and the button that moves the slider.

import { hhmm, instant } from "../clock";
import { say } from "../say";

const MINUTES_PER_SECOND = 18;
const STEP_BUTTON_MIN = 15;

export class Player {
  private playing = false;
  private minute = 0;
  private readonly listeners: ((minute: number) => void)[] = [];

  constructor(
    private readonly range: HTMLInputElement,
    private readonly button: HTMLButtonElement,
    private readonly start: string,
    private readonly last: number,
  ) {
    range.min = "0";
    range.max = String(last);
    range.addEventListener("input", () => { this.stop(); this.set(Number(range.value)); });
    range.addEventListener("keydown", (event) => {
      const step = { PageUp: STEP_BUTTON_MIN, PageDown: -STEP_BUTTON_MIN }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      this.stop();
      this.set(this.minute + step);
    });
    button.addEventListener("click", () => { if (this.playing) this.stop(); else this.play(); });
  }

  onMinute(listener: (minute: number) => void): void {
    this.listeners.push(listener);
  }

  get now(): number {
    return this.minute;
  }

  set(minute: number): void {
    this.minute = Math.max(0, Math.min(this.last, Math.round(minute)));
    this.range.value = String(this.minute);
    const time = hhmm(instant(this.start) + this.minute * 60_000);
    this.range.setAttribute("aria-valuetext", time);
    this.range.style.setProperty("--share", String(this.last > 0 ? this.minute / this.last : 0));
    for (const listener of this.listeners) listener(this.minute);
  }

  step(by: number): void {
    this.stop();
    this.set(this.minute + by);
  }

  private play(): void {
    if (this.minute >= this.last) this.set(0);
    this.playing = true;
    this.face();
    let before = performance.now();
    let exact = this.minute;
    const tick = (now: number): void => {
      if (!this.playing) return;
      exact += ((now - before) / 1000) * MINUTES_PER_SECOND;
      before = now;
      if (Math.floor(exact) !== this.minute) this.set(Math.floor(exact));
      if (this.minute >= this.last) this.stop();
      else requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  }

  private stop(): void {
    if (!this.playing) return;
    this.playing = false;
    this.face();
  }

  private face(): void {
    this.button.dataset.playing = String(this.playing);
    const label = this.button.querySelector("[data-label]");
    if (label) label.textContent = this.playing ? say("Pause") : say("Play");
  }
}
