// The server's clock. The browser's own may be wrong, and an exercise runs faster than real time.

import { instant } from "./time";

/** Between two readings, before a speed is taken from them. */
const APART_MS = 1_000;
/** Of an exercise's clock, which may be hurried and stopped; what lies near 1 is a slow line. */
const NEAR = 0.25;

export class ServerClock {
  private last: { server: number; here: number };
  private speed = 1;

  constructor(now: string, private readonly exercise: boolean) {
    this.last = { server: instant(now), here: performance.now() };
  }

  /** Take a new reading, and from it and the one before how fast the clock goes. */
  read(now: string): void {
    const reading = { server: instant(now), here: performance.now() };
    const passed = reading.here - this.last.here;
    if (passed < APART_MS) return;
    if (this.exercise) {
      const speed = (reading.server - this.last.server) / passed;
      this.speed = Math.abs(speed - 1) < NEAR ? 1 : Math.max(0, speed);
    }
    this.last = reading;
  }

  get now(): number {
    return this.last.server + (performance.now() - this.last.here) * this.speed;
  }
}
