import { FILE_STATUSES } from "../../../protocol/file-status.ts";
import type { ListFacts, PageFact } from "../../observation/list-fact.ts";
import type { SimulatedDevice } from "../process/simulated-device.ts";
import { allPages } from "./all-pages.ts";
import { jobsAfter } from "./jobs-after.ts";

/** Of so many jobs, the newest, somebody looks at the details. */
const DETAILED_JOB_COUNT = 4;

/** Turns all pages of the history of a device and of the details of its newest jobs. */
export function listsOf({ name, agent }: SimulatedDevice): ListFacts {
  const { history } = agent;
  const jobs = jobsAfter(history, 0);
  const list = (kind: (typeof jobs)[number]["kind"]): readonly PageFact<(typeof jobs)[number]>[] =>
    allPages((page) => history.jobs(kind, page));
  return {
    device: name,
    jobs,
    history: { backup: list("backup"), delete: list("delete"), restore: list("restore") },
    details: jobs.slice(-DETAILED_JOB_COUNT).map(({ id }) => ({
      jobId: id,
      all: allPages((page) => history.files(id, { page })),
      byStatus: new Map(
        ([...FILE_STATUSES, "excluded"] as const).map((status) => [
          status,
          allPages((page) => history.files(id, { page, status })),
        ]),
      ),
    })),
  };
}
