package io.tradepit.perf.book;

import io.tradepit.perf.book.EngineSetup.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The engines that a checkout has: ours, and those peers whose libraries the build of {@code bench}
 * has put into {@code perf/target/peers/NAME}.
 */
public final class EngineCatalog {
  /** The engine that all ratios are of. */
  public static final String OURS = "tradepit";

  /** What bounds all of them. */
  public static final String NULL = "null";

  /** The whole matcher. */
  public static final String MATCHER = "tradepit-matcher";

  private static final String REFERENCE = "reference";

  // What every JVM needs for native memory by address.
  private static final List<String> PLAIN_FLAGS =
      List.of("--enable-native-access=ALL-UNNAMED", "-Xms1g", "-Xmx1g", "-XX:+UseSerialGC");

  // With which the peers were fastest here: they allocate, and a fresh page costs more than a
  // collection.
  private static final List<String> PEER_FLAGS =
      Stream.concat(PLAIN_FLAGS.stream(), Stream.of("-XX:+AlwaysPreTouch")).toList();

  private final Path home;

  /**
   * @param home the checkout, built
   */
  public EngineCatalog(Path home) {
    this.home = home;
  }

  /** Of the checkout that the launcher has started this process in. */
  public static EngineCatalog ofThisCheckout() {
    return new EngineCatalog(Path.of(System.getProperty("tradepit.home")));
  }

  /** All that can be measured, in the order of a round. */
  public List<EngineSetup> all() {
    List<EngineSetup> all = new ArrayList<>();
    all.add(own(NULL, Role.BOUND, NullEngine.class));
    all.add(own(OURS, Role.OURS, TradepitEngine.class));
    all.add(own(MATCHER, Role.OURS, TradepitMatcherEngine.class));
    addPeer(all, "exchange-core", "io.tradepit.perf.peers.exchangecore.ExchangeCoreEngine");
    addPeer(all, "parity", "io.tradepit.perf.peers.parity.ParityEngine");
    return all;
  }

  private void addPeer(List<EngineSetup> all, String name, String engine) {
    Path folder = home.resolve("perf/target/peers").resolve(name);
    if (Files.isDirectory(folder)) {
      all.add(peer(name, engine, folder, ownJava(), PEER_FLAGS));
    }
  }

  /** Only its own libraries and our interface are in a peer's class path. */
  private EngineSetup peer(String name, String engine, Path folder, Path java, List<String> flags) {
    List<String> classPath = new ArrayList<>();
    classPath.add(classes("perf"));
    classPath.add(folder.resolve("classes").toString());
    classPath.add(folder + "/*");
    return new EngineSetup(name, Role.PEER, engine, java, flags, classPath);
  }

  /**
   * Those of some names.
   *
   * @param names none = all
   * @throws IllegalArgumentException naming one that there is not
   */
  public List<EngineSetup> named(List<String> names) {
    List<EngineSetup> named = new ArrayList<>(all());
    for (String name : names) {
      if (named.stream().noneMatch(engine -> engine.name().equals(name))) {
        throw new IllegalArgumentException(
            "engine="
                + name
                + " allowed="
                + named.stream().map(EngineSetup::name).collect(Collectors.joining(" ")));
      }
    }
    named.removeIf(engine -> !names.isEmpty() && !names.contains(engine.name()));
    return named;
  }

  /** What is right: slow, without a library. */
  public EngineSetup reference() {
    return new EngineSetup(
        REFERENCE,
        Role.REFERENCE,
        ReferenceEngine.class.getName(),
        ownJava(),
        PLAIN_FLAGS,
        List.of(classes("perf")));
  }

  /** An engine of this project, under the flags of the product's embedded profile. */
  private EngineSetup own(String name, Role role, Class<? extends BookEngine> engine) {
    return new EngineSetup(
        name,
        role,
        engine.getName(),
        ownJava(),
        List.of(
            "@" + home.resolve("appliance/src/main/jvm/embedded.flags"),
            // The state of ten million orders, which a segment maps from a file.
            "-XX:MaxDirectMemorySize=6g"),
        List.of(
            classes("perf"),
            classes("appliance"),
            classes("native"),
            home.resolve("appliance/target/lib") + "/*"));
  }

  private static Path ownJava() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  private String classes(String module) {
    return home.resolve(module).resolve("target/classes").toString();
  }
}
