// Bundle the pages, a script and a style sheet each, the map's worker, and the licences of all of it.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const home = process.argv[2] ?? join(here, "../src/safepassage/publish/bundle");
const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  charset: "utf8",
  target: "es2022",
  format: "iife",
  legalComments: "none", // their texts stand in THIRD_PARTY_LICENSES.txt, which every brief carries
  logLevel: "warning",
  metafile: true,
  write: false,
};
const wanted = {
  "brief.js": { entryPoints: ["src/main.ts"] },
  "brief.css": { entryPoints: ["src/styles/brief.css"], loader: { ".svg": "dataurl" } },
  "room.js": { entryPoints: ["src/room/main.ts"] },
  "room.css": { entryPoints: ["src/room/room.css"], loader: { ".svg": "dataurl" } },
  "reporter.js": { entryPoints: ["src/reporter/main.ts"] },
  "reporter.css": { entryPoints: ["src/reporter/reporter.css"] },
  "sw.js": { entryPoints: ["src/reporter/sw.ts"] },
  "arabic.css": { entryPoints: ["src/leaflet/arabic.css"], loader: { ".woff2": "dataurl" } },
  "maplibre-worker.js": { entryPoints: ["node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs"] },
};

/** Name every package whose code is in a bundle. MapLibre ships its own dependencies built in. */
async function packagesIn(metafiles) {
  const found = new Map();
  const queue = [];
  const note = (name) => { if (!found.has(name)) { found.set(name, null); queue.push(name); } };
  for (const meta of metafiles)
    for (const file of Object.keys(meta.inputs)) {
      const parts = file.split("node_modules/").at(-1).split("/");
      if (file.includes("node_modules/")) note(parts[0].startsWith("@") ? `${parts[0]}/${parts[1]}` : parts[0]);
    }
  while (queue.length) {
    const name = queue.shift();
    const about = JSON.parse(await readFile(join(here, "node_modules", name, "package.json"), "utf8"));
    found.set(name, about);
    if (name === "maplibre-gl" || name.startsWith("@maplibre/") || name.startsWith("@mapbox/"))
      Object.keys(about.dependencies ?? {}).filter((n) => !n.startsWith("@types/")).forEach(note);
  }
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
}

async function licences(packages) {
  const texts = new Map();
  for (const [name, about] of packages) {
    const folder = join(here, "node_modules", name);
    const files = await readdir(folder);
    const file = files.find((n) => /^(licen[cs]e|copying)/i.test(n)) ?? files.find((n) => /^readme/i.test(n));
    const label = `${name} ${about.version} (${about.license ?? "see text"})`;
    const whole = file ? await readFile(join(folder, file), "utf8") : "";
    const text = whole.slice(/^readme/i.test(file ?? "") ? whole.search(/^#+ *licen[cs]e/im) : 0).trim().replaceAll("\r\n", "\n");
    if (!/copyright/i.test(text)) throw new Error(`${label} ships no licence text; it cannot be bundled`);
    texts.set(text, [...(texts.get(text) ?? []), label]);
  }
  const parts = [...texts].map(([text, labels]) => `${labels.join("\n")}\n\n${text}`);
  return ["The map and the curve hold code of these projects, pages in Arabic their letters. Their licences follow.", ...parts]
    .join(`\n\n${"-".repeat(78)}\n\n`) + "\n";
}

async function filesBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  const lists = entries.map((e) => (e.isDirectory() ? filesBelow(join(folder, e.name)) : [join(folder, e.name)]));
  return (await Promise.all(lists)).flat();
}

/** Hash what the bundle is made from; hatch_build.py computes the same to see whether it is old. */
async function sourceHash() {
  const top = ["build.mjs", "package.json", "package-lock.json"].map((n) => join(here, n));
  const files = [...top, ...(await filesBelow(join(here, "src")))]
    .map((path) => [relative(here, path).split(sep).join("/"), path])
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash("sha256");
  for (const [name, path] of files) {
    const digest = createHash("sha256").update(await readFile(path)).digest("hex");
    hash.update(`${digest}  ${name}\n`);
  }
  return hash.digest("hex");
}

const built = {};
const metafiles = [];
for (const [name, options] of Object.entries(wanted)) {
  const result = await build({ ...common, ...options, outfile: join(home, name) });
  metafiles.push(result.metafile);
  built[name] = result.outputFiles[0].text;
  if (/<\/(script|style)|<!--/i.test(built[name]))
    throw new Error(`${name} holds an end tag and cannot stand inside a page`);
}
built["THIRD_PARTY_LICENSES.txt"] = await licences(await packagesIn(metafiles));
built["sources.sha256"] = `${await sourceHash()}\n`;

await mkdir(home, { recursive: true });
for (const [name, text] of Object.entries(built)) {
  const beside = join(home, `.${name}.new`);
  await writeFile(beside, text);
  await rename(beside, join(home, name)).catch(async (error) => { await rm(beside); throw error; });
  console.log(`${name.padEnd(26)} ${(Buffer.byteLength(text) / 1000).toFixed(0).padStart(6)} kB`);
}
