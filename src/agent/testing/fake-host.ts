import type {
  Host,
  HostEvent,
  HostKind,
  OsTask,
  TaskRegistration,
  TaskStatus,
} from "../ports/host.ts";

/** A PC that does what a test says, and keeps what it was told. */
export class FakeHost implements Host {
  kind: HostKind;
  zoneName = "Asia/Tokyo";
  interactive = true;
  networkPaths: readonly string[] = [];
  events: readonly HostEvent[] = [];
  /** What the next registrations come to. */
  answer: TaskRegistration = { kind: "registered" };
  registered: { readonly task: OsTask; readonly password: string | undefined } | undefined;
  #isForSignedOut = false;

  constructor(kind: HostKind = "linux") {
    this.kind = kind;
  }

  zone(): string {
    return this.zoneName;
  }

  isInteractive(): boolean {
    return this.interactive;
  }

  async isNetworkPath(path: string): Promise<boolean> {
    return this.networkPaths.includes(path);
  }

  async eventsBetween(): Promise<readonly HostEvent[]> {
    return this.events;
  }

  async registerTask(task: OsTask, password: string | undefined): Promise<TaskRegistration> {
    if (this.answer.kind === "refused") return this.answer;
    this.registered = { task, password };
    this.#isForSignedOut = this.answer.kind === "registered";
    return this.answer;
  }

  async removeTask(): Promise<void> {
    this.registered = undefined;
  }

  async taskStatus(): Promise<TaskStatus> {
    if (this.registered === undefined) {
      return { isRegistered: false, worksSignedOut: false, task: null };
    }
    const { weekdays, minuteOfDay } = this.registered.task;
    return {
      isRegistered: true,
      worksSignedOut: this.#isForSignedOut,
      task: { weekdays, minuteOfDay },
    };
  }
}
