import type { ServiceEvent } from "../../../sim-server/world.ts";
import type { MomentEvent } from "./disturbance-scheduler.ts";

/** The moment that something at the service is for disturbances; undefined when it is none. */
export function serviceMoment(event: ServiceEvent): MomentEvent | undefined {
  if (event.kind === "request") return { at: "request" };
  if (isCommit(event)) return { at: "commit" };
  return isDeletion(event) ? { at: "deleted" } : undefined;
}

/** Whether the service takes or refuses a login, or asks for a CAPTCHA. */
export function isLogin(event: ServiceEvent): event is Answer {
  if (event.kind !== "answer" || event.method !== "POST") return false;
  return event.target === "/v1/sessions" && [201, 401, 403].includes(event.status);
}

type Answer = Extract<ServiceEvent, { kind: "answer" }>;

function isCommit({ method, target, status }: Answer): boolean {
  if (status !== 200 && status !== 201) return false;
  if (method === "PUT") return target.startsWith("/v1/files/");
  if (method === "PATCH") return true;
  return method === "POST" && target === "/v1/batch-uploads";
}

function isDeletion({ method, target, status }: Answer): boolean {
  if (method !== "DELETE" || status !== 204) return false;
  return target.startsWith("/v1/files/") || target.startsWith("/v1/folders/");
}
