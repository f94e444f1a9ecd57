import type { Redactor } from "../../messages/redactor.ts";
import { EXIT_CODES, type ExitCode } from "./output/exit-code.ts";
import type { CliIo } from "./cli-io.ts";
import { homePathOf } from "./home-path.ts";
import type { Language, Words } from "../../terminal/language.ts";
import type { OpenedAgent, OpenRequest } from "./open-agent.ts";
import { quotedArgument } from "./quoted-argument.ts";
import type { DaemonRequest, OpenedDaemon } from "./open-daemon.ts";
import type { LookRequest, OpenedRecords } from "./open-records.ts";
import type { Host } from "../schedule/os-task-registration.ts";
import { Output } from "./output/output.ts";
import { reportWaiting } from "./views/waiting.ts";
import { showUsageNotice } from "./show-usage-notice.ts";

/** The options every command takes. */
export interface GlobalOptions {
  readonly home?: string;
  readonly json?: boolean;
  readonly debug?: boolean;
}

/** How a command reads, speaks and reaches the agent; the same for all of them. */
export interface CommandContext {
  readonly io: CliIo;
  readonly output: Output;
  readonly homePath: string;
  /** Opens the agent of the home folder, to work there. */
  open(request: OpenRequest): Promise<OpenedAgent>;
  /** Opens what the agent of the home folder wrote down, to look at it; also while another works. */
  look(command: string, host?: Host): Promise<OpenedRecords>;
  /** Opens the agent of the home folder as its one daemon; undefined when another process is that. */
  openDaemon(request: DaemonRequest): Promise<OpenedDaemon | undefined>;
  /** The PC this command runs on. */
  readonly host: () => Promise<Host>;
  /** A command line to suggest, with `--home` when it was given. */
  suggest(command: string): string;
}

/** Does the work of one command. */
export type CommandBody = (context: CommandContext) => Promise<ExitCode>;

/** Terminal, language and agent of all commands; tests put others in their place. */
export interface RunnerOptions {
  readonly io: CliIo;
  readonly language: Language;
  readonly opener: AgentOpener;
  /** Learns the secrets of whatever is opened. */
  readonly redactor: Redactor;
  /** The PC; by default the real one, loaded only by commands that need it. */
  readonly host?: () => Promise<Host>;
}

/** Opens agents and what they wrote down; the real ones are loaded only by commands that need them. */
export interface AgentOpener {
  open(homePath: string, request: OpenRequest): Promise<OpenedAgent>;
  look(homePath: string, request: LookRequest): Promise<OpenedRecords>;
  openDaemon(homePath: string, request: DaemonRequest): Promise<OpenedDaemon | undefined>;
}

/** Runs the bodies of commands with their context and keeps what the process is to end with. */
export class CommandRunner {
  exitCode: ExitCode = EXIT_CODES.completed;
  readonly #options: RunnerOptions;

  constructor(options: RunnerOptions) {
    this.#options = options;
  }

  /** The language of the command. */
  get language(): Language {
    return this.#options.language;
  }

  /** A text in the command's language, for help. */
  say(words: Words): string {
    return words[this.#options.language];
  }

  /** Runs one command. What it throws goes on to the caller. */
  async run(globals: GlobalOptions, body: CommandBody): Promise<void> {
    const { io, language, opener, redactor, host = realHost } = this.#options;
    const homePath = homePathOf(globals.home, { env: io.env });
    const output = new Output(io, { json: globals.json ?? false, language });
    this.exitCode = await body({
      io,
      output,
      homePath,
      async open(request) {
        const opened = await opener.open(homePath, { ...request, redactor });
        // Who runs jobs tells it beside their progress.
        if ((request.runs ?? null) === null) {
          opened.agent.waits.watch((news) => reportWaiting(news, output));
        }
        await showUsageNotice(opened.agent, io, output);
        return opened;
      },
      async look(command, pc) {
        const looked = await opener.look(homePath, { command, host: pc, redactor });
        if (looked.isShortOfSpace === true) output.note(SHORT_OF_SPACE);
        return looked;
      },
      openDaemon: (request) => opener.openDaemon(homePath, { ...request, redactor }),
      host,
      suggest: (command) =>
        globals.home === undefined
          ? `azukeru-agent ${command}`
          : `azukeru-agent --home ${quotedArgument(globals.home)} ${command}`,
    });
  }
}

const SHORT_OF_SPACE: Words = {
  ja: "注意: 専用ツールのフォルダがあるディスクに空き容量がありません。空きを作るまで、バックアップも復元も実行できません。",
  en: "Note: the disk with the tool's own folder is full. No backup or restore can run until there is room.",
};

async function realHost(): Promise<Host> {
  return (await import("../adapters/host/node-host.ts")).nodeHost();
}
