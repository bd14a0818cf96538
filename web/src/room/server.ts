// Talk to the server that this page came from, and to no other.

import type { FaultTold } from "./types";

const KEPT = "safepassage-token";
/** A stream that says nothing for so long is dead: the server sends a sign of life every 15 seconds. */
const SILENCE_MS = 35_000;
/** Longest waits for an answer; a new plan on a large city takes a while to begin with. */
const ANSWER_MS = 20_000;
const WORK_MS = 120_000;
const LONGEST_WAIT_MS = 15_000;
const SHORTLY_MS = 250;

/** The server said no, or could not be reached (status 0). */
export class Refused extends Error {
  constructor(readonly status: number, readonly faults: FaultTold[]) {
    super(faults.map((f) => f.what).join("; ") || `HTTP ${status}`);
  }
}

const pause = async (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

export interface Listening {
  /** Something new is to be had. */
  news: () => void;
  /** The stream stands (true) or broke (false). */
  live: (standing: boolean) => void;
  /** The token is valid no longer. */
  refused: () => void;
}

export class Server {
  private token: string | null;
  private again: (() => void) | null = null;
  /** Called whenever the server was heard. */
  heard: () => void = () => undefined;
  private listening: AbortController | null = null;

  constructor() {
    const given = /^#token=(.+)$/.exec(location.hash)?.[1];
    if (given) {
      history.replaceState(null, "", location.pathname + location.search);
      this.token = decodeURIComponent(given);
      this.keep();
    } else this.token = sessionStorage.getItem(KEPT);
  }

  get signedIn(): boolean { return this.token !== null; }

  /** Use another token, or none. */
  sign(token: string | null): void {
    this.token = token;
    this.keep();
  }

  private keep(): void {
    if (this.token) sessionStorage.setItem(KEPT, this.token);
    else sessionStorage.removeItem(KEPT);
  }

  async get<T>(path: string): Promise<T> {
    return await (await this.ask(path)).json() as T;
  }

  async text(path: string): Promise<{ text: string; type: string }> {
    const answer = await this.ask(path);
    return { text: await answer.text(), type: answer.headers.get("content-type") ?? "" };
  }

  async blob(path: string): Promise<Blob> {
    return await (await this.ask(path)).blob();
  }

  /** Give the tag of what stands at a path: of a plan it is its SHA-256. */
  /** Give a document and the hash that it is known by. */
  async tagged<T>(path: string): Promise<[T, string]> {
    const answer = await this.ask(path);
    return [(await answer.json()) as T, answer.headers.get("etag")?.replace(/^W\/|"/g, "") ?? ""];
  }

  async post<T>(path: string, body: unknown = {}): Promise<T> {
    const answer = await this.ask(path, {
      method: "POST", signal: AbortSignal.timeout(WORK_MS), body: JSON.stringify(body), headers: { "Content-Type": "application/json" },
    });
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  }

  private async ask(path: string, options: RequestInit = {}): Promise<Response> {
    const headers = new Headers(options.headers);
    if (this.token) headers.set("Authorization", `Bearer ${this.token}`);
    let answer: Response;
    try {
      answer = await fetch(path, {
        signal: AbortSignal.timeout(ANSWER_MS), ...options, headers,
        credentials: "omit", cache: "no-store", referrerPolicy: "no-referrer",
      });
    } catch {
      throw new Refused(0, []); // not reached, not in time, or not wanted any more
    }
    this.heard();
    if (!answer.ok) throw new Refused(answer.status, await faultsOf(answer));
    return answer;
  }

  /** Listen for news until told otherwise; a stream that breaks is opened again, later each time. */
  async listen({ news, live, refused }: Listening): Promise<never> {
    for (let tries = 0; ; tries++) {
      this.listening = new AbortController();
      const { signal } = this.listening;
      try {
        const answer = await this.ask("/api/stream", { signal, headers: { Accept: "text/event-stream" } });
        tries = 0;
        live(true);
        await this.follow(answer, news);
        await pause(SHORTLY_MS); // a stream that ends may be had again at once
        continue;
      } catch (error) {
        if (error instanceof Refused && error.status === 401) refused();
      }
      live(false);
      const wait = Math.min(LONGEST_WAIT_MS, 1_000 * 2 ** tries);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, wait);
        this.again = () => { clearTimeout(timer); resolve(); };
      });
    }
  }

  /** Open the stream anew now: after a new token, or because somebody does not want to wait. */
  retry(): void {
    this.listening?.abort();
    this.again?.();
  }

  private async follow(answer: Response, news: () => void): Promise<void> {
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    if (!reader) return;
    let rest = "";
    for (;;) {
      const silence = setTimeout(() => { this.listening?.abort(); }, SILENCE_MS);
      const { done, value } = await reader.read().finally(() => { clearTimeout(silence); });
      if (done) return;
      this.heard();
      const messages = (rest + value).replaceAll("\r\n", "\n").split("\n\n");
      rest = messages.pop() ?? "";
      if (messages.some((m) => /^event: ?situation$/m.test(m))) news();
    }
  }
}

async function faultsOf(answer: Response): Promise<FaultTold[]> {
  try {
    const { faults } = await answer.json() as { faults?: FaultTold[] };
    return Array.isArray(faults) ? faults : [];
  } catch {
    return [];
  }
}
