package io.tradepit.perf.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a child process is told, as arguments {@code name=value}.
 *
 * @param pipeline name of the class
 * @param argument for its constructor, such as how it waits
 * @param commands of the workload, behind those that fill the book
 * @param seconds of each rate, as far as the commands last
 * @param patience how many seconds behind its last due time a run may be done; else it is given up
 * @param check how many seconds all of the workload may take at once; else no rate is tried
 */
record PipelineOptions(
    String pipeline,
    String argument,
    int commands,
    int seconds,
    int warmups,
    long warmupRate,
    List<Long> rates,
    int patience,
    int check) {
  /** Those that exchange-core's latencies are published for, one below them, and on. */
  static final List<Long> RATES =
      List.of(
          50_000L,
          125_000L,
          250_000L,
          500_000L,
          1_000_000L,
          2_000_000L,
          3_000_000L,
          4_000_000L,
          5_000_000L,
          6_000_000L,
          7_000_000L,
          8_000_000L);

  static PipelineOptions parse(String[] arguments) {
    String pipeline = null;
    String argument = "";
    int commands = WorkloadGenerator.COMMANDS;
    int seconds = 2;
    int warmups = 2;
    long warmupRate = 1_000_000;
    List<Long> rates = RATES;
    int patience = 10;
    int check = 60;
    for (String each : arguments) {
      int equals = each.indexOf('=');
      String value = each.substring(equals + 1);
      switch (equals < 0 ? each : each.substring(0, equals)) {
        case "pipeline" -> pipeline = value;
        case "argument" -> argument = value;
        case "commands" -> commands = Integer.parseInt(value);
        case "seconds" -> seconds = Integer.parseInt(value);
        case "warmups" -> warmups = Integer.parseInt(value);
        case "warmupRate" -> warmupRate = Long.parseLong(value);
        case "rates" -> rates = rates(value);
        case "patience" -> patience = Integer.parseInt(value);
        case "check" -> check = Integer.parseInt(value);
        default -> throw new IllegalArgumentException("argument=" + each);
      }
    }
    if (pipeline == null) {
      throw new IllegalArgumentException("pipeline=missing");
    }
    return new PipelineOptions(
        pipeline, argument, commands, seconds, warmups, warmupRate, rates, patience, check);
  }

  /** Rates as the argument that gives them. */
  static String text(List<Long> rates) {
    return rates.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static List<Long> rates(String text) {
    List<Long> rates = new ArrayList<>();
    for (String rate : text.split(",", -1)) {
      rates.add(Long.parseLong(rate));
    }
    return rates;
  }
}
