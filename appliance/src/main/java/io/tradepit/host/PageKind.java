package io.tradepit.host;

/** The pages that the matching state is asked to stand on. */
public enum PageKind {
  /** A file on a tmpfs such as /dev/shm, put on huge pages by MADV_COLLAPSE (Linux 6.1). */
  COLLAPSE("collapse"),
  /** A file on a tmpfs mounted with huge=always or huge=within_size. */
  HUGE_TMPFS("huge-tmpfs"),
  /** A file anywhere, on the pages that the kernel gives. */
  BASE("base");

  private final String configName;

  PageKind(String configName) {
    this.configName = configName;
  }

  /** The word of the configuration file. */
  public String configName() {
    return configName;
  }

  /** Whether huge pages are demanded. */
  public boolean isHuge() {
    return this != BASE;
  }
}
