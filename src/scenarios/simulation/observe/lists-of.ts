import { FILE_STATUSES } from "../../../protocol/file-status.ts";
import type { ListFacts, PageFact } from "../../observation/list-fact.ts";
import type { SimulatedDevice } from "../process/simulated-device.ts";
import { allPages } from "./all-pages.ts";
import { jobsAfter } from "./jobs-after.ts";

/** Of so many jobs, the newest, somebody looks at the details. */
const DETAILED_JOB_COUNT = 4;

const DETAIL_STATUSES = [...FILE_STATUSES, "excluded"] as const;

/**
 * Turns all pages of the history of a device and of the details of its newest jobs: by each status that they have, of
 * the newest by those too that it has not.
 */
export function listsOf({ name, agent }: SimulatedDevice): ListFacts {
  const { history } = agent;
  const jobs = jobsAfter(history, 0);
  const list = (kind: (typeof jobs)[number]["kind"]): readonly PageFact<(typeof jobs)[number]>[] =>
    allPages((page) => history.jobs(kind, page));
  return {
    device: name,
    jobs,
    history: { backup: list("backup"), delete: list("delete"), restore: list("restore") },
    details: jobs.slice(-DETAILED_JOB_COUNT).map(({ id }, index, looked) => {
      const all = allPages((page) => history.files(id, { page }));
      const found = new Set(all.flatMap(({ rows }) => rows.map(({ status }) => status)));
      const isNewest = index === looked.length - 1;
      const statuses = DETAIL_STATUSES.filter((status) => isNewest || found.has(status));
      return {
        jobId: id,
        all,
        byStatus: new Map(
          statuses.map((status) => [
            status,
            allPages((page) => history.files(id, { page, status })),
          ]),
        ),
      };
    }),
  };
}
