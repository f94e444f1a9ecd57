import { z } from "zod";

import { forbiddenNameCause } from "../../../protocol/forbidden-name.ts";
import { checkServicePath } from "../../../protocol/service-path.ts";
import { EDITION_RULES, EDITIONS, PLANS, type PlanRules } from "../../../protocol/edition.ts";
import { message } from "../../../messages/message.ts";
import { SpokenError } from "../../../messages/spoken-error.ts";
import { ownIssueText } from "../../input/issue-message.ts";

/** The edition of an account that names none. */
const DEFAULT_EDITION = "office-anshin";

/** A login ID, which is also part of a folder's name (F10). */
export const loginIdSchema: z.ZodString = z
  .string()
  .min(1)
  .max(255)
  .refine(
    (loginId) => {
      const name = `管理者フォルダ(${loginId})`;
      const isPath = checkServicePath([name]).kind === "path";
      return isPath && forbiddenNameCause(name, "folder") === undefined;
    },
    ownIssueText(message("input.no-folder-name")),
  );

/**
 * An account as a person writes it down: who may log in, and under which contract. Accounts of the
 * same `contractId` see the same files (I16); what the contract has is said by one of them.
 */
export const accountSettingsSchema = z
  .strictObject({
    loginId: loginIdSchema,
    password: z.string().min(1).max(1024),
    /** Default: the login ID. */
    nickname: z.string().min(1).max(255).optional(),
    /** Default: a contract of its own, named as the login ID. */
    contractId: z.string().min(1).max(255).optional(),
    /** Default: office-anshin. */
    edition: z.enum(EDITIONS).optional(),
    /** Default: the edition's most expensive plan. */
    plan: z.enum(PLANS).optional(),
    /** Default: what the plan has. */
    quotaBytes: z.int().min(0).optional(),
  })
  .superRefine((settings, context) => {
    if (settings.plan === undefined) return;
    const edition = settings.edition ?? DEFAULT_EDITION;
    if (EDITION_RULES[edition].plans[settings.plan] !== undefined) return;
    context.addIssue({
      code: "custom",
      path: ["plan"],
      message: ownIssueText(message("input.no-plan", { edition, plan: settings.plan })),
    });
  });

/** An account as a person writes it down. */
export type AccountSettings = z.infer<typeof accountSettingsSchema>;

/** What a contract has, with all defaults filled in. */
export interface ContractTerms {
  readonly edition: (typeof EDITIONS)[number];
  readonly plan: string;
  readonly generationCountMax: number;
  readonly quotaBytes: number;
}

/** Fills in the defaults. */
export function contractTerms(settings: AccountSettings): ContractTerms {
  const edition = settings.edition ?? DEFAULT_EDITION;
  const plans = EDITION_RULES[edition].plans;
  const onSale = PLANS.filter((plan) => plans[plan] !== undefined);
  const plan = settings.plan ?? onSale.at(-1);
  const rules: PlanRules | undefined = plan && plans[plan];
  if (plan === undefined || rules === undefined)
    throw new SpokenError(message("input.no-plan", { edition, plan: plan ?? "" }));
  return {
    edition,
    plan,
    generationCountMax: rules.generationCount,
    quotaBytes: settings.quotaBytes ?? rules.quotaBytes,
  };
}
