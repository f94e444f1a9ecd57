import type { RunRecord } from "../../observation/run-record.ts";
import type { Breach } from "../shared/breach.ts";

/** I5: capacity is never exceeded, and the used figure is the sum of what is stored. */
export function capacity({ jobs, deletions }: RunRecord): Breach[] {
  // What a delete job deletes frees its space at once (D6).
  const worked = deletions.flatMap(({ job, work }) => (work === undefined ? [] : { job, ...work }));
  return [...jobs, ...worked].flatMap(({ job, serviceAfter }) => {
    const { usedBytes, quotaBytes, storedBytes } = serviceAfter;
    const breaches: Breach[] = [];
    if (usedBytes > quotaBytes) {
      const message = `after job ${job.id}, ${usedBytes} bytes of ${quotaBytes} are used`;
      breaches.push({ law: "I5", message });
    }
    if (usedBytes !== storedBytes) {
      const message = `after job ${job.id}, the service says ${usedBytes} bytes and stores ${storedBytes}`;
      breaches.push({ law: "I5", message });
    }
    return breaches;
  });
}
