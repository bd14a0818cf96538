import { setWorkerCount, setWorkerUrl } from "maplibre-gl";

/** Start MapLibre's worker from a file of this page's own server. */
export function startWorkerAt(path: string): void {
  setWorkerCount(1);
  setWorkerUrl(new URL(path, location.origin).href);
}

/** Start MapLibre's worker from text that the page holds, so that no file is asked for. */
export function startWorkerFrom(source: string): void {
  setWorkerCount(1);
  setWorkerUrl(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
}
