import type { AgentApi } from "./agent-api.ts";
import type { MailNews } from "../mail/sender.ts";
import type { Contract } from "../../protocol/http/schemas.ts";
import type { JobRecord } from "../../protocol/job-record.ts";
import type { Output } from "./output/output.ts";
import { CAPACITY_LINE, capacityMembers, renderUsageNotice } from "./views/capacity.ts";
import {
  DAEMON_LINE,
  daemonMembers,
  NO_DAEMON_STATE,
  renderDaemonJob,
  renderDaemonState,
  timed,
} from "./views/daemon.ts";
import { printJobNews } from "./views/job/job.ts";
import { MAIL_TRY_LINE, mailTryMembers, renderMailTry } from "./views/mail.ts";
import type { WaitNews } from "../ports/wait.ts";
import type { Words } from "../../terminal/language.ts";
import { WAITING_LINE, waitingMembers, waitingWords } from "./views/waiting.ts";
import type { RequestKind } from "./request-box.ts";

const WAITS_FOR_ROOM: Words = {
  ja: "専用ツールのフォルダがあるディスクに空き容量がありません。空きができるまで、自動バックアップは未実行になります。1分ごとに確かめます。",
  en: "The disk with the tool's own folder is full. Until there is room, automatic backups do not run. It is looked at every minute.",
};

const HAS_ROOM: Words = {
  ja: "専用ツールのフォルダがあるディスクに空き容量ができました。",
  en: "The disk with the tool's own folder has room again.",
};

/** Tells what the daemon holds and does: one line a time, for people with the time in front. */
export class DaemonReporter {
  readonly #output: Output;
  #shownState: string | undefined;

  constructor(output: Output) {
    this.#output = output;
  }

  /** Shows what it holds: at first, and whenever that changed. */
  state(agent: Pick<AgentApi, "account" | "schedule" | "mail" | "sources">): void {
    const members = daemonMembers(agent);
    const text = JSON.stringify(members);
    if (text === this.#shownState) return;
    const event = this.#shownState === undefined ? "started" : "changed";
    this.#shownState = text;
    this.#output.json(DAEMON_LINE, { event, ...members });
    this.#say(() => renderDaemonState(agent, this.#output));
  }

  /** The disk with the state file had no room at the start, and now has some. */
  room(agent: Pick<AgentApi, "account" | "schedule" | "mail" | "sources">, hasRoom: boolean): void {
    const event = hasRoom ? "has-room" : "waits-for-room";
    this.#output.json(DAEMON_LINE, { event, ...daemonMembers(agent) });
    this.#say(() => this.#output.say(hasRoom ? HAS_ROOM : WAITS_FOR_ROOM));
  }

  job(job: JobRecord): void {
    printJobNews(job, this.#output);
    if (job.status !== "waiting") this.#say(() => renderDaemonJob(job, this.#output));
  }

  waiting(news: WaitNews): void {
    this.#output.json(WAITING_LINE, waitingMembers(news, this.#output.language));
    this.#say(() => this.#output.say(waitingWords(news)));
  }

  mail(news: MailNews): void {
    this.#output.json(MAIL_TRY_LINE, mailTryMembers(news, this.#output.language));
    this.#say(() => renderMailTry(news, this.#output));
  }

  usage(contract: Contract): void {
    this.#output.json(CAPACITY_LINE, capacityMembers(contract));
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
    this.#output.json(DAEMON_LINE, { event: "already-running", ...NO_DAEMON_STATE });
    this.#say(() =>
      this.#output.say({
        ja: "自動バックアップの予定は、別の専用ツールがすでに受け持っています。",
        en: "Another process of the tool holds the schedule already.",
      }),
    );
  }

  ended(): void {
    this.#output.json(DAEMON_LINE, { event: "ended", ...NO_DAEMON_STATE });
    this.#say(() => this.#output.say({ ja: "終了しました。", en: "Ended." }));
  }

  #say(build: () => string): void {
    this.#output.text(() => timed(build(), this.#output));
  }
}
