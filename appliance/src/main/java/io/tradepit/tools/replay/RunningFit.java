package io.tradepit.tools.replay;

import io.tradepit.config.SegmentConfig;
import io.tradepit.tools.segment.SegmentPlace;

/** Whether a running segment can take a flow, as its configuration says. */
final class RunningFit {
  private final SegmentPlace place;
  private final ReplayFlow flow;
  private final FlowSize size;

  private RunningFit(SegmentPlace place, ReplayFlow flow, FlowSize size) {
    this.place = place;
    this.flow = flow;
    this.size = size;
  }

  /**
   * @throws ReplayFileException with the first reason why it cannot
   */
  static void require(SegmentPlace place, String user, ReplayFlow flow, FlowSize size, Pace pace) {
    RunningFit fit = new RunningFit(place, flow, size);
    for (int i = 0; i < flow.symbols().size(); i++) {
      fit.requireInstrument(i);
    }
    fit.requireRoom(place.config().capacities());
    requireRate(place.session(user), pace);
  }

  private void requireInstrument(int index) {
    SegmentConfig.Instrument instrument = place.instrument(flow.symbols().get(index));
    if (size.tick4(index) % instrument.tick4() != 0) {
      throw refused(
          "symbol=%s tick4=%d: the file's prices need a tick that divides %d"
              .formatted(instrument.symbol(), instrument.tick4(), size.tick4(index)));
    }
    for (int command = 0; instrument.lot() > 1 && command < flow.size(); command++) {
      if (flow.instrument(command) == index && flow.quantity(command) % instrument.lot() != 0) {
        throw refused(
            "symbol=%s lot=%d: command n=%d has quantity %d"
                .formatted(
                    instrument.symbol(),
                    instrument.lot(),
                    flow.number(command),
                    flow.quantity(command)));
      }
    }
  }

  private void requireRoom(SegmentConfig.Capacities room) {
    int open = Math.min(room.openOrdersOfSession(), room.orders());
    if (open < size.openOrders() || room.levels() < size.levels()) {
      throw refused(
          "capacities orders=%d openOrdersOfSession=%d levels=%d: the file needs %d, %d, %d"
              .formatted(
                  room.orders(),
                  room.openOrdersOfSession(),
                  room.levels(),
                  size.openOrders(),
                  size.openOrders(),
                  size.levels()));
    }
  }

  private static void requireRate(SegmentConfig.Session session, Pace pace) {
    boolean below = pace.kind() == Pace.Kind.RATE && pace.rate() <= session.messageRate();
    if (session.messageRate() > 0 && !below) {
      throw refused(
          "session=%s messageRate=%d: allowed --rate up to it, more is rejected"
              .formatted(session.username(), session.messageRate()));
    }
  }

  private static ReplayFileException refused(String why) {
    return new ReplayFileException(why);
  }
}
