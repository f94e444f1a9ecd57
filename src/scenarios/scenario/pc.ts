import { z } from "zod";

/** The kinds of PC there are. */
export const PC_KINDS = [
  "windows-11",
  "windows-server-2012",
  "windows-server",
  "macos",
  "linux",
] as const;

/**
 * The PC around the tool, with a person who is signed in when the scenario begins. With one, the tool
 * is a process like any other: it runs while somebody started it and the PC is awake.
 */
export const pcSchema = z.strictObject({
  kind: z.enum(PC_KINDS),
  /** Whether the person's account has a password. Default: yes. */
  hasPassword: z.boolean().optional(),
  /** Default: yes. */
  isAdministrator: z.boolean().optional(),
  /** Whether anything can be read from the PC's log of power and sign-ins. Default: yes. */
  keepsLog: z.boolean().optional(),
  /** Sources, by their numbers, that are on network drives: there only while somebody is signed in. */
  networkSources: z.array(z.int().min(0)).optional(),
});

/** The PC around the tool, as data. */
export type Pc = z.infer<typeof pcSchema>;

/** All weekdays, as a schedule numbers them. */
export const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];

/** When automatic backups run. */
export const scheduleSchema = z.strictObject({
  /** 0 is Sunday. */
  weekdays: z.array(z.int().min(0).max(6)).min(1),
  /** Local time, `HH:MM`. */
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
});

/** When automatic backups run, as data. */
export type ScheduleData = z.infer<typeof scheduleSchema>;

/** Minutes since midnight of a schedule's time. */
export function minuteOfDay({ time }: ScheduleData): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Settings of the result mail, for the simulated mail server. */
export const mailSchema = z.strictObject({
  to: z.array(z.string()).min(1).max(2),
  /** Whether TLS is used. */
  secure: z.boolean(),
  port: z.union([z.literal(25), z.literal(465), z.literal(587)]),
  /** Whether the user's password is the right one. Default: yes. Not asked for at port 25. */
  hasRightPassword: z.boolean().optional(),
});

/** Settings of the result mail, as data. */
export type MailData = z.infer<typeof mailSchema>;
