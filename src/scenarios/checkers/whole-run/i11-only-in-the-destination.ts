import type { RunRecord } from "../../observation/run-record.ts";
import type { Breach } from "../shared/breach.ts";

/** I11, as far as it goes without restores: nothing is written outside the destination folders. */
export function onlyInTheDestination({ foreignServiceWrites }: RunRecord): Breach[] {
  return foreignServiceWrites.map((path) => ({
    law: "I11",
    message: `${JSON.stringify(path)} was written outside every destination folder`,
  }));
}
