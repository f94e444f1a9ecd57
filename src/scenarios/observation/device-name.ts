/** Which device a job runs on: the one of the scenario, or a neighbour of the same contract. */
export type DeviceName = "pc" | "neighbour";
