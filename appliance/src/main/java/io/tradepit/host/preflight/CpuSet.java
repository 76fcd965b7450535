package io.tradepit.host.preflight;

import io.tradepit.host.CpuList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * CPUs as the kernel writes them: lists such as {@code 0-3,8} and masks such as {@code 0000000f}.
 */
final class CpuSet {
  /** The most that a kernel is built for (CONFIG_NR_CPUS); a greater number is no CPU. */
  private static final int MOST = 8192;

  private static final Pattern STRIDED =
      Pattern.compile("(\\d{1,5}-\\d{1,5}):(\\d{1,5})/(\\d{1,5})");
  private static final int MASK_BITS = 32;
  private static final int HEX = 16;

  private final BitSet cpus;

  private CpuSet(BitSet cpus) {
    this.cpus = cpus;
  }

  static CpuSet of(Collection<Integer> numbers) {
    BitSet set = new BitSet();
    numbers.forEach(set::set);
    return new CpuSet(set);
  }

  /** The CPUs of a list; empty when the text is none. */
  static Optional<CpuSet> list(String text) {
    BitSet set = new BitSet();
    if (!text.isBlank()) {
      for (String range : text.strip().split(",", -1)) {
        String[] ends = range.split("-", 2);
        int first = number(ends[0]);
        int last = ends.length == 1 ? first : number(ends[1]);
        if (first < 0 || last < first) {
          return Optional.empty();
        }
        set.set(first, last + 1);
      }
    }
    return Optional.of(new CpuSet(set));
  }

  /**
   * The CPUs of a list as a kernel's argument may have it: also {@code all}, {@code N} for the last
   * CPU, and {@code 0-15:1/2} for the first of each two (kernel parameters, "cpu lists"); empty
   * when the text is none.
   *
   * @param possible CPUs of the machine; none = not known, and then neither {@code all} nor {@code
   *     N} is read
   */
  static Optional<CpuSet> argument(String text, CpuSet possible) {
    String numbers = text;
    if (!possible.isEmpty()) {
      String last = Integer.toString(possible.cpus.length() - 1);
      numbers = numbers.replaceAll("(?<![^,])all(?![^,:])", "0-N").replaceAll("(?<![^,-])N", last);
    }
    BitSet set = new BitSet();
    for (String region : numbers.strip().split(",", -1)) {
      Optional<CpuSet> cpus = region(region);
      if (cpus.isEmpty()) {
        return Optional.empty();
      }
      set.or(cpus.get().cpus);
    }
    return Optional.of(new CpuSet(set));
  }

  private static Optional<CpuSet> region(String region) {
    Matcher strided = STRIDED.matcher(region);
    if (!strided.matches()) {
      return list(region);
    }
    int used = number(strided.group(2));
    int group = number(strided.group(3));
    if (used < 0 || group < 1 || used > group) {
      return Optional.empty();
    }
    return list(strided.group(1)).map(cpus -> cpus.strided(used, group));
  }

  private CpuSet strided(int used, int group) {
    BitSet some = new BitSet();
    int first = Math.max(0, cpus.nextSetBit(0));
    cpus.stream().filter(cpu -> (cpu - first) % group < used).forEach(some::set);
    return new CpuSet(some);
  }

  /** The CPUs of a mask, the lowest in the last group of 32; empty when the text is none. */
  static Optional<CpuSet> mask(String text) {
    BitSet set = new BitSet();
    String[] groups = text.strip().split(",", -1);
    for (int i = 0; i < groups.length; i++) {
      if (!groups[groups.length - 1 - i].matches("[0-9a-fA-F]{1,8}")) {
        return Optional.empty();
      }
      long bits = Long.parseLong(groups[groups.length - 1 - i], HEX);
      for (int bit = 0; bit < MASK_BITS; bit++) {
        set.set(i * MASK_BITS + bit, (bits >> bit & 1) == 1);
      }
    }
    return Optional.of(new CpuSet(set));
  }

  private static int number(String text) {
    if (!text.matches("\\d{1,5}")) {
      return -1;
    }
    int number = Integer.parseInt(text);
    return number < MOST ? number : -1;
  }

  boolean has(int cpu) {
    return cpu >= 0 && cpus.get(cpu);
  }

  boolean isEmpty() {
    return cpus.isEmpty();
  }

  int size() {
    return cpus.cardinality();
  }

  boolean isWithin(CpuSet other) {
    return minus(other).isEmpty();
  }

  boolean meets(CpuSet other) {
    return cpus.intersects(other.cpus);
  }

  CpuSet minus(CpuSet other) {
    BitSet rest = (BitSet) cpus.clone();
    rest.andNot(other.cpus);
    return new CpuSet(rest);
  }

  CpuSet and(CpuSet other) {
    BitSet both = (BitSet) cpus.clone();
    both.and(other.cpus);
    return new CpuSet(both);
  }

  CpuSet or(CpuSet other) {
    BitSet all = (BitSet) cpus.clone();
    all.or(other.cpus);
    return new CpuSet(all);
  }

  /** In ascending order. */
  int[] numbers() {
    return cpus.stream().toArray();
  }

  /** As a mask for a file that takes one. */
  String toMask() {
    StringBuilder mask = new StringBuilder();
    for (int group = Math.max(0, cpus.length() - 1) / MASK_BITS; group >= 0; group--) {
      long bits = 0;
      for (int bit = 0; bit < MASK_BITS; bit++) {
        bits |= cpus.get(group * MASK_BITS + bit) ? 1L << bit : 0;
      }
      mask.append(mask.isEmpty() ? Long.toHexString(bits) : ",%08x".formatted(bits));
    }
    return mask.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CpuSet set && set.cpus.equals(cpus);
  }

  @Override
  public int hashCode() {
    return cpus.hashCode();
  }

  /** As a list, {@code none} for no CPU. */
  @Override
  public String toString() {
    return isEmpty() ? "none" : CpuList.text(cpus.stream().boxed().toList());
  }
}
