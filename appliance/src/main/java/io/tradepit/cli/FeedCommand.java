package io.tradepit.cli;

import io.tradepit.config.ExitCode;
import io.tradepit.tools.client.Login;
import io.tradepit.tools.feed.FeedTool;
import io.tradepit.tools.segment.SegmentPlace;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
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
          + " Both lines carry the same messages; what one has lost the other fills in, what both"
          + " have lost the segment is asked for, and what it does not send again is printed as a"
          + " gap. It begins with what is sent from now on, or with the first message of the day, or"
          + " with the books as they are now. Ctrl-C ends it with what was received."
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
      names = "--interface",
      paramLabel = "ADDRESS",
      split = ",",
      converter = AddressConverter.class,
      description =
          "joins on the interface that has this address, or, of ADDRESS,ADDRESS, line A on the first"
              + " and line B on the second (default: the one that the configuration names, which"
              + " names none where the feed leaves by Ethernet ports)")
  private List<InetAddress> interfaces = List.of();

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

  @Option(
      names = "--from-start",
      description = "begins with the first message of the day; the segment is asked for it")
  private boolean fromStart;

  @Option(
      names = "--snapshot",
      description =
          "begins with the books as they are now (GLIMPSE); its messages have the number 0")
  private boolean snapshot;

  @Option(
      names = "--user",
      paramLabel = "NAME",
      description = "for --snapshot: the session to log in as (default: the first)")
  private String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description =
          "for --snapshot: its first line is the password (default: from logins.txt of a segment on"
              + " this machine)")
  private Path passwordFile;

  @Option(
      names = "--no-recovery",
      description = "asks for nothing: what both lines have lost is a gap")
  private boolean noRecovery;

  @Override
  public Integer call() throws IOException {
    if (count < 0 || seconds < 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--count=" + count + " --seconds=" + seconds + ": allowed 0 and more");
    }
    if (interfaces.size() > 2) {
      throw new ParameterException(
          spec.commandLine(), "--interface=" + interfaces.size() + " addresses: allowed 1 or 2");
    }
    SegmentPlace place = segment.place();
    int locate = symbol == null ? 0 : place.stockLocate(symbol);
    requireOneBegin();
    FeedTool feed = new FeedTool(place.config(), channel, locate, json, count, seconds);
    begin(feed, place);
    try (StopSignal stop = new StopSignal()) {
      // Not the command line's writer: it does not tell that a pipe was closed.
      feed.run(stop::isGiven, System.out);
    }
    return ExitCode.OK.number();
  }

  private void requireOneBegin() {
    if (fromStart && (snapshot || noRecovery)) {
      throw new ParameterException(
          spec.commandLine(),
          "--from-start: allowed without --snapshot and --no-recovery, which it contradicts");
    }
  }

  private void begin(FeedTool feed, SegmentPlace place) throws IOException {
    if (!interfaces.isEmpty()) {
      feed.networkInterfaces(interfaces.getFirst(), interfaces.getLast());
    }
    if (noRecovery) {
      feed.withoutRecovery();
    }
    if (fromStart) {
      place.retransmission();
      feed.fromStart();
    }
    if (snapshot) {
      String name = user == null ? place.firstUser() : user;
      String password =
          passwordFile == null ? place.password(name) : PasswordFile.read(passwordFile);
      feed.snapshot(place.glimpse(), Login.fromTheFirst(name, password));
    }
  }

  /** An address written as a number; names are never looked up. */
  static final class AddressConverter implements ITypeConverter<InetAddress> {
    @Override
    public InetAddress convert(String value) {
      try {
        return Inet4Address.ofLiteral(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("'" + value + "': allowed an IPv4 address");
      }
    }
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
