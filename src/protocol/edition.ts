/** The brands under which the tool is sold. An edition is data: what differs stands in its rules. */
export const EDITIONS = ["flets-azukeru-pro", "office-anshin"] as const;

/** One of {@link EDITIONS}. */
export type Edition = (typeof EDITIONS)[number];

/**
 * How a login proves where it comes from, besides login ID and password (F03): through the closed
 * VPN network; by the access line, over IPv6; by a key registered once per device, over IPv4.
 */
const AUTHENTICATION_MODES = ["vpn-closed-network", "line-ipv6", "device-ipv4"] as const;

/** One of {@link AUTHENTICATION_MODES}. */
type AuthenticationMode = (typeof AUTHENTICATION_MODES)[number];

/** The plans of all editions; which an edition has is in its rules. */
export const PLANS = ["free", "paid", "pro", "standard"] as const;

/** One of {@link PLANS}. */
export type Plan = (typeof PLANS)[number];

/** What a contract of one plan may use. */
export interface PlanRules {
  /** The plan's name as the tool shows it. */
  readonly labelJa: string;
  /** Generations kept of each file, the newest included; the oldest beyond it is dropped (F22). */
  readonly generationCount: number;
  /** Bytes a new contract gets when nothing else is said. Beyond it: insufficient capacity. */
  readonly quotaBytes: number;
}

/** What one edition allows and how it calls itself. */
export interface EditionRules {
  /** The name of the product. */
  readonly labelJa: string;
  /** The modes a login may use; the first is what the login screen starts with (F03). */
  readonly authenticationModes: readonly [AuthenticationMode, ...AuthenticationMode[]];
  /** The plans on sale. A plan that is missing does not exist in this edition. */
  readonly plans: Readonly<Partial<Record<Plan, PlanRules>>>;
}

/** One gibibyte in bytes; the product counts 1 GB as 1024 MB (F50). */
const GIB = 2 ** 30;

/**
 * The rules of every edition (F03, F22).
 *
 * The product's guides fix no capacity per plan, it is chosen when ordering. The quotas here are
 * our defaults: 100 GB wherever one pays, the size the guides use as their example of a contract;
 * 5 GB where one does not; 1 TB for PRO, so that the two big plans differ in more than generations.
 */
export const EDITION_RULES: Readonly<Record<Edition, EditionRules>> = {
  "flets-azukeru-pro": {
    labelJa: "フレッツ・あずけ～るPROプラン",
    // Contracts in the NTT West area switch to line authentication before their first login.
    authenticationModes: ["vpn-closed-network", "line-ipv6"],
    plans: {
      free: { labelJa: "無料", generationCount: 3, quotaBytes: 5 * GIB },
      paid: { labelJa: "有料", generationCount: 3, quotaBytes: 100 * GIB },
      pro: { labelJa: "PRO", generationCount: 10, quotaBytes: 1024 * GIB },
    },
  },
  "office-anshin": {
    labelJa: "オフィスあんしんバックアップサービス",
    authenticationModes: ["device-ipv4", "line-ipv6"],
    plans: {
      standard: { labelJa: "標準", generationCount: 10, quotaBytes: 100 * GIB },
    },
  },
};
