// Keep the page itself, so that it opens with no connection. Nothing else is kept, and no answer of the
// server's: only the files below, all of one version.

interface Lasting extends Event { waitUntil(work: Promise<unknown>): void }
interface Fetching extends Lasting { request: Request; respondWith(answer: Promise<Response>): void }
interface Told extends Lasting { data: unknown; ports: readonly MessagePort[] }
interface Worker {
  addEventListener(type: "install" | "activate", listener: (event: Lasting) => void): void;
  addEventListener(type: "fetch", listener: (event: Fetching) => void): void;
  addEventListener(type: "message", listener: (event: Told) => void): void;
  skipWaiting(): Promise<void>;
  clients: { claim(): Promise<void> };
  registration: { unregister(): Promise<boolean> };
}

const worker = self as unknown as Worker;
const PAGE = "/report";
const FILES = [PAGE, "/assets/reporter.js", "/assets/reporter.css", "/assets/icon.svg"];
const KEPT = "report";
let wiped = false;

const kept = (path: string): Promise<Response | undefined> => caches.match(path, { cacheName: KEPT, ignoreVary: true });

/** Fetch a file past the browser's own cache; 304 where the one that is kept is the newest. */
async function newest(path: string): Promise<Response> {
  const tag = (await kept(path))?.headers.get("ETag");
  const answer = await fetch(path, {
    cache: "no-store", credentials: "omit", redirect: "error", headers: tag ? { "If-None-Match": tag } : {},
  });
  if (!answer.ok && !(tag && answer.status === 304)) throw new Error("not all files are there");
  await answer.clone().arrayBuffer(); // all of it is here
  return answer;
}

/** Fetch all files, and only when all of them are here put them in place of the old ones. */
async function refresh(): Promise<void> {
  const found = await Promise.all(FILES.map(newest));
  if (wiped) return;
  const cache = await caches.open(KEPT);
  await Promise.all(found.map(async (answer, i) => { if (answer.ok) await cache.put(FILES[i] ?? PAGE, answer); }));
  if (wiped) await caches.delete(KEPT);
}

async function answered(request: Request, path: string): Promise<Response> {
  return await kept(path) ?? await fetch(request);
}

async function wipe(): Promise<void> {
  wiped = true;
  await caches.delete(KEPT);
  await worker.registration.unregister();
}

worker.addEventListener("install", (event) => { event.waitUntil(refresh().then(() => worker.skipWaiting())); });
worker.addEventListener("activate", (event) => { event.waitUntil(worker.clients.claim()); });

worker.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (wiped || event.request.method !== "GET" || origin !== location.origin || !FILES.includes(pathname)) return;
  event.respondWith(answered(event.request, pathname));
  if (pathname === PAGE) event.waitUntil(refresh().catch(() => undefined)); // the next time it opens
});

worker.addEventListener("message", (event) => {
  if (event.data !== "wipe") return;
  event.waitUntil(wipe().then(() => { event.ports[0]?.postMessage("wiped"); }));
});
