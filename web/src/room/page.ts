// The page as a whole, in one language: made anew where the language changes.

import { type Language, t } from "../words/words";
import { Alarms } from "./alarms";
import { Board } from "./board";
import { ChartView } from "./chartview";
import { h, refill } from "./dom";
import { Feed } from "./feed";
import { EventForm } from "./form";
import { Header, titleOf } from "./header";
import { kindsFor } from "./kinds";
import { MapView } from "./mapview";
import { curveOf, waysOf } from "./proposal";
import { Replan } from "./replan";
import { Reports } from "./reports";
import { askForToken } from "./sign";
import { type Room, mayCoordinate } from "./state";
import { type Tab, Tabs } from "./tabs";
import { hhmm } from "./time";
import { Travel } from "./travel";

export class Page {
  readonly header: Header;
  readonly map: MapView;
  readonly replan: Replan | null;
  private readonly travel: Travel;
  private readonly board: Board;
  private readonly chart: ChartView;
  /** The same curve beside a proposal. */
  private readonly compared: ChartView;
  private readonly feed: Feed;
  private readonly alarms: Alarms;
  private readonly reports: Reports | null;
  private readonly publicly = h("p", {});

  constructor(private readonly room: Room, turn: (language: Language) => void) {
    const { role } = room.me;
    const coordinating = mayCoordinate(role);
    const signIn = (): void => {
      if (!room.server.signedIn) { askForToken(room.server); return; }
      room.server.sign(null);
      location.reload();
    };
    const form = kindsFor(role).length ? new EventForm(room) : null;
    this.header = new Header(room, { signIn, turn });
    this.map = new MapView(room);
    this.board = new Board(room);
    this.chart = new ChartView(room);
    this.compared = new ChartView(room);
    this.alarms = new Alarms(room);
    this.travel = new Travel(room);
    this.reports = coordinating ? new Reports(room) : null;
    this.replan = coordinating ? new Replan(room, (proposal) => {
      for (const chart of [this.chart, this.compared]) chart.propose(proposal && curveOf(proposal));
      this.map.compare(proposal ? waysOf(proposal) : []);
    }) : null;

    const status = h("div", { class: "status" }, this.board.element, this.chart.element);
    const tabs: Tab[] = [{ id: "status", name: t("tab.status"), panel: status, shown: () => { this.chart.show(); } }];
    const pane = (inside: HTMLElement): HTMLElement => h("div", { class: "pane scroll" }, inside);
    this.replan?.place(this.compared.element);
    if (this.replan)
      tabs.push({ id: "replan", name: t("tab.replan"), panel: pane(this.replan.element), shown: () => { this.compared.show(); } });
    if (form) tabs.push({ id: "event", name: t("tab.event"), panel: pane(form.element), shown: () => { form.shown(); } });
    if (this.reports) tabs.push({ id: "reports", name: t("tab.reports"), panel: pane(this.reports.element) });
    const left = new Tabs(tabs, t("tab.name"));
    this.feed = new Feed(room, (id, what) => { left.open("event"); form?.correct(id, what); });

    document.title = titleOf(room);
    document.body.className = `role-${role}${room.me.exercise ? " is-exercise" : ""}`;
    document.getElementById("app")?.replaceChildren(
      h("p", { class: "skip" }, h("a", { href: "#main" }, t("skip"))),
      this.header.element, this.header.banner, this.travel.banner,
      ...(role === "public" ? [h("div", { class: "banner public", "data-test": "public" }, this.publicly)] : []),
      this.header.strip,
      h("main", { id: "main", tabindex: -1 }, left.element, this.map.element,
        h("div", { class: "rail" }, this.alarms.element, this.feed.element)),
      ...(role === "public" ? [] : [this.travel.element]),
      this.alarms.spoken);
    if (role === "public") this.map.absent(t("map.not_public"));
    else if (!coordinating) this.map.absent(t("map.not_reporter"), h("a", { href: "/report" }, t("map.to_report")));
    this.show();
  }

  show(): void {
    const { header, board, chart, compared, alarms, feed, map, travel, replan, reports } = this;
    for (const view of [header, board, chart, compared, alarms, feed, map, travel, replan, reports]) view?.show();
    this.tellPublic();
  }

  private tellPublic(): void {
    const { redaction, as_known_at: at } = this.room.live ?? {};
    refill(this.publicly, h("b", {}, t("public.title")), " ", t("public.is"), " ",
      redaction && at ? h("b", {}, t("public.as_of", { time: hhmm(at), delay: redaction.delay_min })) : null);
  }

  tick(): void {
    this.header.tick();
  }
}
