import type { JobRecord } from "../../../protocol/job-record.ts";
import type { Output } from "../output/output.ts";
import { placePairs } from "./render-job.ts";
import { renderPairs } from "../../../terminal/render-pairs.ts";
import { jobSettingsPairs } from "./render-settings.ts";

/** The settings a job had, before it is run again with them (F32). */
export function renderPreviousSettings(job: JobRecord, output: Output): string {
  const title = output.say({ ja: "前回の設定", en: "Settings of that job" });
  return `${output.paint("strong", `${title} [ID ${job.id}]`)}\n${renderPairs([
    ...placePairs(job, output),
    ...jobSettingsPairs(job, output),
  ])}`;
}
