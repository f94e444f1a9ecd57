/** Who is told of changes of some stores: nobody before they are in use, or afterwards. */
export interface ListenerLink<Listener> {
  /** Undefined: nobody. */
  to: Listener | undefined;
}
