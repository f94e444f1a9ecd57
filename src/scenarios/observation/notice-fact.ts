/** What a contract has, and how much of it is used, in bytes. */
interface UsageFact {
  readonly plan: string;
  readonly quotaBytes: number;
  readonly usedBytes: number;
  readonly freeBytes: number;
}

/** A person started the tool at a terminal, where plan and capacity are told at the first start in a month (F35). */
export interface NoticeFact {
  /** What the PC's clock shows: milliseconds since 1970. */
  readonly wallMs: number;
  /** The zone of that clock. */
  readonly zone: string;
  /** Whether the person has the notice on, and somebody is logged in. */
  readonly isWanted: boolean;
  /** Whether the service can be asked; undefined where nobody can tell. */
  readonly isServiceThere: boolean | undefined;
  /** What the person was told; null for nothing. */
  readonly told: UsageFact | null;
  /** What was so at that moment. */
  readonly truth: UsageFact;
}
