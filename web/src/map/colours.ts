// Amber for people still inside, blue for people moving or passed, magenta for what limits.
// Told apart with any kind of colour vision, and none of them is a side's colour.

export const INK = "#1d2733";
export const PAPER = "#f6f4ef";
export const STREET = "#d3cdbf";
export const MOVING = "#1f6fb2";
export const OPTIMUM = "#14456f";
export const LIMIT = "#a6286f";
export const CLOSED = "#565b62";
export const NOT_CLEARED = "#8a5200";
export const NARROWED = "#b08d2f";
export const RING = "#b9a88a";
export const INSIDE_FULL = "#c9772b";
export const INSIDE_HALF = "#e3ad6d";
export const INSIDE_EMPTY = "#f7e9d2";
