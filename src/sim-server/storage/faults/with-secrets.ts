import type { StorageFault } from "../../faults/storage-fault.ts";
import type { Reply } from "../http/reply.ts";

/** Fields of a head whose value a client could repeat. */
const TEXT_FIELDS = new Set(["location", "www-authenticate", "proxy-authenticate"]);

/** Whether a fault repeats the client's secrets. */
export function repeatsSecrets(fault: StorageFault): boolean {
  return "repeatsSecrets" in fault && fault.repeatsSecrets === true;
}

/** The answer with secrets in every text of its body and head; whatever it says stays. */
export function withSecrets(reply: Reply, secrets: readonly string[]): Reply {
  const said = secrets.join(" ");
  const inUrl = encodeURIComponent(said);
  const headers = Object.fromEntries(
    Object.entries(reply.headers).map(([name, value]) => [
      name,
      TEXT_FIELDS.has(name) ? `${value}?said=${inUrl}` : value,
    ]),
  );
  return { ...reply, headers: { ...headers, "x-said": inUrl }, body: bodyWith(reply.body, said) };
}

function bodyWith(body: Reply["body"], said: string): Reply["body"] {
  if (body.kind === "json") {
    const value = Object.entries(body.value as object).map(([key, part]: [string, unknown]) => {
      if (key === "detailMessage") return [key, { code: said, params: { said } }];
      return ["title", "detail"].includes(key)
        ? [key, `${String(part)} You said ${said}.`]
        : [key, part];
    });
    return { ...body, value: Object.fromEntries(value) };
  }
  if (body.kind !== "bytes") return body;
  const text = Buffer.from(`<p>You said ${said}.</p>`);
  // What is no page at all stays as it is: more text could make it another answer.
  if (!body.mediaType.startsWith("text/")) return body;
  return { ...body, chunks: [...body.chunks, text], sizeBytes: body.sizeBytes + text.length };
}
