import { z } from "zod";

/** What the PC's environment says of proxies, as it stands there. */
const environmentSchema = z.strictObject({
  HTTPS_PROXY: z.string().optional(),
  HTTP_PROXY: z.string().optional(),
  ALL_PROXY: z.string().optional(),
  NO_PROXY: z.string().optional(),
});

/** The network that the PC is in. `http://proxy.example:3128` is an HTTP proxy. */
export const networkSchema = z.strictObject({
  /** Default: nothing. */
  environment: environmentSchema.optional(),
  /**
   * A gateway of the company looks into TLS and shows certificates of its own: whether the PC trusts the
   * root that signed them, and whether they have expired. Default: there is none.
   */
  inspection: z
    .strictObject({ isTrusted: z.boolean(), isExpired: z.boolean().optional() })
    .optional(),
});

/** The network that the PC is in, as data. */
export type NetworkData = z.infer<typeof networkSchema>;

/** Where the proxy of every world is. */
export const PROXY_URL = "http://proxy.example:3128";
