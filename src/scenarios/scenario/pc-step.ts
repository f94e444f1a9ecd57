import { z } from "zod";

import { smtpFaultSchema } from "../../sim-server/faults/smtp-fault.ts";
import { mailSchema, scheduleSchema } from "./pc.ts";
import { zoneSchema } from "./zone.ts";

/** Of a command: typed at a terminal, as a process beside the tool that runs. Default: the tool takes it. */
export const besideShape = { isBeside: z.boolean().optional() };

const plain = <Name extends string>(name: Name) => z.strictObject({ do: z.literal(name) });

/**
 * What happens to a PC and what a person does at it. What cannot be done as things stand (waking a PC
 * that is off, setting anything with nobody signed in) is not done.
 */
export const pcStepSchema = z.discriminatedUnion("do", [
  plain("sleep"),
  plain("hibernate"),
  plain("wake"),
  /** In good order: the tool is closed and the person signed out first. */
  plain("shut-down"),
  plain("lose-power"),
  /** Switches the PC on; nobody is signed in then. */
  plain("boot"),
  plain("sign-in"),
  /** A tool that runs in the person's session is closed. */
  plain("sign-out"),
  plain("close-tool"),
  plain("kill-tool"),
  /** Has the OS start the tool ahead of each slot of the schedule as it is now. */
  z.strictObject({ do: z.literal("register-task"), password: z.enum(["right", "wrong", "none"]) }),
  plain("remove-task"),
  /** The person's account gets another password: a task that was registered no longer starts. */
  plain("change-password"),
  z.strictObject({ do: z.literal("set-schedule"), ...scheduleSchema.shape, ...besideShape }),
  z.strictObject({ do: z.literal("automatic-backup"), isOn: z.boolean(), ...besideShape }),
  z.strictObject({ do: z.literal("set-mail"), ...mailSchema.shape }),
  plain("test-mail"),
  plain("confirm-mail"),
  z.strictObject({ do: z.literal("switch-mail"), isOn: z.boolean() }),
  /** The clock is set forward, or back. */
  z.strictObject({ do: z.literal("set-clock"), byMs: z.int() }),
  z.strictObject({ do: z.literal("set-zone"), zone: zoneSchema }),
  /** A person disconnects the network drives, and connects them again. */
  plain("disconnect-drives"),
  plain("connect-drives"),
  /** Somebody reads the mails that wait at the provider, and deletes them one by one. */
  plain("read-mails"),
  /** In place of the faults of the mail server before. */
  z.strictObject({ do: z.literal("smtp-faults"), faults: z.array(smtpFaultSchema) }),
  /** The PC has no network until `network-up`. */
  z.strictObject({
    do: z.literal("network-down"),
    kind: z.enum(["unreachable", "unresolved", "silent"]),
  }),
  plain("network-up"),
]);

/** One such step, as data. */
export type PcStep = z.infer<typeof pcStepSchema>;

/** What else can happen to the PC while a backup runs. */
export const pcDisturbanceSchema = z.discriminatedUnion("do", [
  /** It sleeps or hibernates, and is woken after so long. */
  z.strictObject({ do: z.literal("nap"), how: z.enum(["sleep", "hibernate"]), ms: z.int().min(1) }),
  z.strictObject({ do: z.literal("set-clock"), byMs: z.int() }),
  z.strictObject({ do: z.literal("set-zone"), zone: zoneSchema }),
  /** A person changes when slots are while a job runs. */
  z.strictObject({ do: z.literal("set-schedule"), ...scheduleSchema.shape }),
  z.strictObject({ do: z.literal("automatic-backup"), isOn: z.boolean() }),
]);

/** One such disturbance, as data. */
export type PcDisturbance = z.infer<typeof pcDisturbanceSchema>;
