package io.tradepit.host;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** The AOT cache of the JVM that runs this. Called at start, by one thread. */
public final class AotCache {
  private AotCache() {}

  /**
   * What became of it, for people. The launcher asks for a cache with {@code AOTMode=on}, with
   * which a JVM that cannot use it does not start: one that runs uses it.
   */
  public static String text() {
    HotSpotDiagnosticMXBean jvm =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    String file = jvm.getVMOption("AOTCache").getValue();
    if (file == null || file.isEmpty()) {
      return "none; 'tradepit aot train' of a release makes one";
    }
    boolean isDemanded = "on".equals(jvm.getVMOption("AOTMode").getValue());
    return file + (isDemanded ? ", used" : ", not known to be used: AOTMode is not on");
  }
}
