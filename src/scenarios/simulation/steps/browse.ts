import type { Agent } from "../../../agent/agent.ts";
import type { BrowseFact } from "../../observation/browse-fact.ts";
import { ACCOUNT } from "../world/account.ts";
import type { Simulation } from "../simulation.ts";

/** In one scenario of so many somebody looks at what was saved. */
const BROWSED_EVERY = 4;
/** Nobody turns the pages of a folder that has more. */
const ENTRY_COUNT_MAX = 40;

/** Folders of a destination into which somebody looks. */
const FOLDER_COUNT_MAX = 5;

/** A person turns the pages of each destination and of some folders in it, once all is well. */
export async function browse(simulation: Simulation): Promise<void> {
  const { scenario, world, pc, device, browsed, sourcePaths } = simulation;
  if (scenario.seed % BROWSED_EVERY !== 1) return;
  const explorer = world.service.explorer(ACCOUNT.loginId);
  const childrenOf = (folder: string): ReturnType<typeof explorer.list> =>
    explorer.list(folder.split("/"), { recursive: false });
  const foldersAt = (source: string): readonly string[] => {
    const folder = simulation.destinationOf(source);
    if (folder === undefined || !explorer.folderExists(folder.split("/"))) return [];
    const below = childrenOf(folder).filter(({ kind }) => kind === "folder");
    return [folder, ...below.slice(0, FOLDER_COUNT_MAX).map(({ path }) => path)];
  };
  for (const folder of [...sourcePaths].flatMap((source) => foldersAt(source))) {
    const standing = childrenOf(folder).map(({ kind, path }) => `${kind} ${path}`);
    if (standing.length > ENTRY_COUNT_MAX) continue;
    const look = async (agent: Agent): Promise<void> =>
      void browsed.push({ folder, standing, pages: await pagesOf(agent, folder, standing.length) });
    if (pc === undefined) await look(device.agent);
    else await pc.tool.command(look);
  }
}

/** Up to the page that is said to be the last, and one further. */
async function pagesOf(
  { stored }: Agent,
  folder: string,
  entryCount: number,
): Promise<BrowseFact["pages"]> {
  const pages: BrowseFact["pages"][number][] = [];
  // More than there are of entries no list has of pages.
  for (let page = 1; page <= entryCount + 2; page += 1) {
    const { entries, ...beside } = await stored.page(folder, page);
    pages.push({ entries: entries.map(({ kind, path }) => `${kind} ${path}`), ...beside });
    if (pages.at(-2)?.isLast === true) break;
  }
  return pages;
}
