import type { AgentApi } from "../agent-api.ts";
import type { MailNews } from "../mail/mail-api.ts";
import type { Contract } from "../../protocol/http/schemas.ts";
import type { JobRecord } from "../../protocol/job-record.ts";
import { capacityMembers } from "./output/capacity-line.ts";
import { jobMembers } from "./output/job-line.ts";
import type { LineMembers } from "./output/output-line.ts";
import type { Output } from "./output/output.ts";
import { scheduleMembers } from "./output/report-schedule.ts";
import {
  renderDaemonJob,
  renderDaemonMail,
  renderDaemonState,
  timed,
} from "./render/render-daemon.ts";
import type { RequestKind } from "./request-box.ts";

/** Tells what the daemon holds and does: one line a time, for people with the time in front. */
export class DaemonReporter {
  readonly #output: Output;
  #told: string | undefined;

  constructor(output: Output) {
    this.#output = output;
  }

  /** What it holds; told at first and whenever it changed. */
  state(agent: Pick<AgentApi, "account" | "schedule" | "outbox" | "sources">): void {
    const members = this.#members(agent);
    const text = JSON.stringify(members);
    if (text === this.#told) return;
    const event = this.#told === undefined ? "started" : "changed";
    this.#told = text;
    this.#output.json("daemon", { event, ...members });
    this.#say(() => renderDaemonState(agent, this.#output));
  }

  job(job: JobRecord): void {
    const { language } = this.#output;
    const type =
      job.status === "running"
        ? "job-started"
        : job.status === "waiting"
          ? "job-waiting"
          : "job-ended";
    this.#output.json(type, jobMembers(job, language));
    if (job.status !== "waiting") this.#say(() => renderDaemonJob(job, this.#output));
  }

  mail(news: MailNews): void {
    this.#output.json("mail-try", news);
    this.#say(() => renderDaemonMail(news, this.#output));
  }

  async usage(contract: Contract): Promise<void> {
    this.#output.json("capacity", capacityMembers(contract));
    if (this.#output.isJson) return;
    const { renderUsageNotice } = await import("./render/render-usage-notice.ts");
    this.#output.text(() => `${renderUsageNotice(contract, this.#output)}\n`);
  }

  /** Another process asked for something. */
  request(kind: RequestKind): void {
    const output = this.#output;
    output.note(
      kind === "interrupt"
        ? { ja: "別のプロセスから中断されました。", en: "Interrupted by a request." }
        : { ja: "ログアウトします。", en: "Logging out by a request." },
    );
  }

  /** Another process works in the home folder. */
  waits(): void {
    this.#output.note({
      ja: "別の専用ツールの処理が終わるのを待っています。",
      en: "Waiting for another process of the tool to finish.",
    });
  }

  /** Another daemon holds the schedule. */
  anotherRuns(): void {
    this.#output.json("daemon", { event: "already-running", ...NOTHING });
    this.#say(() =>
      this.#output.say({
        ja: "自動バックアップの予定は、別の専用ツールがすでに受け持っています。",
        en: "Another process of the tool holds the schedule already.",
      }),
    );
  }

  ended(): void {
    this.#output.json("daemon", { event: "ended", ...NOTHING });
    this.#say(() => this.#output.say({ ja: "終了しました。", en: "Ended." }));
  }

  #members(
    agent: Pick<AgentApi, "account" | "schedule" | "outbox" | "sources">,
  ): Omit<LineMembers<"daemon">, "event"> {
    return {
      loginId: agent.account()?.loginId ?? null,
      sourceCount: agent.sources().length,
      ...scheduleMembers(agent.schedule()),
      waitingMailCount: agent.outbox().mails.length,
    };
  }

  #say(build: () => string): void {
    this.#output.text(() => timed(build(), this.#output));
  }
}

const NOTHING: Omit<LineMembers<"daemon">, "event"> = {
  loginId: null,
  sourceCount: null,
  isOn: null,
  at: null,
  weekdays: null,
  nextAt: null,
  waitingMailCount: null,
};
