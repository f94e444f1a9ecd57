import type { IncomingMessage, ServerResponse } from "node:http";

import { HEADERS, UPLOAD_DRAFT_INTEROP_VERSION } from "../../../protocol/http/headers.ts";

const awaitingContinue = new WeakSet<IncomingMessage>();

/** Notes that the client waits for 100 Continue before it sends its body. */
export function expectContinue(request: IncomingMessage): void {
  awaitingContinue.add(request);
}

/** Tells a client that waits to send its body; called when somebody is going to read it. */
export function continueIfAwaited(request: IncomingMessage, response: ServerResponse): void {
  if (awaitingContinue.delete(request)) response.writeContinue();
}

/** Whether the client still waits to be told to send its body, and may never send it. */
export function isContinueAwaited(request: IncomingMessage): boolean {
  return awaitingContinue.has(request);
}

/**
 * Sends a 104 interim response (draft-ietf-httpbis-resumable-upload) past Node, which has no way to
 * send one. Not to clients that did not ask for this iteration of the draft, as it demands, and not
 * once the final answer has begun.
 */
export function sendUploadInterim(
  request: IncomingMessage,
  response: ServerResponse,
  fields: Readonly<Record<string, string>>,
): void {
  const { socket } = response;
  const version = request.headers[HEADERS.uploadDraftInteropVersion];
  if (version !== UPLOAD_DRAFT_INTEROP_VERSION || request.httpVersionMinor === 0) return;
  if (socket === null || socket.destroyed || response.headersSent) return;
  const lines = Object.entries({ [HEADERS.uploadDraftInteropVersion]: version, ...fields })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("");
  socket.write(`HTTP/1.1 104 Upload Resumption Supported\r\n${lines}\r\n`);
}
