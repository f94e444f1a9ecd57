import { FaultPlan } from "../faults/fault-plan.ts";
import {
  networkFaultSchema,
  type NetworkFault,
  type NetworkFaultInput,
} from "../faults/network-fault.ts";

/** The faults of the network that are to strike. They count connections by the host they are made to. */
export class NetworkFaultPlan extends FaultPlan<NetworkFault, string, NetworkFaultInput> {
  /** An empty plan. */
  constructor() {
    super({
      idPrefix: "network-fault",
      schema: networkFaultSchema,
      matcher: (fault) => (host) => fault.host === undefined || fault.host === host,
    });
  }
}
