package io.tradepit.perf.peers.exchangecore;

import exchange.core2.core.ExchangeApi;
import exchange.core2.core.ExchangeCore;
import exchange.core2.core.common.CoreSymbolSpecification;
import exchange.core2.core.common.MatcherEventType;
import exchange.core2.core.common.MatcherTradeEvent;
import exchange.core2.core.common.OrderAction;
import exchange.core2.core.common.OrderType;
import exchange.core2.core.common.SymbolType;
import exchange.core2.core.common.api.ApiAddUser;
import exchange.core2.core.common.api.ApiAdjustUserBalance;
import exchange.core2.core.common.api.ApiCancelOrder;
import exchange.core2.core.common.api.ApiCommand;
import exchange.core2.core.common.api.ApiMoveOrder;
import exchange.core2.core.common.api.ApiNop;
import exchange.core2.core.common.api.ApiPlaceOrder;
import exchange.core2.core.common.api.binary.BatchAddSymbolsCommand;
import exchange.core2.core.common.cmd.CommandResultCode;
import exchange.core2.core.common.cmd.OrderCommand;
import exchange.core2.core.common.config.ExchangeConfiguration;
import exchange.core2.core.common.config.InitialStateConfiguration;
import exchange.core2.core.common.config.PerformanceConfiguration;
import exchange.core2.core.common.config.SerializationConfiguration;
import exchange.core2.core.processors.journaling.DiskSerializationProcessor;
import exchange.core2.core.processors.journaling.DiskSerializationProcessorConfiguration;
import io.tradepit.perf.pipeline.Completions;
import io.tradepit.perf.pipeline.Pipeline;
import io.tradepit.perf.pipeline.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.concurrent.IdleStrategy;

/**
 * exchange-core with a currency pair, accounts and risk on, groups of 256 or 10 µs, one matching
 * and one risk engine, as its own latency tests run it; how its threads wait and how large its ring
 * is says the argument, that of {@link ExchangeCoreOptions}. Its threads (grouping, risk, matching,
 * results, and the journal's) are not pinned: there are more of them than two cores.
 */
public final class ExchangeCorePipeline implements Pipeline {
  private static final int SYMBOL = 1;
  private static final int BASE = 1;
  private static final int QUOTE = 2;
  private static final long DEPOSIT = 1_000_000_000_000_000L;
  private static final long STOP_SECONDS = 5;

  private final Workload workload;
  private final ExchangeCoreOptions options;
  private final IdleStrategy senderIdle;
  private final ApiCommand[] commands;
  private final int users;
  private ExchangeCore core;
  private ExchangeApi api;
  private Path folder;
  private Completions completions;
  private volatile boolean isTimed;
  private long trades;
  private long refusals;

  /** See the class. */
  public ExchangeCorePipeline(Workload workload, String argument) {
    this.workload = workload;
    options = ExchangeCoreOptions.parse(argument);
    senderIdle = options.senderIdle();
    commands = new ApiCommand[workload.commands()];
    int highestUser = 0;
    for (int i = 0; i < commands.length; i++) {
      commands[i] = command(i);
      highestUser = Math.max(highestUser, workload.user(i));
    }
    users = highestUser;
  }

  private ApiCommand command(int i) {
    return switch (workload.kind(i)) {
      case Workload.CANCEL ->
          ApiCancelOrder.builder()
              .orderId(workload.orderId(i))
              .uid(workload.user(i))
              .symbol(SYMBOL)
              .build();
      case Workload.MOVE ->
          ApiMoveOrder.builder()
              .orderId(workload.orderId(i))
              .newPrice(workload.price(i))
              .uid(workload.user(i))
              .symbol(SYMBOL)
              .build();
      default ->
          ApiPlaceOrder.builder()
              .orderId(workload.orderId(i))
              .price(workload.price(i))
              .reservePrice(workload.buys(i) ? workload.highestPrice() : 0)
              .size(workload.quantity(i))
              .action(workload.buys(i) ? OrderAction.BID : OrderAction.ASK)
              .orderType(workload.kind(i) == Workload.IOC ? OrderType.IOC : OrderType.GTC)
              .uid(workload.user(i))
              .symbol(SYMBOL)
              .build();
    };
  }

  @Override
  public String version() {
    return "exchange-core 0.5.3, " + options.text();
  }

