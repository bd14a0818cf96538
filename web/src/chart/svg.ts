// What charts drawn as SVG share.

/** Move positions apart to at least `gap`, keeping their order, from the middle outwards. */
export function spread(positions: number[], gap: number): number[] {
  const order = positions.map((at, k) => ({ at, k })).sort((a, b) => a.at - b.at || a.k - b.k);
  for (let round = 0; round < 60; round++)
    for (let k = 1; k < order.length; k++) {
      const [above, below] = [order[k - 1], order[k]];
      if (!above || !below) continue;
      const push = (gap - (below.at - above.at)) / 2;
      if (push > 0) { above.at -= push; below.at += push; }
    }
  const moved = [...positions];
  for (const { at, k } of order) moved[k] = at;
  return moved;
}

/** Make an element of SVG. */
export function element(tag: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

/** Write words into a picture, with a rim of white that keeps them legible on lines. */
export function text(
  svg: SVGSVGElement, x: number, y: number, words: string, fill: string, anchor: string, strong = false,
): void {
  const made = element("text", {
    x, y, fill, "text-anchor": anchor, "font-weight": strong ? 600 : 400,
    stroke: "#fff", "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round",
  });
  made.style.setProperty("unicode-bidi", "plaintext"); // words in Arabic begin at their right
  made.textContent = words;
  svg.append(made);
}
