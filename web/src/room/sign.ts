// Say who one is: a token, kept in this tab alone.

import { t } from "../words/words";
import { h } from "./dom";
import { Refused, type Server } from "./server";
import type { Me } from "./types";

/** Ask for a token and try it; the page loads anew with it. */
export function askForToken(server: Server, why = ""): void {
  const input = h("input", { id: "token", type: "password", autocomplete: "off", spellcheck: "false", dir: "ltr", required: true });
  const said = h("p", { class: "fault", role: "alert" }, why);
  const before = server.signedIn;
  const attempt = async (): Promise<void> => {
    said.textContent = "";
    server.sign(input.value.trim());
    try {
      const me = await server.get<Me>("/api/me");
      if (me.role !== "public") { location.reload(); return; }
      said.textContent = t("sign.wrong");
    } catch (error) {
      said.textContent = error instanceof Refused && error.status === 0 ? t("connection.none") : t("sign.wrong");
    }
    if (!before) server.sign(null);
    input.focus();
  };
  const dialog = h("dialog", { class: "confirm", "aria-labelledby": "sign-title", onclose: () => { dialog.remove(); } },
    h("form", { onsubmit: (event) => { event.preventDefault(); void attempt(); } },
      h("h2", { id: "sign-title" }, t("sign.title")), h("p", { class: "soft" }, t("sign.lead")),
      h("div", { class: "field" }, h("label", { for: "token" }, t("sign.token")), input), said,
      h("div", { class: "buttons" }, h("button", { type: "submit", class: "primary" }, t("sign.go")),
        h("button", { type: "button", onclick: () => { dialog.close(); } }, t("cancel")))));
  document.body.append(dialog);
  dialog.showModal();
}
