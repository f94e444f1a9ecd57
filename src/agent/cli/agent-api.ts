import type { Agent } from "../agent.ts";
import type { AgentRecords } from "../agent-records.ts";

/** The parts of a thing by what is public of them, so that a test can put others in their place. */
type PublicOf<Whole> = {
  readonly [Name in keyof Whole]: Whole[Name] extends (...given: never[]) => unknown
    ? Whole[Name]
    : Pick<Whole[Name], keyof Whole[Name]>;
};

/** The agent as commands use it. */
export type AgentApi = PublicOf<Agent>;

/** What the agent wrote down, as commands that only look use it. */
export type AgentRecordsApi = PublicOf<AgentRecords>;
