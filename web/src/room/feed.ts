// The feed: incidents as they were told, and beside them all else that was said and done.

import { t, term } from "../words/words";
import { type Child, h, quoted, refill } from "./dom";
import { bestOf, range } from "./board";
import { type Room, asOf, corridorName, mayCoordinate, shown, when } from "./state";
import { ago, day, hhmm } from "./time";
import type { Incident, People, Situation, Told } from "./types";

type Which = "incidents" | "everything";

interface Item { id: string | undefined; kind: string; at: string; known: string | null; told: Told | Incident }

export class Feed {
  readonly element: HTMLElement;
  private readonly list = h("ol", { class: "feed", "data-test": "feed" });
  private readonly tail = h("p", { class: "soft" });
  private which: Which = "incidents";

  constructor(private readonly room: Room, private readonly correct: (id: string, what: string) => void) {
    const choice = h("select", {
      "aria-label": t("feed.which"), onchange: (event) => { this.which = (event.target as HTMLSelectElement).value as Which; this.show(); },
    }, (["incidents", "everything"] as const).map((which) => h("option", { value: which }, t(`feed.${which}`))));
    const inside = h("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": t("feed.title") }, this.list, this.tail);
    this.element = h("section", { class: "pane feed-pane", "aria-label": t("feed.title") },
      h("header", {}, h("h2", {}, t("feed.title")), room.me.role !== "public" && choice), inside);
  }

  show(): void {
    const situation = shown(this.room);
    if (!situation) return;
    const items = this.which === "incidents" ? incidents(situation) : everything(situation);
    refill(this.list, items.map((item) => this.item(item)));
    const total = situation.incidents_total ?? situation.incidents?.length ?? 0;
    refill(this.tail, items.length === 0 ? t("feed.none")
      : this.which === "incidents" && total > items.length ? t("feed.more", { shown: items.length, total }) : null);
  }

  private item({ id, kind, at, known, told }: Item): HTMLElement {
    const now = asOf(this.room);
    const late = known !== null && this.room.me.role !== "public" && Date.parse(known) - Date.parse(at) > 120_000;
    const place = corridorName(this.room, told.corridor);
    const what = kind === "incident" ? term("what", (told as Incident).what) : term("kind", kind);
    return h("li", { "data-id": id ?? "", "data-status": told.status ?? "" },
      h("div", { class: "feed-head" },
        h("time", { datetime: at, title: `${day(at)} ${hhmm(at)}` }, when(this.room, at)),
        told.status && h("span", { class: `chip status-${told.status}` }, term("status", told.status)),
        h("b", {}, what),
        this.room.me.role !== "public" && h("span", { class: "soft" }, ago(at, now))),
      h("div", { class: "feed-body" }, kind === "incident" ? incidentWords(told as Incident, place) : toldWords(kind, told as Told, place)),
      kind === "incident" ? claims(told as Incident) : null,
      h("div", { class: "feed-foot" },
        told.source && quoted(told.source), told.source && told.means && " · ", told.means && term("means", told.means),
        late && known ? ` · ${t("feed.known_at", { time: hhmm(known) })}` : null,
        id && mayCoordinate(this.room.me.role) && h("button", {
          type: "button", class: "link", "data-key": `correct-${id}`, onclick: () => { this.correct(id, `${what}, ${hhmm(at)}`); },
        }, t("feed.correct"))));
  }
}

const incidents = (s: Situation): Item[] => (s.incidents ?? [])
  .map((told) => ({ id: told.id, kind: "incident", at: told.happened_at, known: told.known_at ?? null, told }));

function everything(s: Situation): Item[] {
  const rows = (kind: string, list: Told[] | undefined): Item[] => (list ?? []).map((told) => ({
    id: told.id, kind, at: told.happened_at ?? told.at ?? told.known_at ?? s.as_known_at, known: told.known_at ?? null, told,
  }));
  return [
    ...incidents(s), ...rows("decision", s.decisions), ...rows("assurance", s.assurances), ...rows("contact", s.contacts),
    ...rows("notification", s.notifications),
    ...rows("test movement", s.test_movements), ...rows("note", s.notes), ...rows("window", s.window?.changes),
  ].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
}

function harmed(people: People | null | undefined, key: "feed.killed" | "feed.injured"): Child {
  if (!people) return null;
  const words = people.best === null ? t(`${key}_few`, { n: people.high + 1 }) : t(key, { n: people.best });
  return h("span", { class: "harm" }, words, range(people) && ` (${range(people)})`);
}

function incidentWords(incident: Incident, corridor: string | null): Child[] {
  const where = [corridor, incident.place].filter(Boolean).join(t("list.comma"));
  return [
    where && h("span", {}, where),
    incident.times !== null && incident.times !== undefined && h("span", {}, t("feed.times", { n: incident.times })),
    harmed(incident.killed, "feed.killed"), harmed(incident.injured, "feed.injured"),
    incident.text ? h("p", {}, quoted(incident.text)) : null,
  ];
}

function claims({ claims = [] }: Incident): Child {
  return claims.length > 0 && h("ul", { class: "claims" }, claims.map((claim) =>
    h("li", {}, h("span", { class: "chip claim" }, t("feed.claim")), " ",
      t("feed.claim_words", { by: claim.by, who: claim.holds_responsible }))));
}

function toldWords(kind: string, told: Told, corridor: string | null): Child[] {
  const said: Child[] = [];
  if (corridor) said.push(h("span", {}, corridor));
  if (kind === "decision")
    said.push(h("span", {}, h("b", {}, term("decision", told.decision ?? "other")), told.by ? [" · ", quoted(told.by)] : null));
  if (kind === "contact")
    said.push(h("span", {}, quoted(told.party ?? ""), " · ", t(told.answered ? "feed.answered" : "feed.not_answered")));
  if (kind === "notification")
    said.push(h("span", {}, h("b", {}, term("step", told.step ?? "")), " · ", quoted(told.party ?? "")),
      h("code", {}, (told.pack_sha256 ?? "").slice(0, 8)));
  if (kind === "assurance")
    said.push(h("span", {}, quoted(told.party ?? "")), quoted(told.words ?? "", "q"),
      h("span", {}, told.expires_at ? t("feed.expires", { time: hhmm(told.expires_at) }) : t("feed.no_expiry")));
  if (kind === "window" && told.start && told.end)
    said.push(h("span", {}, h("b", {}, `${hhmm(told.start)}–${hhmm(told.end)}`), told.by ? [" · ", quoted(told.by)] : null));
  if (kind === "test movement") said.push(h("span", {}, term("result", told.result ?? "")));
  if (told.text) said.push(h("p", {}, quoted(told.text)));
  return said;
}

/** Say a number of people with its range in one string, for what is read aloud. */
export const spokenPeople = (people: People): string =>
  (range(people) ? t("say.people_range", { best: bestOf(people), range: range(people) }) : bestOf(people));
