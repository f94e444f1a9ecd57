import * as fc from "fast-check";

import { smtpFaultSchema, type SmtpFault } from "../../../sim-server/faults/smtp-fault.ts";
import type { MailData } from "../../scenario/pc.ts";
import type { Disturbance, Step, WaitStep } from "../../scenario/step.ts";
import { faultsArbitrary, type FaultKind } from "./faults.ts";

/** What can happen at a PC between and during its slots. */
export const PC_FEATURES = [
  "sleep",
  "off",
  "power-loss",
  "sign-out",
  "tool",
  "crash",
  "task",
  "account",
  "clock",
  "clock-back-days",
  "zone",
  "mail",
  "smtp-faults",
  "network",
  "drives",
  "stop",
  "nap",
  "faults",
  "backup",
  "switch",
  "schedule",
  "weeks",
] as const;

/** One of {@link PC_FEATURES}. */
type PcFeature = (typeof PC_FEATURES)[number];

/** What the days of a PC are generated for. */
interface PcDaysOptions {
  readonly features: readonly PcFeature[];
  /** When slots are, `HH:MM`. */
  readonly time: string;
  readonly zone: string;
  readonly faultKinds: readonly FaultKind[];
  /** Paths that changes and faults may be about; at least one file. */
  readonly files: readonly string[];
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Where clocks are changed by an hour, by half of one, at midnight, and never. */
export const ZONES = [
  "Asia/Tokyo",
  "Europe/Berlin",
  "America/New_York",
  "Australia/Lord_Howe",
  "America/St_Johns",
  "America/Santiago",
  "Asia/Beirut",
  "Asia/Kolkata",
  "UTC",
] as const;

/** Settings of the result mail. */
const mailArbitrary: fc.Arbitrary<MailData> = fc
  .record({
    to: fc.constantFrom<string[]>(
      ["owner@office.example"],
      ["owner@office.example", "boss@office.example"],
      ["boss@office.example"],
    ),
    // STARTTLS is the dear one: a handshake for each mail.
    port: fc.constantFrom<MailData["port"]>(465, 465, 25, 587),
    hasRightPassword: fc.constantFrom(true, true, true, false),
  })
  .map((mail) => ({ ...mail, secure: mail.port !== 25 }));

/** Settings that work: those a scenario begins with were confirmed. */
export const workingMailArbitrary: fc.Arbitrary<MailData> = mailArbitrary.map(
  ({ to, port, secure }) => ({
    to,
    port,
    secure,
  }),
);

const smtpFaultArbitrary: fc.Arbitrary<SmtpFault> = fc
  .record({
    fault: fc.constantFrom<SmtpFault>(
      { stage: "connect", kind: "reset" },
      { stage: "connect", kind: "stall" },
      { stage: "greeting", kind: "reply", code: 421 },
      { stage: "auth", kind: "reply", code: 454 },
      { stage: "auth", kind: "reply", code: 535 },
      { stage: "mail", kind: "reply", code: 451 },
      { stage: "rcpt", kind: "reply", code: 450, recipient: "owner@*" },
      { stage: "rcpt", kind: "reply", code: 550, recipient: "boss@*" },
      { stage: "rcpt", kind: "reply", code: 550 },
      { stage: "message", kind: "reset", afterBytes: 300 },
      { stage: "end-of-data", kind: "reset", committed: true },
      { stage: "end-of-data", kind: "reply", code: 452 },
      { stage: "end-of-data", kind: "stall" },
      { stage: "data", kind: "delay", delayMs: 90_000 },
    ),
    nth: fc.integer({ min: 1, max: 2 }),
    times: fc.constantFrom<number | "forever">(1, 1, 2, 5, "forever"),
  })
  .map(({ fault, nth, times }) => smtpFaultSchema.parse({ ...fault, nth, times }));

/** Never the same second twice: what coincides by chance tells nothing. */
const oddMs = fc.integer({ min: 7, max: 59 }).map((seconds) => seconds * 1000 + 137);

function waitArbitrary({ features, time }: PcDaysOptions): fc.Arbitrary<WaitStep> {
  const has = (feature: PcFeature): boolean => features.includes(feature);
  const leads = fc
    .tuple(fc.integer({ min: 0, max: 7 }), oddMs)
    .map(([lead, ms]): WaitStep => ({ do: "wait", until: earlier(time, lead), ms }));
  const spans = (minutes: number, count: number): fc.Arbitrary<WaitStep> =>
    fc
      .tuple(fc.integer({ min: 1, max: count }), oddMs)
      .map(([n, ms]) => ({ do: "wait", ms: n * minutes * MINUTE_MS + ms }));
  return fc.oneof(
    { weight: 5, arbitrary: leads },
    { weight: 2, arbitrary: spans(1, 15) },
    { weight: 2, arbitrary: spans(60, 20) },
    { weight: 1, arbitrary: spans(12 * 60, 5) },
    { weight: has("weeks") ? 1 : 0, arbitrary: spans(24 * 60, 30) },
  );
}

/** A time of day, so many minutes before another. */
function earlier(time: string, lead: number): string {
  const at = (Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) - lead + 1440) % 1440;
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(at / 60))}:${two(at % 60)}`;
}

/** A wait over a slot with something that happens in its run. */
function runArbitrary(options: PcDaysOptions): fc.Arbitrary<Step[]> {
  const { features, files, time } = options;
  const has = (feature: PcFeature): boolean => features.includes(feature);
  const what: fc.Arbitrary<Disturbance["what"]>[] = [];
  if (has("stop")) {
    what.push(
      fc
        .constantFrom("interrupt", "logout", "close-tool", "kill", "power-loss", "fill-state-disk")
        .map((act) => ({ do: act })),
    );
  }
  if (has("nap")) {
    what.push(
      fc.record({
        do: fc.constant("nap" as const),
        how: fc.constantFrom("sleep", "hibernate"),
        ms: fc.constantFrom(20_000, 2 * MINUTE_MS, 9 * HOUR_MS),
      }),
    );
  }
  if (has("clock")) {
    what.push(
      fc
        .constantFrom(-2 * HOUR_MS, 3 * HOUR_MS)
        .map((byMs) => ({ do: "set-clock" as const, byMs })),
    );
  }
  const moment: fc.Arbitrary<Disturbance["when"]> = fc.oneof(
    fc.record({
      at: fc.constantFrom("request" as const, "commit" as const),
      nth: fc.integer({ min: 1, max: 5 }),
    }),
    fc.constantFrom<Disturbance["when"]>({ at: "deletion", nth: 1 }, { at: "ms", ms: 0 }),
    fc.constantFrom(...files).map((path) => ({ at: "read" as const, path, nth: 1 })),
  );
  const disturbances =
    what.length === 0
      ? fc.constant<Disturbance[]>([])
      : fc.array(fc.record({ when: moment, what: fc.oneof(...what) }), {
          minLength: 1,
          maxLength: 2,
        });
  const faults = has("faults")
    ? faultsArbitrary(options.faultKinds, 2).map((place) => place(files))
    : fc.constant(undefined);
  return fc
    .tuple(disturbances, faults, oddMs, writeArbitrary(files))
    .map(([disturb, wrong, ms, write]) => [
      write,
      {
        do: "wait" as const,
        until: time,
        ms: 10 * MINUTE_MS + ms,
        ...(disturb.length === 0 ? {} : { disturbances: disturb }),
        ...(wrong === undefined ? {} : { faults: wrong }),
      },
    ]);
}

function writeArbitrary(files: readonly string[]): fc.Arbitrary<Step> {
  return fc
    .tuple(fc.constantFrom(...files), fc.nat({ max: 9999 }), fc.boolean())
    .map(([path, seed, isGone]) =>
      isGone && seed % 3 === 0
        ? { do: "delete", path }
        : { do: "write", path, content: { size: 1 + (seed % 300), seed } },
    );
}

/** Some days, weeks with `weeks`, of a PC with a schedule. */
export function pcDaysArbitrary(options: PcDaysOptions): fc.Arbitrary<Step[]> {
  const has = (feature: PcFeature): boolean => options.features.includes(feature);
  const acts: fc.Arbitrary<Step[]>[] = [];
  const add = (feature: PcFeature, ...steps: Step[][]): void => {
    if (has(feature)) acts.push(fc.constantFrom(...steps));
  };
  const plain = (
    ...acts_: Extract<Step["do"], "wake" | "boot" | "sign-in" | "start-tool">[]
  ): Step[] => acts_.map((act) => ({ do: act }));
  add("sleep", [{ do: "sleep" }], [{ do: "hibernate" }], plain("wake"), plain("wake"));
  add("off", [{ do: "shut-down" }], plain("boot"), plain("boot", "sign-in", "start-tool"));
  add("power-loss", [{ do: "lose-power" }], plain("boot", "sign-in", "start-tool"));
  add("sign-out", [{ do: "sign-out" }], plain("sign-in"), plain("sign-in", "start-tool"));
  add("tool", [{ do: "close-tool" }], plain("start-tool"), plain("start-tool"));
  add("crash", [{ do: "kill-tool" }], plain("start-tool"));
  add(
    "task",
    [{ do: "register-task", password: "right" }],
    [{ do: "register-task", password: "right" }],
    [{ do: "register-task", password: "wrong" }],
    [{ do: "register-task", password: "none" }],
    [{ do: "remove-task" }],
    [{ do: "change-password" }],
  );
  add("account", [{ do: "logout" }], [{ do: "login" }]);
  add(
    "clock",
    ...[30 * MINUTE_MS, 3 * HOUR_MS, 26 * HOUR_MS, 5 * DAY_MS, -20 * MINUTE_MS, -3 * HOUR_MS].map(
      (byMs): Step[] => [{ do: "set-clock", byMs }],
    ),
  );
  add(
    "clock-back-days",
    [{ do: "set-clock", byMs: -3 * DAY_MS }],
    [{ do: "set-clock", byMs: 3 * DAY_MS }],
  );
  add(
    "zone",
    ...[...ZONES.slice(0, 4), options.zone].map((zone): Step[] => [{ do: "set-zone", zone }]),
  );
  add("drives", [{ do: "disconnect-drives" }], [{ do: "connect-drives" }]);
  add(
    "network",
    [{ do: "network-down", kind: "unreachable" }],
    [{ do: "network-up" }],
    [{ do: "network-up" }],
  );
  add(
    "switch",
    [{ do: "automatic-backup", isOn: false }],
    [{ do: "automatic-backup", isOn: true }],
  );
  add(
    "schedule",
    [{ do: "set-schedule", weekdays: [1, 2, 3, 4, 5], time: options.time }],
    [{ do: "set-schedule", weekdays: [0, 3, 6], time: "01:15" }],
    [{ do: "set-schedule", weekdays: [2, 4], time: "00:02" }],
    [{ do: "set-schedule", weekdays: [0, 1, 2, 3, 4, 5, 6], time: "13:45" }],
  );
  add("backup", [{ do: "backup" }]);
  if (has("mail")) {
    acts.push(
      fc
        .tuple(mailArbitrary, fc.boolean())
        .map(([mail, isTested]): Step[] => [
          { do: "set-mail", ...mail },
          ...(isTested ? [{ do: "test-mail" as const }] : []),
          { do: "confirm-mail" },
        ]),
      fc.constantFrom<Step[]>(
        [{ do: "switch-mail", isOn: false }],
        [{ do: "switch-mail", isOn: true }],
      ),
    );
  }
  if (has("smtp-faults")) {
    acts.push(
      fc
        .array(smtpFaultArbitrary, { maxLength: 2 })
        .map((faults): Step[] => [{ do: "smtp-faults", faults }]),
    );
  }
  const something = fc.oneof(
    writeArbitrary(options.files).map((step) => [step]),
    ...acts,
  );
  const hasRuns = has("stop") || has("nap") || has("faults");
  const bit = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(something, waitArbitrary(options)).map(([done, wait]) => [...done, wait]),
    },
    { weight: hasRuns ? 3 : 0, arbitrary: runArbitrary(options) },
  );
  return fc.array(bit, { minLength: 2, maxLength: 8 }).map((bits) => bits.flat());
}
