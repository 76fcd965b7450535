package io.tradepit.tools.replay;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** What to play, where and how; the file and the folder of results are needed. */
public final class ReplayContext {
  private Path file;
  private Path books;
  private boolean compareBooks = true;
  private List<String> symbols = List.of();
  private Pace pace = Pace.rate(Pace.STANDARD_RATE);
  private boolean running;
  private Path directory;
  private Path config;
  private boolean keep;
  private String user;
  private String password;
  private Path results;
  private long gapProbeMs = 1_000;
  private Consumer<String> progress = text -> {};

  /** The command file or ITCH file. */
  public ReplayContext file(Path path) {
    file = path;
    return this;
  }

  Path file() {
    return file;
  }

  /** The orderbook file; default: the one beside the command file. */
  public ReplayContext books(Path path) {
    books = path;
    return this;
  }

  Path books() {
    return books;
  }

  /** Whether books are compared where the file has rows; default true. */
  public ReplayContext compareBooks(boolean compare) {
    compareBooks = compare;
    return this;
  }

  boolean comparesBooks() {
    return compareBooks;
  }

  /**
   * Of a command file: its one symbol, default the file's name up to {@code _}. Of an ITCH file:
   * the instruments that are played, default all.
   */
  public ReplayContext symbols(List<String> names) {
    symbols = List.copyOf(names);
    return this;
  }

  List<String> symbols() {
    return symbols;
  }

  /** Default: {@link Pace#STANDARD_RATE} a second. */
  public ReplayContext pace(Pace schedule) {
    pace = schedule;
    return this;
  }

  Pace pace() {
    return pace;
  }

  /** Whether it plays into a segment that runs, rather than into a fresh one; default false. */
  public ReplayContext running(boolean isRunning) {
    running = isRunning;
    return this;
  }

  boolean isRunning() {
    return running;
  }

  /** Of the running segment; or where the fresh one is kept, default a temporary directory. */
  public ReplayContext directory(Path path) {
    directory = path;
    return this;
  }

  Path directory() {
    return directory;
  }

  /** Of the running segment; default the built-in configuration. */
  public ReplayContext config(Path path) {
    config = path;
    return this;
  }

  Path config() {
    return config;
  }

  /** Whether the fresh segment's temporary directory stays; default false. */
  public ReplayContext keep(boolean keepsDirectory) {
    keep = keepsDirectory;
    return this;
  }

  boolean keeps() {
    return keep;
  }

  /** Who logs in; default the first session of the configuration. */
  public ReplayContext user(String name) {
    user = name;
    return this;
  }

  String user() {
    return user;
  }

  /** Default: what {@code logins.txt} has. */
  public ReplayContext password(String word) {
    password = word;
    return this;
  }

  String password() {
    return password;
  }

  /** Folder of the results; must not be there, or be empty. */
  public ReplayContext results(Path folder) {
    results = folder;
    return this;
  }

  Path results() {
    return results;
  }

  /** How long the machine's own gaps are looked for before the play, ms; default 1,000, 0 = not. */
  public ReplayContext gapProbeMs(long ms) {
    gapProbeMs = ms;
    return this;
  }

  long gapProbeMs() {
    return gapProbeMs;
  }

  /** Hears about five times a second how far it is. */
  public ReplayContext progress(Consumer<String> listener) {
    progress = listener;
    return this;
  }

  Consumer<String> progress() {
    return progress;
  }

  ReplayContext conclude() {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(results, "results");
    if (running && directory == null) {
      throw new ReplayFileException("directory=missing: allowed that of the running segment");
    }
    return this;
  }
}
