// The phone's clock may be wrong, and an exercise runs faster. Times of events are those of the
// server's clock, worked out from the phone's by a reading of both.

/** What both clocks showed at one moment, and how fast the server's runs: 1 but in an exercise. */
export interface Reading { phone: number; server: number; speed: number }

/** Readings this close together tell no speed. */
const APART_MS = 1_500;
/** Faster than this is an exercise's clock; slower is the same clock read over a slow line. */
const EXERCISE_SPEED = 1.5;
/** A difference that grows by more than this means that somebody set the phone's clock. */
const JUMP_MS = 60_000;

/** Read both clocks: the server's was read between two moments of the phone's. */
export function reading(now: string, asked: number, answered: number, exercise: boolean, before?: Reading): Reading {
  const phone = (asked + answered) / 2;
  const server = Date.parse(now);
  const passed = before ? phone - before.phone : 0;
  const speed = before && exercise && passed > APART_MS ? (server - before.server) / passed : before?.speed ?? 1;
  return { phone, server, speed: exercise && speed > EXERCISE_SPEED ? speed : 1 };
}

export const toServer = (phone: number, { phone: p, server: s, speed }: Reading): number => s + (phone - p) * speed;

/** How far the phone's clock is ahead of the server's, in ms. */
export const ahead = (clock: Reading): number => clock.phone - clock.server;

/** Whether the phone's clock was set between two readings, so that times between them are unsure. */
export const jumped = (before: Reading, after: Reading): boolean =>
  before.speed === 1 && after.speed === 1 && Math.abs(ahead(after) - ahead(before)) > JUMP_MS;

/** Write a moment as events hold it, to the second. */
export const written = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
