// The head of the page: which case, whether an exercise, the clock, the hours left, who looks, and
// whether what is seen is up to date.

import { LANGUAGES, language, t } from "../words/words";
import { bestOf, figure, range } from "./board";
import { type Child, button, h, refill } from "./dom";
import { askForToken } from "./sign";
import { type Room, shown, sumOf } from "./state";
import { day, hhmm, hhmmss, instant, lasting } from "./time";

export class Header {
  readonly element: HTMLElement;
  readonly banner = h("div", { class: "banner lost", hidden: true, role: "status", "data-test": "lost" });
  private readonly clock = h("time", { class: "clock", "data-test": "clock" });
  private readonly date = h("span", { class: "date" });
  private readonly hours = h("div", { class: "hours" });
  private readonly line = h("div", { class: "connection", role: "status", "data-test": "connection" });
  private readonly figures = h("dl", { class: "figures" });

  constructor(private readonly room: Room, { signIn, turn }: { signIn: () => void; turn: (language: "en" | "ar") => void }) {
    const { me, about } = room;
    const other = LANGUAGES.find((l) => l !== language()) ?? "en";
    this.element = h("header", { class: "top" },
      me.exercise && h("strong", { class: "exercise", "data-test": "exercise" }, t("exercise")),
      h("h1", {}, h("bdi", {}, about.case.title)),
      h("div", { class: "when" }, this.clock, this.date),
      this.hours, this.line,
      h("div", { class: "who" },
        h("span", { "data-test": "role" }, t(`role.${me.role}`), me.role !== "public" && me.label && [" · ", h("bdi", {}, me.label)]),
        button(t(room.server.signedIn ? "sign.out" : "sign.in"), signIn, { class: "link" })),
      button(other === "ar" ? "العربية" : "English", () => { turn(other); }, { class: "language", lang: other }));
  }

  get strip(): HTMLElement { return this.figures; }

  show(): void {
    this.tick();
    const situation = shown(this.room);
    if (!situation) return;
    const planned = sumOf(situation.corridors, (c) => c.planned);
    const tile = (name: string, test: string, big: Child, small: Child | Child[] = null): HTMLElement =>
      h("div", { "data-test": test }, h("dt", {}, name), h("dd", {}, h("b", {}, big), small ? h("small", {}, small) : null));
    const { people_out: out, received, plan, window } = situation;
    refill(this.figures,
      tile(t("figures.out"), "out", bestOf(out), out && range(out)),
      planned !== null && tile(t("figures.planned"), "planned", figure(planned),
        out?.best && planned ? t("figures.of_plan", { share: Math.round((100 * out.best) / planned) }) : null),
      received !== undefined && tile(t("figures.received"), "received", bestOf(received), received && range(received)),
      tile(t("figures.window"), "window", window ? `${hhmm(window.start)}–${hhmm(window.end)}` : "–",
        window && (window.changes?.length ? t("figures.changed", { n: window.changes.length }) : t(`window.${window.state}`))),
      plan !== undefined && tile(t("figures.plan"), "plan", plan ? hhmm(plan.adopted_at) : t("figures.no_plan"),
        plan && h("code", {}, plan.sha256.slice(0, 8))));
  }

  /** Move the clock on; called every second. */
  tick(): void {
    const now = this.room.clock.now;
    const { connection } = this.room;
    this.clock.textContent = hhmmss(now);
    this.clock.dateTime = new Date(now).toISOString();
    this.date.textContent = day(now);
    const window = shown(this.room)?.window;
    const left = window ? Math.floor((instant(window.end) - (this.room.at ?? now)) / 60_000) : null;
    const words = !window ? t("window.none")
      : window.state === "open" && left !== null ? t("window.left", { time: lasting(left) })
        : window.state === "before" ? t("window.opens", { time: hhmm(window.start) }) : t(`window.${window.state}`);
    if (this.hours.textContent !== words) this.hours.textContent = words;
    const state = this.line.dataset.state;
    if (state !== connection.state) {
      this.line.dataset.state = connection.state;
      const delayed = connection.state === "live" && this.room.me.role === "public";
      this.line.textContent = t(delayed ? "connection.delayed" : `connection.${connection.state}`);
      document.body.classList.toggle("not-live", connection.state === "lost" || connection.state === "refused");
    }
    this.lost();
  }

  private lost(): void {
    const { connection } = this.room;
    const lost = connection.state === "lost" || connection.state === "refused" ? connection.state : "";
    if (this.banner.dataset.told === lost) return;
    this.banner.dataset.told = lost;
    this.banner.hidden = !lost;
    const since = h("b", {}, t("connection.since", { time: hhmmss(connection.since) }));
    refill(this.banner, lost === "lost" && [
      h("p", {}, since, " ", t("connection.last")),
      button(t("connection.again"), () => { this.room.server.retry(); }),
    ], lost === "refused" && [
      h("p", {}, since, " ", t("connection.revoked")),
      button(t("sign.in"), () => { askForToken(this.room.server); }),
    ]);
  }
}

export const titleOf = (room: Room): string =>
  [room.me.exercise && t("exercise"), t("title"), room.about.case.title].filter(Boolean).join(" · ");
