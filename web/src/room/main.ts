// The operations room: ask who looks and at what, build the page, and keep it up to date.

import type { CityDocument, Plan } from "../plan";
import { speak, t, wanted } from "../words/words";
import { ServerClock } from "./clock";
import { h } from "./dom";
import { Page } from "./page";
import { Refused, Server } from "./server";
import { askForToken } from "./sign";
import { type Room, mayCoordinate } from "./state";
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

class Running implements Room {
  connection: Room["connection"];
  live: Situation | null = null;
  past: Situation | null = null;
  at: number | null = null;
  private page: Page;
  private city: CityDocument | null = null;
  plan: Plan | null = null;
  private adopted: string | null = null;
  private asking: Promise<void> | null = null;
  private more = false;
  private asked = 0;

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
    await this.planned();
  }

  /** Take the plan anew whenever another one was adopted. */
  private async planned(): Promise<void> {
    const adopted = this.live?.plan?.sha256 ?? "";
    if (!mayCoordinate(this.me.role) || adopted === this.adopted) return;
    try {
      this.plan = await this.server.get<Plan>("/api/plan");
      this.adopted = adopted;
      if (this.city) this.page.map.use(this.plan, this.city);
      else {
        this.city = await this.server.get<CityDocument>("/api/map");
        this.draw();
      }
      this.page.show();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status !== 0 && !this.city) this.page.map.absent(t("map.none"));
    }
  }

  private draw(): void {
    if (this.city && this.plan) this.page.map.open(this.city, this.plan);
  }

  travel(at: number | null): void {
    const ask = ++this.asked;
    if (at === null) {
      this.at = this.past = null;
      this.page.show();
      return;
    }
    void this.server.get<Situation>(`/api/situation?at=${encodeURIComponent(new Date(at).toISOString())}`).then((past) => {
      if (ask !== this.asked) return;
      this.at = at;
      this.past = past;
      this.page.show();
    }, () => { if (ask === this.asked) this.page.show(); });
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
