// Make elements without markup in text: nothing that the server says can become part of the page.

type Value = string | number | boolean | null | undefined | ((event: Event) => void);
export type Child = Node | string | number | null | undefined | false;

/** Make an element: attributes by their names, listeners as functions under `onclick` and the like. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Readonly<Record<string, Value>> = {}, ...children: (Child | Child[])[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, String(value));
  }
  made.append(...nodes(children));
  return made;
}

export const nodes = (children: (Child | Child[])[]): (Node | string)[] =>
  children.flat().filter((c) => c !== null && c !== undefined && c !== false)
    .map((c) => (typeof c === "number" ? String(c) : c as Node | string));

/** Make a button that does something. */
export const button = (
  name: Child | Child[], press: () => void, attributes: Readonly<Record<string, Value>> = {},
): HTMLButtonElement => h("button", { type: "button", ...attributes, onclick: press }, name);

/** Put new children into a box and leave the focus where it was, by `data-key`. */
export function refill(box: HTMLElement, ...children: (Child | Child[])[]): void {
  const held = box.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.key : undefined;
  const top = box.scrollTop;
  box.replaceChildren(...nodes(children));
  box.scrollTop = top;
  if (held) box.querySelector<HTMLElement>(`[data-key="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
}

/** Keep words of another language as they are: an id, a quotation, a name. */
export const quoted = (words: string, tag: "bdi" | "q" = "bdi"): HTMLElement => h(tag, { dir: "auto" }, words);
