// Events as the ledger takes them; ids are made here, so that sending twice counts once.

export interface People { low: number; best: number; high: number }

export interface Fault { place: string; what: string; remedy: string }

/** An event as it is sent; `source` is put in when it is. */
export interface Payload {
  id: string;
  kind: "passage" | "movement" | "incident" | "status" | "test movement" | "note";
  happened_at: string;
  known_at: string;
  source?: string;
  means: string;
  status: string;
  corridor?: string;
  text?: string;
  people?: People;
  counted?: "over" | "in all";
  since?: string;
  carrying?: string;
  stage?: string;
  by?: string;
  what?: string;
  place?: string;
  times?: number;
  killed?: number | People;
  injured?: number | People;
  state?: string;
  result?: string;
}

/** What an event says besides its id and its times: minutes ago it happened, and since when it was counted. */
export type Draft = Omit<Payload, "id" | "happened_at" | "known_at" | "since"> & {
  ago?: number;
  /** By the phone's clock. */
  since?: number;
};

export const TIMES = ["happened_at", "known_at", "since"] as const;

/** How somebody can know, with the ledger's words for it. */
export const HOW = {
  saw: { means: "eyewitness count", status: "observed" },
  radio: { means: "radio", status: "reported" },
  phone: { means: "phone", status: "reported" },
  told: { means: "third party", status: "reported" },
  side: { means: "announcement", status: "alleged" },
} as const;
export type How = keyof typeof HOW;

export const WHAT = [
  "shelling", "shooting", "air strike", "explosion", "mine or remnant", "obstruction",
  "detention", "crowding", "illness", "traffic", "looting", "other",
] as const;
export const STATES = ["open", "closed", "restricted", "unknown"] as const;
export const STAGES = ["reached", "turned back", "held", "released", "received"] as const;
export const RESULTS = ["started", "passed", "failed"] as const;
