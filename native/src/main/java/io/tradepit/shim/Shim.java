package io.tradepit.shim;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One shared library of ours, open until the process ends, with the table in which it says its
 * sizes, offsets, constants and ABI number ({@code abi.h}).
 *
 * <p>The folder of the libraries is the system property {@value #FOLDER}.
 */
public final class Shim {
  /** System property: the folder with the libraries, which the launcher and the tests set. */
  public static final String FOLDER = "tradepit.shims";

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Pattern DPDK_LIBRARY = Pattern.compile("librte_([a-z_]+)\\.so\\.(\\d+)");
  private static final int RTLD_NOW = 2;
  private static final long ENTRY_BYTES = ADDRESS.byteSize() + JAVA_LONG.byteSize();

  private final String name;
  private final SymbolLookup symbols;
  private final Map<String, Long> numbers;

  private Shim(String name, SymbolLookup symbols, Map<String, Long> numbers) {
    this.name = name;
    this.symbols = symbols;
    this.numbers = numbers;
  }

  /**
   * Opens a library.
   *
   * @param name such as {@code dpdk} for {@code libtradepit-dpdk.so}, whose table {@code
   *     tp_dpdk_abi} returns
   * @throws ShimException when it is not there, or when a library that it needs is not
   */
  public static Shim open(String name) {
    Path path = path(name);
    SymbolLookup symbols = load(name, path);
    return new Shim(name, symbols, numbers(symbols, "tp_" + name + "_abi"));
  }

  /**
   * Asserts a number that Java was written for.
   *
   * @throws ShimException when the library says another one, or none
   */
  public void require(String number, long expected) {
    long actual = number(number);
    if (actual != expected) {
      throw new ShimException(
          "shim="
              + name
              + " "
              + number
              + "="
              + actual
              + ": allowed is "
              + expected
              + "; build it anew");
    }
  }

  /**
   * A number of the library's table.
   *
   * @throws ShimException when it has none of this name
   */
  public long number(String number) {
    Long value = numbers.get(number);
    if (value == null) {
      throw new ShimException("shim=" + name + " " + number + "=absent: build it anew");
    }
    return value;
  }

  /** A function of the library. */
  @SuppressWarnings("restricted")
  public MethodHandle function(
      String function, FunctionDescriptor descriptor, Linker.Option... options) {
    return LINKER.downcallHandle(symbols.findOrThrow(function), descriptor, options);
  }

  /** A downcall declares any throwable; the functions themselves throw nothing. */
  public static IllegalStateException unexpected(Throwable cause) {
    return new IllegalStateException("a call into a shim threw", cause);
  }

  private static Path path(String name) {
    String folder = System.getProperty(FOLDER);
    if (folder == null) {
      throw new ShimException(FOLDER + "=absent: the folder of the shims; the launcher sets it");
    }
    Path path = Path.of(folder, "libtradepit-" + name + ".so");
    if (!Files.exists(path)) {
      throw new ShimException(
          "shim="
              + path
              + ": not there; the build of a checkout makes it, a release has it in shims");
    }
    return path.toAbsolutePath();
  }

  @SuppressWarnings("restricted")
  private static SymbolLookup load(String name, Path path) {
    try {
      return SymbolLookup.libraryLookup(path, Arena.global());
    } catch (IllegalArgumentException e) {
      throw new ShimException("shim=" + name + ": " + hinted(reason(path)));
    }
  }

  /** Libraries of DPDK are packages of the distribution, named by the library and its version. */
  private static String hinted(String reason) {
    Matcher library = DPDK_LIBRARY.matcher(reason);
    return library.find()
        ? reason
            + "; apt-get install librte-"
            + library.group(1).replace('_', '-')
            + library.group(2)
        : reason;
  }

  /** What dlopen(3) says, which Java drops. */
  @SuppressWarnings("restricted")
  private static String reason(Path path) {
    SymbolLookup library = LINKER.defaultLookup();
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle open =
          LINKER.downcallHandle(
              library.findOrThrow("dlopen"), FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
      MethodHandle error =
          LINKER.downcallHandle(library.findOrThrow("dlerror"), FunctionDescriptor.of(ADDRESS));
      MemorySegment handle =
          (MemorySegment) open.invokeExact(arena.allocateFrom(path.toString()), RTLD_NOW);
      MemorySegment text = (MemorySegment) error.invokeExact();
      return text.address() == 0 || handle.address() != 0 ? "refused" : text(text);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @SuppressWarnings("restricted")
  private static Map<String, Long> numbers(SymbolLookup symbols, String function) {
    Map<String, Long> numbers = new HashMap<>();
    MemorySegment table = table(symbols, function).reinterpret(Long.MAX_VALUE);
    for (long at = 0; table.get(JAVA_LONG, at) != 0; at += ENTRY_BYTES) {
      numbers.put(text(table.get(ADDRESS, at)), table.get(JAVA_LONG, at + ADDRESS.byteSize()));
    }
    return Map.copyOf(numbers);
  }

  @SuppressWarnings("restricted")
  private static MemorySegment table(SymbolLookup symbols, String function) {
    try {
      MethodHandle handle =
          LINKER.downcallHandle(symbols.findOrThrow(function), FunctionDescriptor.of(ADDRESS));
      return (MemorySegment) handle.invokeExact();
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** A string of C that does not change, such as a constant. */
  @SuppressWarnings("restricted")
  public static String text(MemorySegment string) {
    return string.reinterpret(Long.MAX_VALUE).getString(0);
  }
}
