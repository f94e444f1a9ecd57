/** A request as the service saw it. */
export interface RequestFact {
  readonly atMs: number;
  readonly method: string;
  readonly path: string;
  /** 0 when no answer was sent. */
  readonly status: number;
  readonly bodyBytes: number;
}
