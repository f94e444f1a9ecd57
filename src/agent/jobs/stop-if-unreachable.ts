import type { CauseId } from "../../protocol/causes/causes.ts";
import type { FileFailure } from "../core/file-outcome.ts";
import { ServiceError, type Service } from "../ports/service.ts";
import type { JobStop } from "./job-stop.ts";

interface UnreachableOptions<Cause extends CauseId> {
  readonly service: Pick<Service, "contract">;
  readonly stop: Pick<JobStop<Cause>, "stop">;
  /** What an exchange that failed for good means in this kind of job. */
  readonly failureOf: (error: ServiceError) => FileFailure<Cause>;
}

/**
 * What a `Retrier` does when a budget ended: if the service does not answer a plain question either,
 * it is gone for everybody and the rest of the job is spared the wait (D10).
 */
export function stopIfUnreachable<Cause extends CauseId>(
  options: UnreachableOptions<Cause>,
): (error: ServiceError) => Promise<void> {
  return async (error) => {
    try {
      await options.service.contract();
    } catch (probe) {
      if (!(probe instanceof ServiceError) || probe.failure.kind !== "communication") return;
      if (error.failure.kind !== "communication") return;
      options.stop.stop({
        failure: options.failureOf(error),
        rest: "list-rest",
        trustsIndex: true,
      });
    }
  };
}
