import type { CauseId } from "../../../protocol/causes/causes.ts";
import type { MessageCode } from "../../../messages/message.ts";

/** A code, or the beginning of several codes, with a `*` behind it. */
export type ReasonPattern = MessageCode | `${string}*`;

const COMMUNICATION = {
  unreachable: ["exchange.unreachable"],
  unresolved: ["exchange.unresolved"],
  reset: ["exchange.reset"],
  timeout: ["exchange.timeout"],
  unavailable: ["exchange.unavailable"],
  offContract: ["exchange.off-contract", "exchange.corrupt", "exchange.not-as-declared"],
  blocked: ["exchange.blocked", "exchange.foreign"],
  tls: ["exchange.tls"],
} as const satisfies Record<string, readonly ReasonPattern[]>;

/** What the service says no to, in its own words. */
const REFUSED = "problem.*";
/** What nobody foresaw; the tool's own files. */
const UNFORESEEN = ["run.unforeseen", "run.state-*"] as const;

const GONE_FROM_DISK = [
  "disk.gone-while-read",
  "disk.folder-replaced",
  "backup.replaced",
  "backup.something-else-there",
] as const;
const SOURCE_GONE = ["backup.source-gone"] as const;
const DESTINATION_GONE = ["backup.destination-gone"] as const;
const NOT_ON_SERVICE = [
  "restore.not-on-service",
  "restore.path-not-on-service",
  "restore.generation-not-on-service",
] as const;
const TARGET_GONE = ["restore.target-gone", "restore.target-is-link"] as const;
const FALSE_ANSWER = ["restore.false-answer", "problem.*"] as const;
const CUT_OFF = ["run.cut-off"] as const;
const FORBIDDEN = ["backup.forbidden-character", "problem.forbidden-name"] as const;

/**
 * Which reasons may be told beside a cause: the checkers' own table. What is not among its keys has no reason to tell.
 * The reason is what a person reads: beside the wrong cause it sends them after something that did not happen.
 */
