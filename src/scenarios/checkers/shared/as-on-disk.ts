import type { ObservationWindow } from "../../observation/observation-window.ts";

/** One spelling for all that the disk takes for one name. */
export function asOnDisk(run: Pick<ObservationWindow, "disk">, path: string): string {
  if (run.disk === "linux") return path;
  return (run.disk === "macos" ? path.normalize("NFD") : path).toUpperCase();
}