  @Override
  public void begin(Completions ofRun) throws IOException {
    completions = ofRun;
    isTimed = false;
    trades = 0;
    refusals = 0;
    core =
        ExchangeCore.builder()
            .resultsConsumer((command, sequence) -> onResult(command))
            .exchangeConfiguration(configuration())
            .build();
    core.startup();
    api = core.getApi();
    open();
    for (int i = 0; i < workload.fills(); i++) {
      api.submitCommand(commands[i]);
    }
    awaitAll();
    requireNoRefusals();
    isTimed = true;
  }

  private ExchangeConfiguration configuration() throws IOException {
    return ExchangeConfiguration.defaultBuilder()
        .initStateCfg(InitialStateConfiguration.CLEAN_TEST)
        .performanceCfg(
            PerformanceConfiguration.latencyPerformanceBuilder()
                .ringBufferSize(options.ring())
                .msgsInGroupLimit(options.group())
                .waitStrategy(options.strategy())
                .threadFactory(Thread::new)
                .build())
        .serializationCfg(serialization())
        .build();
  }

  private SerializationConfiguration serialization() throws IOException {
    if (!options.isRecorded()) {
      return SerializationConfiguration.DEFAULT;
    }
    folder = Files.createTempDirectory(Path.of(options.directory()), "exchange-core");
    DiskSerializationProcessorConfiguration defaults =
        DiskSerializationProcessorConfiguration.createDefaultConfig();
    DiskSerializationProcessorConfiguration files =
        DiskSerializationProcessorConfiguration.builder()
            .storageFolder(folder.toString())
            .snapshotLz4CompressorFactory(defaults.getSnapshotLz4CompressorFactory())
            .journalFileMaxSize(defaults.getJournalFileMaxSize())
            .journalBufferSize(defaults.getJournalBufferSize())
            .journalBatchCompressThreshold(defaults.getJournalBatchCompressThreshold())
            .journalLz4CompressorFactory(defaults.getJournalLz4CompressorFactory())
            .build();
    return SerializationConfiguration.builder()
        .enableJournaling(true)
        .serializationProcessorFactory(exchange -> new DiskSerializationProcessor(exchange, files))
        .build();
  }

  private void open() {
    CoreSymbolSpecification pair =
        CoreSymbolSpecification.builder()
            .symbolId(SYMBOL)
            .type(SymbolType.CURRENCY_EXCHANGE_PAIR)
            .baseCurrency(BASE)
            .quoteCurrency(QUOTE)
            .baseScaleK(1)
            .quoteScaleK(1)
            .build();
    requireDone(api.submitBinaryDataAsync(new BatchAddSymbolsCommand(List.of(pair))).join());
    for (int user = 1; user <= users; user++) {
      api.submitCommand(ApiAddUser.builder().uid(user).build());
      for (int currency = BASE; currency <= QUOTE; currency++) {
        api.submitCommand(
            ApiAdjustUserBalance.builder()
                .uid(user)
                .currency(currency)
                .amount(DEPOSIT)
                .transactionId(currency)
                .build());
      }
    }
    awaitAll();
  }

  private void awaitAll() {
    requireDone(api.submitCommandAsync(ApiNop.builder().build()).join());
  }

  private void requireNoRefusals() {
    if (refusals > 0) {
      throw new IllegalStateException("refusals=" + refusals);
    }
  }

  private static void requireDone(CommandResultCode result) {
    if (result != CommandResultCode.SUCCESS) {
      throw new IllegalStateException("result=" + result);
    }
  }

  /** On the thread of exchange-core's results. */
  private void onResult(OrderCommand command) {
    MatcherTradeEvent event = command.matcherEvent;
    while (event != null) {
      trades += event.eventType == MatcherEventType.TRADE ? 1 : 0;
      event = event.nextEvent;
    }
    refusals += command.resultCode == CommandResultCode.SUCCESS ? 0 : 1;
    if (isTimed) {
      completions.onDone();
    }
  }

  /** Waits where the ring is full, as its own tests do. */
  @Override
  public boolean offer(int command) {
    api.submitCommand(commands[command]);
    return true;
  }

  @Override
  public void idle(int sent) {
    senderIdle.idle(sent);
  }

  @Override
  public long trades() {
    return trades;
  }

  @Override
  public void end() throws IOException {
    isTimed = false;
    requireNoRefusals();
    // Fails when a thread of its own has died. The journal is in use then, and goes with the
    // folder.
    core.shutdown(STOP_SECONDS, TimeUnit.SECONDS);
    if (folder != null) {
      deleteJournal();
    }
  }

  private void deleteJournal() throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
        Files.delete(file);
      }
    }
    if (bytes < workload.fills()) {
      throw new IllegalStateException("journal=" + folder + " bytes=" + bytes);
    }
  }
}
