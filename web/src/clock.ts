// Local clock times carry no offset, so they are handled as if they were UTC and never converted.

export const instant = (local: string): number => Date.parse(`${local.slice(0, 16)}Z`);

export const hhmm = (at: number): string => new Date(at).toISOString().slice(11, 16);

/** Count the minutes from one local time to another. */
export const minutesBetween = (from: string, until: string): number =>
  Math.round((instant(until) - instant(from)) / 60_000);

export const people = (count: number): string =>
  Math.round(count).toString().replace(/\B(?=(\d{3})+$)/g, ",");

export const percent = (share: number): string => `${Math.round(share * 100)} %`;
