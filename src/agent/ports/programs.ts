import type { Message } from "../../messages/message.ts";

/** One run of another program of this PC. */
export interface ProgramCall {
  /** Its bare name, as `schtasks` or `systemctl`; where it lies is the adapter's business. */
  readonly program: string;
  /** Seen by everybody on the PC who lists processes: never a secret. */
  readonly args: readonly string[];
  /** What it reads on standard input; the place for secrets. Default: nothing, at its end at once. */
  readonly stdin?: string;
  /** Milliseconds after which it is ended. Default 30 000. */
  readonly timeLimitMs?: number;
  /** Bytes of its output beyond which it is ended. Default 16 MiB. */
  readonly outputBytesMax?: number;
}

/** What became of it. */
export type ProgramEnd =
  | {
      readonly kind: "ended";
      readonly exitCode: number;
      /** UTF-8, or UTF-16 where the program writes that; other bytes become some character each. */
      readonly stdout: string;
      readonly stderr: string;
    }
  /** This PC has no such program, or this user may not run it. */
  | { readonly kind: "missing" }
  /** It ran into one of the limits, or was ended by somebody else. */
  | { readonly kind: "cut-off"; readonly reason: Message };

/** Runs other programs, without a shell in between. */
export interface Programs {
  /** Never rejects. */
  run(call: ProgramCall): Promise<ProgramEnd>;
}
