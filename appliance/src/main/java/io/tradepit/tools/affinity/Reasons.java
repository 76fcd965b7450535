package io.tradepit.tools.affinity;

/** Why a proposed layout is as it is: the {@code why} of each of its values. */
final class Reasons {
  static final String HOUSEKEEPING =
      "The kernel, the JVM's compiler and collector, the replica, feed recovery, admin and"
          + " everything else of the machine; core 0 among them, which can never be kept free.";
  static final String INTERRUPTS =
      "Interrupts are handled by few CPUs of the housekeeping, at the card's node and at core 0.";
  static final String GATEWAY =
      "It polls the members' connections at the card's node and hands each command to the"
          + " sequencer, in one L3 with it.";
  static final String GATEWAY_APART =
      "It polls the members' connections at the card's node; the sequencer's L3 has room for two"
          + " cores, which sequencer and matcher need more.";
  static final String FURTHER_GATEWAY =
      "Gateways share nothing but the sequencer, which takes them in turn.";
  static final String SEQUENCER =
      "Order and time are decided here and nothing else is done, so that it waits for no disk.";
  static final String SEQUENCER_RECORDER =
      "Order and time are decided here, and recorded by the same thread for want of a core: soonest"
          + " under recorded, but under synced the sequencer waits in each flush.";
  static final String RECORDER =
      "Records, and flushes under synced, what the sequencer has just written, out of the same L3."
          + " Aeron's own thread, which must have this name.";
  static final String RECORDER_APART =
      "Records, and flushes under synced, what the sequencer has just written; the order path fills"
          + " the sequencer's L3. Aeron's own thread, which must have this name.";
  static final String MATCHER =
      "It polls the released log and keeps the books in its caches, in one L3 with the sequencer.";
  static final String PUBLISHER =
      "It turns events into packets on both lines; on a core of its own a burst keeps no answer"
          + " waiting.";
  static final String MEDIA =
      "It moves the limits of log and events forward; Aeron's own thread, which must have this name.";
  static final String MEDIA_SHARED =
      "Off the path of an order: it moves the limits of log and events forward, which have room for"
          + " more than its sleep.";
  static final String FEED_RECOVERY =
      "Read from recordings for whoever lost something; a flood of requests must take time of no"
          + " order.";
  static final String SNAPSHOTS =
      "The replica matches everything once more and waits for the disk; it may fall behind.";
  static final String ADMIN =
      "The operator's socket and the watch over the other threads; no order waits for it.";
  static final String NETWORK =
      "Gateway and publisher both face the network; they share one core and leave the other to the"
          + " order of things.";
  static final String ORDER =
      "On one thread a command is recorded and matched while it is still in the cache; three"
          + " spinning threads on two cores cost milliseconds.";

  private Reasons() {}
}
