// The documents that the server gives, as situation.schema.json and replan.schema.json have them.
// Times are UTC.

export type Role = "public" | "reporter" | "coordinator" | "administrator";
export type State = "open" | "closed" | "restricted" | "unknown";
export type Status = "alleged" | "reported" | "observed" | "verified";

/** A count; for the public in tens, and few are told as fewer than so many: `best` is null. */
export interface People { low: number; best: number | null; high: number }

export interface Me {
  role: Role; label: string | null; corridors: string[] | null; exercise: boolean; now: string;
}

export interface CorridorPlace {
  id: string; name: string; name_ar: string; users: "civilian" | "armed"; located: boolean;
  assumed?: boolean; lat?: number | null; lon?: number | null;
  destination?: string; controlled_near?: string; controlled_far?: string;
}

export interface CaseDocument {
  case: { id: string; title: string; tz: string; place: { name: string; name_ar?: string } };
  window: { start: string; end: string } | null;
  corridors: CorridorPlace[];
  exercise: boolean;
}

export interface Counter {
  source?: string | null; means: string; status: Status; people: People;
  from: string | null; until: string | null; armed: string;
}

export interface ByHour {
  from: string; until: string; planned: number | null; passed: People | null; counters: Counter[];
}

export interface Disputed { state: State; source?: string | null; known_at?: string; status: Status }

export interface CorridorNow {
  id: string; name: string; name_ar: string; users: "civilian" | "armed"; located: boolean;
  state: State; state_since?: string | null; state_known_at?: string | null;
  state_source?: string | null; state_status?: Status | null; state_by?: string | null; disputed?: Disputed[];
  passed?: People | null; rule?: string; rule_ar?: string; planned?: number | null;
  counters?: Counter[]; by_hour?: ByHour[]; uncounted?: { minutes: number; high: number } | null; stages?: Record<string, People | null>;
  carrying?: string; test_movement?: { result: string; at: string; source?: string | null } | null;
  last_safe_departure?: string | null; flow_per_min?: { last_15: number | null; planned: number | null } | null;
}

export interface Curve {
  start: string; step_min: number;
  planned: (number | null)[] | null;
  passed: { low: (number | null)[]; best: (number | null)[]; high: (number | null)[] };
  projection: { from: string; low: number[]; best: number[]; high: number[] } | null;
  projection_rule?: string; projection_rule_ar?: string;
}

export interface Claim { by: string; holds_responsible: string }

export interface Incident {
  id?: string; happened_at: string; known_at?: string; source?: string | null; means?: string; status: Status;
  what: string; corridor?: string | null; place?: string | null; times?: number | null;
  killed?: People | null; injured?: People | null; claims?: Claim[]; text?: string | null;
}

export interface Alarm {
  id?: string; kind: string; corridor?: string | null; since: string; level: "warning" | "alarm"; text?: string; text_ar?: string;
}

/** What the feed lists beside incidents; which fields are there depends on the kind. */
export interface Told {
  id?: string; kind?: string; happened_at?: string; known_at?: string; at?: string; source?: string | null; status?: Status;
  means?: string; text?: string | null; corridor?: string | null; party?: string; answered?: boolean; words?: string;
  step?: string; pack_sha256?: string;
  expires_at?: string | null; by?: string | null; decision?: string; result?: string; state?: State; start?: string; end?: string;
}

export interface Situation {
  exercise: boolean; as_known_at: string;
  ledger?: { id: string; sequence: number; hash: string };
  case: { id: string; title: string; tz: string };
  window: {
    start: string; end: string; state: "before" | "open" | "over" | "called off"; minutes_left?: number | null;
    changes?: Told[];
  } | null;
  people_out?: People | null; received?: People | null;
  corridors: CorridorNow[];
  curve?: Curve | null;
  incidents?: Incident[]; incidents_total?: number;
  alarms?: Alarm[];
  assurances?: Told[]; contacts?: Told[]; notifications?: Told[]; decisions?: Told[]; test_movements?: Told[]; notes?: Told[];
  plan?: { sha256: string; adopted_at: string; by: string; event: string } | null;
  corrections?: number;
  redaction?: { level: "public" | "partners"; delay_min: number; fewer_than: number | null };
  /** What stands in the ledger and could not be counted, and why. */
  uncounted_remarks?: { corridor: string | null; text: string; text_ar?: string }[];
}

export interface Receipt { id: string; sequence: number; hash: string; outcome: string }
export interface FaultTold { place: string; what: string; remedy: string }
