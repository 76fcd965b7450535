package io.tradepit.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version, the commit that it was built from, and the Java that runs it. */
public final class Version implements IVersionProvider {
  private static final String RESOURCE = "/tradepit/version.properties";

  @Override
  public String[] getVersion() throws IOException {
    Properties build = new Properties();
    try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
      build.load(in);
    }
    return new String[] {
      "tradepit " + build.getProperty("version"),
      "commit   " + build.getProperty("commit"),
      "java     " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")"
    };
  }
}