export const REASONS_OF_CAUSES: Readonly<Partial<Record<CauseId, readonly ReasonPattern[]>>> = {
  "B-FC-1": FORBIDDEN,
  "B-FC-2": FORBIDDEN,
  "B-FC-3": FORBIDDEN,
  "B-FC-4": FORBIDDEN,
  "B-FC-5": FORBIDDEN,
  "B-FC-6": FORBIDDEN,
  "B-FC-7": FORBIDDEN,
  "B-FC-8": FORBIDDEN,
  "B-FC-9": FORBIDDEN,
  "B-FC-10": ["backup.name-begins-with-dot", "problem.forbidden-name"],
  "B-IC-1": ["problem.insufficient-capacity"],
  "B-IC-2": ["problem.insufficient-capacity"],
  "B-IC-3": ["problem.insufficient-capacity"],
  "B-AD-1": ["disk.unreadable-file"],
  "B-AD-2": ["disk.unreadable-folder"],
  "B-AD-3": ["disk.unreadable-source"],
  "B-CE-1": COMMUNICATION.unreachable,
  "B-CE-2": COMMUNICATION.unresolved,
  "B-CE-3": COMMUNICATION.reset,
  "B-CE-4": COMMUNICATION.timeout,
  "B-CE-5": COMMUNICATION.unavailable,
  "B-CE-6": COMMUNICATION.offContract,
  "B-CE-7": COMMUNICATION.blocked,
  "B-CE-8": COMMUNICATION.tls,
  "B-OM-1": ["run.out-of-memory"],
  "B-OM-2": ["run.out-of-memory"],
  "B-NR-1": ["run.later-slot-due", "run.state-full", "run.ended-before"],
  "B-NR-2": ["run.logged-out-before", "run.login-lost"],
  "B-NR-7": ["run.no-network-drive"],
  "B-INT-1": ["backup.interrupted", "run.interrupted-before"],
  "B-INT-2": ["backup.logged-out"],
  "B-IS-1": SOURCE_GONE,
  "B-IS-2": SOURCE_GONE,
  "B-IS-3": DESTINATION_GONE,
  "B-IS-4": DESTINATION_GONE,
  "B-UX-1": ["backup.changed-while-read"],
  "B-UX-2": ["disk.held-open"],
  "B-UX-3": GONE_FROM_DISK,
  "B-UX-4": GONE_FROM_DISK,
  "B-UX-5": GONE_FROM_DISK,
  "B-UX-6": ["backup.closed"],
  "B-UX-7": CUT_OFF,
  "B-UX-8": CUT_OFF,
  "B-UX-10": [
    "backup.name-not-unicode",
    "backup.bytes-rejected",
    "disk.failed-*",
    "disk.says-*",
    "disk.path-too-long-to-read",
    "run.login-lost",
    ...UNFORESEEN,
    REFUSED,
  ],
  "B-UX-11": [
    "backup.destination-changed",
    "problem.folder-changed",
    "problem.state-changed",
    "problem.parent-missing",
  ],
  "R-AD-1": ["restore.target-unwritable"],
  "R-AD-2": [
    "disk.unwritable",
    "disk.held-by-other",
    "disk.folder-in-its-place",
    "disk.no-folder-on-the-way",
    "restore.no-file-in-the-way",
    "restore.no-folder-in-its-place",
  ],
  "R-CE-1": [...COMMUNICATION.unreachable, ...COMMUNICATION.tls],
  "R-CE-2": COMMUNICATION.unresolved,
  "R-CE-3": COMMUNICATION.reset,
  "R-CE-4": COMMUNICATION.timeout,
  "R-CE-5": COMMUNICATION.unavailable,
  "R-CE-6": [...COMMUNICATION.offContract, ...COMMUNICATION.blocked, ...FALSE_ANSWER],
  "R-IS-1": TARGET_GONE,
  "R-IS-2": TARGET_GONE,
  "R-IS-3": NOT_ON_SERVICE,
  "R-IS-4": NOT_ON_SERVICE,
  "R-OM-1": ["run.out-of-memory"],
  "R-UX-1": ["restore.closed"],
  "R-UX-2": CUT_OFF,
  "R-UX-3": CUT_OFF,
  "R-UX-4": [
    "disk.failed-*",
    "disk.folder-went-away",
    "disk.full",
    "disk.path-too-long-to-write",
    "disk.windows-*",
    ...UNFORESEEN,
  ],
  "R-UX-6": ["restore.logged-out", "run.login-lost"],
  "DEL-CE-1": COMMUNICATION.unreachable,
  "DEL-CE-2": COMMUNICATION.unresolved,
  "DEL-CE-3": COMMUNICATION.reset,
  "DEL-CE-4": COMMUNICATION.timeout,
  "DEL-CE-5": COMMUNICATION.unavailable,
  "DEL-CE-6": [...COMMUNICATION.offContract, ...COMMUNICATION.blocked, ...COMMUNICATION.tls],
  "DEL-INT-1": ["delete.interrupted"],
  "DEL-INT-2": ["delete.logged-out"],
  "DEL-NF-1": ["delete.already-gone"],
  "DEL-NR-1": ["delete.backup-incomplete", "delete.run-ended-before", "run.state-*"],
  "DEL-NR-2": ["delete.closed-before", "run.ended-before"],
  "DEL-NR-3": [
    "delete.held-folders",
    "delete.other-device",
    "delete.other-pc",
    "delete.source-empty",
  ],
  "DEL-OM-1": ["run.out-of-memory"],
  "DEL-UX-1": CUT_OFF,
  "DEL-UX-2": CUT_OFF,
  "DEL-UX-4": ["delete.closed", "run.login-lost", ...UNFORESEEN, REFUSED],
};

/** What the rows that are 対象外 say of why, and the rows that are 完了 of where. */
export const REASONS_WITHOUT_CAUSE: Readonly<Partial<Record<string, readonly ReasonPattern[]>>> = {
  "backup excluded": ["backup.not-a-target"],
  "delete excluded": [
    "delete.held-*",
    "delete.not-looked-for",
    "delete.stands-there",
    "delete.of-unknown-kind",
    "delete.source-no-folder",
    "delete.other-device-by-now",
  ],
  "restore excluded": ["restore.left-alone", "restore.older-left-out"],
  "restore completed": [
    "restore.kept-beside*",
    "restore.older-kept-beside",
    "restore.mode-not-kept",
  ],
};
