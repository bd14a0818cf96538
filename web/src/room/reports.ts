// What is handed over by people: asked of the server with the token, read here, printed or saved.

import { LANGUAGES, language, t } from "../words/words";
import { button, h } from "./dom";
import { faultWords } from "./form";
import { Refused } from "./server";
import { type Room, nameOf } from "./state";
import { hhmm } from "./time";

const REPORTS = ["sitrep", "handover", "update", "board", "tally"] as const;
type Report = typeof REPORTS[number];
const FORMS = ["passage.xlsx", "passage.xml"] as const;

export class Reports {
  readonly element: HTMLElement;
  private readonly tongue: HTMLSelectElement;
  private readonly corridor: HTMLSelectElement;
  private readonly minute = h("p", { class: "soft" });
  private readonly said = h("div", { class: "said bad", role: "status" });

  constructor(private readonly room: Room) {
    const corridors = room.about.corridors.filter((c) => c.users === "civilian");
    this.tongue = h("select", { id: "report-language" },
      LANGUAGES.map((l) => h("option", { value: l, selected: l === language() }, t(`language.${l}`))));
    this.corridor = h("select", { id: "report-corridor" }, corridors.map((c) => h("option", { value: c.id }, nameOf(c))));
    this.element = h("div", { class: "reports" }, h("h2", {}, t("reports.title")), this.minute,
      h("div", { class: "fields" },
        h("div", { class: "field" }, h("label", { for: "report-language" }, t("reports.language")), this.tongue),
        h("div", { class: "field" }, h("label", { for: "report-corridor" }, t("reports.corridor")), this.corridor)),
      h("ul", { class: "report-list" }, REPORTS.map((report) => h("li", {},
        button(t(`reports.${report}`), () => { void this.open(report); }, { "data-report": report }),
        h("p", { class: "soft" }, t(`reports.${report}_is`)))),
      FORMS.map((form) => h("li", {},
        button(t(form === "passage.xlsx" ? "reports.xlsx" : "reports.xml"), () => { void this.form(form); }),
        h("p", { class: "soft" }, t(form === "passage.xlsx" ? "reports.xlsx_is" : "reports.xml_is"))))),
      this.said);
  }

  show(): void {
    this.minute.textContent = this.room.at === null ? t("reports.live") : t("reports.as_known", { time: hhmm(this.room.at) });
  }

  private async open(report: Report): Promise<void> {
    const asked = new URLSearchParams({ language: this.tongue.value });
    if (this.room.at !== null) asked.set("at", new Date(this.room.at).toISOString());
    if (report === "tally") asked.set("corridor", this.corridor.value);
    await this.trying(async () => {
      const { text, type } = await this.room.server.text(`/api/reports/${report}?${asked}`);
      const html = type.includes("html");
      new Reading(t(`reports.${report}`), text, html, `${report}-${this.tongue.value}.${html ? "html" : "txt"}`).open();
    });
  }

  private async form(name: typeof FORMS[number]): Promise<void> {
    await this.trying(async () => { save(name, await this.room.server.blob(`/api/forms/${name}`)); });
  }

  private async trying(work: () => Promise<void>): Promise<void> {
    this.said.textContent = "";
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const said = error.faults.map(faultWords).join(" ") || t("reports.refused", { status: String(error.status) });
      this.said.textContent = error.status === 0 ? t("connection.none") : said;
    }
  }
}

/** A report, read in a frame of its own: no script of it runs, and its style reaches nothing else. */
class Reading {
  private readonly dialog: HTMLDialogElement;
  private readonly frame: HTMLIFrameElement;

  constructor(name: string, private readonly text: string, private readonly html: boolean, file: string) {
    this.frame = h("iframe", { title: name, sandbox: "allow-same-origin allow-modals" });
    const copied = h("span", { role: "status" });
    const copy = (): void => { void navigator.clipboard.writeText(text).then(() => { copied.textContent = t("reports.copied"); }); };
    this.dialog = h("dialog", { class: "reading", "aria-label": name, onclose: () => { this.dialog.remove(); } },
      h("header", {}, h("h2", {}, name), copied,
        !html && button(t("reports.copy"), copy),
        button(t("reports.print"), () => { this.frame.contentWindow?.print(); }),
        button(t("reports.save"), () => { save(file, new Blob([text], { type: html ? "text/html" : "text/plain" })); }),
        button(t("close"), () => { this.dialog.close(); }, { class: "primary" })),
      this.frame);
  }

  open(): void {
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.fill();
  }

  private fill(): void {
    const page = this.frame.contentDocument;
    const view = this.frame.contentWindow as (Window & typeof globalThis) | null;
    if (!page || !view) return;
    if (!this.html) {
      const words = page.createElement("pre");
      words.textContent = this.text;
      words.style.cssText = "font: 1.15rem/1.5 system-ui, sans-serif; white-space: pre-wrap; padding: 1rem; unicode-bidi: plaintext";
      page.body.replaceChildren(words);
      return;
    }
    // The page's policy forbids styles that stand in markup; sheets that are made here it allows.
    const set = this.text.replace(/<(\/?)style\b/gi, "<$1x-style").replace(/(<[a-z][^<>]*?)\sstyle=/gi, "$1 data-style=");
    const parsed = new DOMParser().parseFromString(set, "text/html");
    const sheets = [...parsed.querySelectorAll("x-style")].map((style) => {
      const sheet = new view.CSSStyleSheet();
      sheet.replaceSync(style.textContent ?? "");
      style.remove();
      return sheet;
    });
    for (const kept of parsed.querySelectorAll("script, meta, link, base")) kept.remove();
    page.documentElement.replaceWith(page.adoptNode(parsed.documentElement));
    for (const each of page.querySelectorAll<HTMLElement>("[data-style]")) each.style.cssText = each.dataset.style ?? "";
    page.adoptedStyleSheets = sheets;
  }
}

function save(name: string, blob: Blob): void {
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => { URL.revokeObjectURL(link.href); }, 10_000);
}
