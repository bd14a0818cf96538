// What each kind of event asks for, as event.schema.json has it.

import type { Role } from "./types";
import { mayCoordinate } from "./state";

export type FieldKind = "people" | "time" | "line" | "long" | "choice" | "corridor" | "number" | "yes" | "claims" | "event" | "code";
export interface Field {
  name: string; as: FieldKind; needed?: boolean;
  /** Of a choice: its words, in the family that says them. */
  choices?: readonly string[]; family?: string;
}

const corridor: Field = { name: "corridor", as: "corridor", needed: true };
const anyCorridor: Field = { name: "corridor", as: "corridor" };
const by: Field = { name: "by", as: "line" };
const text: Field = { name: "text", as: "long" };
const choice = (name: string, family: string, choices: readonly string[]): Field => ({ name, as: "choice", needed: true, family, choices });
const people = (name: string, needed = false): Field => ({ name, as: "people", needed });

export const MEANS = [
  "eyewitness count", "tally sheet", "radio", "phone", "message", "camera", "media", "announcement", "third party",
  "register", "own action", "not known",
] as const;
export const STATUSES = ["alleged", "reported", "observed", "verified"] as const;

/** Fields by kind, in the order that a coordinator meets them most. */
export const KINDS: Readonly<Record<string, readonly Field[]>> = {
  passage: [
    corridor, people("people", true), choice("counted", "counted", ["over", "in all"]), { name: "since", as: "time" },
    choice("carrying", "carrying", ["not known", "unarmed", "armed", "mixed"]), text,
  ],
  status: [corridor, choice("state", "state", ["open", "closed", "restricted", "unknown"]), by, text],
  incident: [
    choice("what", "what", [
      "shelling", "air strike", "shooting", "explosion", "mine or remnant", "detention", "obstruction", "looting",
      "crowding", "illness", "traffic", "other",
    ]),
    anyCorridor, { name: "place", as: "line" }, { name: "times", as: "number" }, people("killed"), people("injured"),
    { name: "claims", as: "claims" }, text,
  ],
  movement: [
    corridor, choice("stage", "stage", ["reached", "passed", "turned back", "held", "released", "received"]),
    people("people", true), by, text,
  ],
  "test movement": [corridor, choice("result", "result", ["started", "passed", "failed"]), text],
  decision: [
    choice("decision", "decision", ["go", "stop", "hold", "resume", "other"]), { name: "by", as: "code", needed: true }, anyCorridor,
    { ...text, needed: true },
  ],
  window: [
    { ...by, needed: true }, { name: "start", as: "time", needed: true }, { name: "end", as: "time", needed: true }, anyCorridor, text,
  ],
  contact: [{ name: "party", as: "line", needed: true }, { name: "answered", as: "yes" }, text],
  assurance: [
    { name: "party", as: "line", needed: true }, { name: "words", as: "long", needed: true },
    { name: "expires_at", as: "time" }, anyCorridor,
  ],
  notification: [
    { name: "party", as: "line", needed: true }, choice("step", "step", ["sent", "received", "objected"]),
    { name: "pack_sha256", as: "event", needed: true }, text,
  ],
  correction: [{ name: "corrects", as: "event", needed: true }, { name: "instead", as: "event" }, { ...text, needed: true }],
  plan: [{ name: "by", as: "code", needed: true }, { name: "plan_sha256", as: "event", needed: true }, text],
  note: [{ ...text, needed: true }, anyCorridor],
};

const OF_REPORTERS = ["passage", "status", "incident", "movement", "test movement", "note"];

export const kindsFor = (role: Role): string[] =>
  mayCoordinate(role) ? Object.keys(KINDS) : role === "reporter" ? OF_REPORTERS : [];
