package io.tradepit.main;

import io.tradepit.config.Credentials;
import io.tradepit.config.SegmentConfig;
import io.tradepit.publication.FeedRecoveryAgent;
import io.tradepit.publication.FeedRecoveryContext;
import io.tradepit.publication.GlimpseContext;
import io.tradepit.publication.ImageExchange;
import io.tradepit.publication.RetransmissionContext;
import io.tradepit.stream.MessageIndex;
import io.tradepit.stream.StreamTable;
import io.tradepit.telemetry.CounterRegistry;
import io.tradepit.time.Clock;
import io.tradepit.transport.TransportContext;
import io.tradepit.transport.TransportFactory;
import java.util.Optional;

/** Retransmissions and snapshots of the feed, as the configuration has them. */
final class FeedRecovery {
  /** Images in the making and being sent have room for so many of full books. */
  private static final int FULL_IMAGES = 3;

  /** Bytes of an order in an image: F, the longer one, in its packet. */
  private static final int ORDER_BYTES = 43;

  /** Bytes of an instrument: R and H in their packets; and of what each image has besides. */
  private static final int INSTRUMENT_BYTES = 70;

  private static final int OTHER_BYTES = 1 << 18;

  private final SegmentConfig config;
  private final TradingDay day;
  private final Clock clock;
  private final CounterRegistry counters;

  /** Where images of the books are asked for and handed over, when snapshots are served. */
  final Optional<ImageExchange> images;

  FeedRecovery(SegmentConfig config, TradingDay day, Clock clock, CounterRegistry counters) {
    this.config = config;
    this.day = day;
    this.clock = clock;
    this.counters = counters;
    images = config.feed().glimpse().map(plan -> new ImageExchange(imageBytes()));
    images.ifPresent(exchange ->
        counters.gauge(
            "glimpse_images_given_up", "Images given up for want of memory", exchange::givenUp));
  }

  private long imageBytes() {
    long orders = (long) day.capacities.maxOrders() * ORDER_BYTES;
    long instruments = (long) day.capacities.maxInstruments() * INSTRUMENT_BYTES;
    // Memory outside of the heap may grow to the size of the heap; what an image of a book that is
    // too large for half of it would need is not there, and the image is given up.
    long most = Runtime.getRuntime().maxMemory() / 2;
    return Math.min(FULL_IMAGES * (orders + instruments + OTHER_BYTES), most);
  }

  /** The agent, when there is anything for it to serve. */
  Optional<FeedRecoveryAgent> agent(Credentials credentials) {
    if (!config.feed().isRecovered()) {
      return Optional.empty();
    }
    FeedRecoveryContext context =
        new FeedRecoveryContext().histories(day.journal::newEventHistory).counters(counters);
    startWhereTheSnapshotEnds(context);
    config.feed().retransmission().map(FeedRecovery::context).ifPresent(context::retransmission);
    config.feed().glimpse().map(plan -> context(plan, credentials)).ifPresent(context::glimpse);
    return Optional.of(new FeedRecoveryAgent(context));
  }

  // Without a snapshot it begins with the recording.
  private void startWhereTheSnapshotEnds(FeedRecoveryContext context) {
    StreamTable table = day.table;
    if (table.position() > 0) {
      MessageIndex index = new MessageIndex(StreamTable.FEED_ENTRIES);
      index.copyOf(table.feed());
      context.startAt(index, table.position(), table.feedNumber() + 1, table.streamSession());
    }
  }

  private static RetransmissionContext context(SegmentConfig.Retransmission plan) {
    return new RetransmissionContext()
        .address(plan.address())
        .burst(plan.burst())
        .requestsPerSecond(plan.requestsPerSecond())
        .requesters(plan.requesters());
  }

  private GlimpseContext context(SegmentConfig.Glimpse plan, Credentials credentials) {
    return new GlimpseContext()
        .logins(new SpinPasswords(config, credentials))
        .images(images.orElseThrow())
        .transport(listener ->
            TransportFactory.open(
                plan.transport().toString(),
                plan.address(),
                listener,
                new TransportContext()
                    .clock(clock)
                    .counters((name, help) -> counters.counter("glimpse_" + name, help))
                    .maxConnections(plan.clients())));
  }
}
