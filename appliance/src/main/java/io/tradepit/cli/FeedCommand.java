package io.tradepit.cli;

import io.tradepit.config.ExitCode;
import io.tradepit.tools.feed.FeedTool;
import io.tradepit.tools.segment.SegmentPlace;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

@Command(
    name = "feed",
    description = {
      "Follows a segment's market data and prints each message as a line.",
      "It joins the multicast lines that the configuration names, on the interface that it names,"
          + " and prints: time of day, number in the feed, what happened, symbol, and the fields."
          + " Both lines carry the same messages; what one has lost the other fills in, and what"
          + " both have lost is printed as a gap. It begins with what is sent from now on. Ctrl-C"
          + " ends it with what was received."
    })
final class FeedCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SegmentChoice segment;

  @Option(
      names = "--channel",
      paramLabel = "a|b|both",
      defaultValue = "both",
      converter = ChannelConverter.class,
      description = "lines to join (default: ${DEFAULT-VALUE})")
  private FeedTool.Channel channel;

  @Option(
      names = "--symbol",
      paramLabel = "SYMBOL",
      description = "prints one instrument, and what concerns the whole market")
  private String symbol;

  @Option(names = "--json", description = "prints a JSON object a line")
  private boolean json;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "0",
      description = "ends after N messages; 0 = not")
  private long count;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "0",
      description = "ends after N seconds; 0 = not")
  private long seconds;

  @Override
  public Integer call() {
    if (count < 0 || seconds < 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--count=" + count + " --seconds=" + seconds + ": allowed 0 and more");
    }
    SegmentPlace place = segment.place();
    int locate = symbol == null ? 0 : place.stockLocate(symbol);
    FeedTool feed = new FeedTool(place.config(), channel, locate, json, count, seconds);
    try (StopSignal stop = new StopSignal()) {
      // Not the command line's writer: it does not tell that a pipe was closed.
      feed.run(stop::isGiven, System.out);
    }
    return ExitCode.OK.number();
  }

  static final class ChannelConverter implements ITypeConverter<FeedTool.Channel> {
    @Override
    public FeedTool.Channel convert(String value) {
      return switch (value.toLowerCase(Locale.ROOT)) {
        case "a" -> FeedTool.Channel.A;
        case "b" -> FeedTool.Channel.B;
        case "both" -> FeedTool.Channel.BOTH;
        default -> throw new TypeConversionException("'" + value + "': allowed a, b, both");
      };
    }
  }
}
