// The server's clock. The browser's own may be wrong, and an exercise runs faster than real time.

import { instant } from "./time";

/** Seconds between two readings before a speed is taken from them. */
const APART_MS = 1_500;
/** Faster than this is an exercise's clock; slower is the same clock read over a slow line. */
const EXERCISE_SPEED = 1.5;

export class ServerClock {
  private readonly first: { server: number; here: number };
  private last: { server: number; here: number };
  private speed = 1;

  constructor(now: string, private readonly exercise: boolean) {
    this.first = this.last = { server: instant(now), here: performance.now() };
  }

  /** Take a new reading; of readings that lie behind, only the speed of the clock is learnt. */
  read(now: string): void {
    const reading = { server: instant(now), here: performance.now() };
    const passed = reading.here - this.first.here;
    if (this.exercise && passed > APART_MS) {
      const speed = (reading.server - this.first.server) / passed;
      this.speed = speed > EXERCISE_SPEED ? speed : 1;
    }
    this.last = reading;
  }

  get now(): number {
    return this.last.server + (performance.now() - this.last.here) * this.speed;
  }
}
