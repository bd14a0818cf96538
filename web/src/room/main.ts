// The operations room: ask who looks and at what, build the page, and keep it up to date.

import type { CityDocument, Plan } from "../plan";
import { speak, t, wanted } from "../words/words";
import { ServerClock } from "./clock";
import { h } from "./dom";
import { Page } from "./page";
import { Refused, Server } from "./server";
import { askForToken } from "./sign";
import { type Room, mayCoordinate, shown } from "./state";
import { useZone } from "./time";
import type { CaseDocument, Me, Situation } from "./types";

const CLOCK_MS = 15_000;
const EXERCISE_CLOCK_MS = 2_000;
const AGES_MS = 5_000;
const TRY_AGAIN_MS = 3_000;

declare global {
  interface Window {
    /** The page's handle for tests and for who wants to look closer. */
    room: { room: Room; page: () => Page };
  }
}

const asked = (at: number): string => encodeURIComponent(new Date(at).toISOString());

const pause = async (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms); });

/** Ask until the server answers; a token that it does not know is dropped, and that is told. */
async function introduced(server: Server): Promise<[Me, CaseDocument, boolean]> {
  let dropped = false;
  for (;;) {
    try {
      return [await server.get<Me>("/api/me"), await server.get<CaseDocument>("/api/case"), dropped];
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status === 401 && server.signedIn) {
        server.sign(null);
        dropped = true;
      } else {
        document.getElementById("app")?.replaceChildren(h("p", { class: "opening", role: "status" }, t("opening")));
        await pause(TRY_AGAIN_MS);
      }
    }
  }
}

/** A plan, and the hash that the record names it by; none where none was adopted. */
interface Kept { plan: Plan; adopted: string }

class Running implements Room {
  connection: Room["connection"];
  live: Situation | null = null;
  past: Situation | null = null;
  at: number | null = null;
  private page: Page;
  private city: CityDocument | null = null;
  plan: Plan | null = null;
  private readonly plans = new Map<string, Kept>();
  private drawn: Kept | null = null;
  private asking: Promise<void> | null = null;
  private more = false;
  private askedFor = 0;

  constructor(readonly server: Server, readonly clock: ServerClock, readonly me: Me, readonly about: CaseDocument) {
    this.connection = { state: "connecting", since: clock.now };
    this.page = this.build();
    window.room = { room: this, page: () => this.page };
  }

  private build(): Page {
    return new Page(this, (language) => {
      const old = this.page.map.map;
      speak(language);
      this.page = this.build();
      this.draw();
      old?.gl.remove(); // last, so that the map's worker stays and need not be loaded again
      void this.page.replan?.latest();
    });
  }

  /** Get the newest situation: at once, and once more if news came meanwhile. */
  async refresh(): Promise<void> {
    if (this.asking) { this.more = true; return this.asking; }
    this.asking = this.fetch().finally(() => {
      this.asking = null;
      if (this.more) { this.more = false; void this.refresh(); }
    });
    return this.asking;
  }

  private async fetch(): Promise<void> {
    try {
      this.live = await this.server.get<Situation>("/api/situation");
      this.page.show();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.standing(false);
      return;
    }
    await this.planned(this.live, null);
  }

  /** Draw the plan that is, or was, in force in a situation. */
  private async planned(situation: Situation, at: number | null): Promise<void> {
    if (!mayCoordinate(this.me.role)) return;
    try {
      const kept = await this.planOf(situation.plan?.sha256 ?? "", at);
      this.city ??= await this.server.get<CityDocument>("/api/map");
      if (at === null) this.plan = kept.plan;
      if (shown(this) !== situation || this.drawn === kept) return;
      const first = this.drawn === null;
      this.drawn = kept;
      if (first) this.draw();
      else this.page.map.use(kept.plan, this.city, kept.adopted);
      this.page.show();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status !== 0 && !this.city) this.page.map.absent(t("map.none"));
    }
  }

  private async planOf(adopted: string, at: number | null): Promise<Kept> {
    const known = this.plans.get(adopted);
    if (known && (at === null || known.adopted === adopted)) return known;
    const [plan, tag] = await this.server.tagged<Plan>(at === null ? "/api/plan" : `/api/plan?at=${asked(at)}`);
    const kept = { plan, adopted: adopted && tag }; // where the server does not have it, the tag is another's
    this.plans.set(adopted, kept);
    return kept;
  }

  private draw(): void {
    if (this.city && this.drawn) this.page.map.open(this.city, this.drawn.plan, this.drawn.adopted);
  }

  travel(at: number | null): void {
    const ask = ++this.askedFor;
    if (at === null) {
      this.at = this.past = null;
      this.page.show();
      if (this.live) void this.planned(this.live, null);
      return;
    }
    void this.server.get<Situation>(`/api/situation?at=${asked(at)}`).then((past) => {
      if (ask !== this.askedFor) return;
      this.at = at;
      this.past = past;
      this.page.show();
      void this.planned(past, at);
    }, () => { if (ask === this.askedFor) this.page.show(); });
  }

  private standing(live: boolean): void {
    if (live) this.connection = { state: "live", since: this.clock.now };
    else if (this.connection.state !== "refused") this.connection = { state: "lost", since: this.connection.since };
    this.page.tick();
  }

  run(): void {
    this.server.heard = () => { if (this.connection.state === "live") this.connection.since = this.clock.now; };
    setInterval(() => { this.page.tick(); }, 1_000);
    setInterval(() => { this.page.show(); }, AGES_MS);
    const clock = (): void => {
      void this.server.get<Me>("/api/me").then((me) => { this.clock.read(me.now); }, () => {
        if (this.connection.state === "live") this.server.retry(); // whether the stream still stands is seen by opening it
      });
    };
    setInterval(clock, this.me.exercise ? EXERCISE_CLOCK_MS : CLOCK_MS);
    void this.page.replan?.latest();
    void this.server.listen({
      news: () => { void this.refresh(); },
      refused: () => {
        this.connection = { state: "refused", since: this.connection.since };
        this.page.tick();
      },
      live: (standing) => {
        this.standing(standing);
        if (standing) void this.refresh();
      },
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.at !== null && !document.querySelector("dialog[open]")) this.travel(null);
    });
  }
}

async function start(): Promise<void> {
  speak(wanted());
  const server = new Server();
  const [me, about, dropped] = await introduced(server);
  useZone(about.case.tz);
  new Running(server, new ServerClock(me.now, me.exercise), me, about).run();
  if (dropped) askForToken(server, t("sign.wrong"));
}

void start();
