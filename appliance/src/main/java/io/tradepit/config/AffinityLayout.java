package io.tradepit.config;

import io.tradepit.config.SegmentConfig.Profile;
import io.tradepit.config.SegmentConfig.ThreadPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Which thread of a segment runs on which core of a model of machine, and why: a file of {@code
 * affinity-config}.
 *
 * @param file where it was read from
 * @param housekeeping where the kernel, the JVM's own threads and everything else run
 * @param interrupts where interrupts are handled, a part of the housekeeping CPUs
 * @param threads of the segment, each role on one
 */
public record AffinityLayout(
    Path file,
    Profile profile,
    MachineModel machine,
    CpuPart housekeeping,
    CpuPart interrupts,
    List<PlacedThread> threads) {
  public AffinityLayout {
    threads = List.copyOf(threads);
  }

  /**
   * What the layout is for.
   *
   * @param description in words
   * @param leastCpus that the process must be allowed to use
   * @param sockets with a processor; 0 = any number
   * @param numaNodes with memory; 0 = any number
   * @param l3Groups CPUs that share a third-level cache, one list a cache; empty = any
   * @param smt whether two CPUs may share a core
   * @param nicNode NUMA node of the network card, or empty = any
   */
  public record MachineModel(
      String description,
      int leastCpus,
      int sockets,
      int numaNodes,
      List<List<Integer>> l3Groups,
      Smt smt,
      OptionalInt nicNode) {
    public MachineModel {
      l3Groups = l3Groups.stream().map(List::copyOf).toList();
    }
  }

  /** Whether cores run two threads at a time. */
  public enum Smt {
    ON,
    OFF,
    ANY;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * @param cpus ascending; empty = nothing is said
   */
  public record CpuPart(List<Integer> cpus, String why) {
    public CpuPart {
      cpus = List.copyOf(cpus);
    }
  }

  /** A thread, and the reason for its place. */
  public record PlacedThread(ThreadPlan plan, String why) {}

  /** The plans of the threads, in the order of the file. */
  public List<ThreadPlan> plans() {
    return threads.stream().map(PlacedThread::plan).toList();
  }

  /**
   * CPUs that nothing but the threads of the segment may use, ascending: those of the model that do
   * no housekeeping. None where the layout names no housekeeping CPUs.
   */
  public List<Integer> isolated() {
    return housekeeping.cpus().isEmpty()
        ? List.of()
        : machine.l3Groups().stream()
            .flatMap(List::stream)
            .filter(cpu -> !housekeeping.cpus().contains(cpu))
            .sorted()
            .toList();
  }
}
