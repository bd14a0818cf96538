// What this phone keeps until it is wiped: the token, the corridors, the count in progress, and the
// events that are not sent yet. What was sent is forgotten in the same step that notes it was received.

import type { Me } from "../room/types";
import type { Reading } from "./clock";
import type { Count } from "./count";
import type { Fault, Payload } from "./event";

export const NAME = "report";

/** An event that waits to be sent, or that the server refused. */
export interface Waiting {
  /** Its place in the order of sending. */
  n: number;
  event: Payload;
  /** Whether its times are still those of the phone's own clock. */
  raw: boolean;
  /** Whether it belongs to an exercise; null where that was not known yet. */
  exercise: boolean | null;
  /** Whether it stands as it is sent: its source and times are settled. */
  sealed: boolean;
  /** When it was made, by the phone's clock. */
  made: number;
  refused: Fault[] | null;
}

export interface CorridorKept { id: string; name: string; name_ar: string }

export interface Values {
  token: string;
  me: Me;
  corridors: CorridorKept[];
  zone: string;
  clock: Reading;
  count: Count;
  corridor: string;
  /** When the server last acknowledged something, by its own clock. */
  received: number;
}

/** What changes in one step: all of it is on the phone's disk, or none. */
export interface Change {
  set?: Partial<Values>;
  forget?: (keyof Values)[];
  add?: Omit<Waiting, "n">;
  put?: Waiting[];
  remove?: number[];
}

export class Kept {
  values: Partial<Values> = {};
  waiting: Waiting[] = [];

  private constructor(private readonly db: IDBDatabase) {}

  static async open(gone: () => void): Promise<Kept> {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("waiting", { keyPath: "n", autoIncrement: true });
      asked.result.createObjectStore("values");
    };
    const kept = new Kept(await settled(asked));
    kept.db.onversionchange = () => { kept.close(); gone(); }; // another tab wipes
    await kept.load();
    return kept;
  }

  private async load(): Promise<void> {
    const reading = this.db.transaction(["waiting", "values"]);
    const [waiting, names, values] = await Promise.all([
      settled(reading.objectStore("waiting").getAll()),
      settled(reading.objectStore("values").getAllKeys()),
      settled(reading.objectStore("values").getAll()),
    ]);
    this.waiting = waiting as Waiting[];
    this.values = Object.fromEntries(names.map((name, i) => [name, values[i]]));
  }

  /**
   * Change several things at once; on return they survive a phone that dies. Nothing is waited for
   * before it is handed over, so that a page that is left right then does not take it along.
   */
  async change({ set = {}, forget = [], add, put = [], remove = [] }: Change): Promise<void> {
    const writing = this.db.transaction(["waiting", "values"], "readwrite", { durability: "strict" });
    const whole = new Promise<void>((resolve, reject) => {
      writing.oncomplete = () => { resolve(); };
      writing.onabort = () => { reject(writing.error ?? new Error("not kept")); };
    });
    const waiting = writing.objectStore("waiting");
    for (const [name, value] of Object.entries(set)) writing.objectStore("values").put(value, name);
    for (const name of forget) writing.objectStore("values").delete(name);
    for (const each of put) waiting.put(each);
    for (const n of remove) waiting.delete(n);
    const added = add && waiting.add(add);
    writing.commit();
    await whole;
    Object.assign(this.values, set);
    for (const name of forget) delete this.values[name];
    const changed = new Map(put.map((each) => [each.n, each]));
    this.waiting = this.waiting.filter((each) => !remove.includes(each.n)).map((each) => changed.get(each.n) ?? each);
    if (add && added) this.waiting.push({ ...add, n: Number(added.result) });
  }

  close(): void { this.db.close(); }
}

export function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => { resolve(request.result); };
    request.onerror = () => { reject(request.error ?? new Error("not read")); };
  });
}
