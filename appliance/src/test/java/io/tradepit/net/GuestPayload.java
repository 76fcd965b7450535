package io.tradepit.net;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a guest needs to run classes of this test's class path: the JVM of the test, the class path,
 * the shims and nic-config, as the image of a file system.
 */
public final class GuestPayload {
  private static final String PLACE = "/payload";
  private static final String SIZE = "1500M";

  private GuestPayload() {}

  /** Makes it in a folder, with more files and folders in it, each by its own name. */
  public static Path make(Path folder, Path... more) throws IOException {
    Path content = Files.createDirectory(folder.resolve("payload"));
    copy(Path.of(System.getProperty("java.home")), content.resolve("jdk"));
    copy(Path.of(System.getProperty("tradepit.shims")), content.resolve("shims"));
    copy(Path.of("..", "nic-config"), content.resolve("nic-config"));
    for (Path each : more) {
      copy(each, content.resolve(each.getFileName()));
    }
    Files.createDirectory(content.resolve("classes"));
    List<String> places = new ArrayList<>();
    for (Path entry : classPath()) {
      String name = places.size() + "-" + entry.getFileName();
      copy(entry, content.resolve("classes").resolve(name));
      places.add(PLACE + "/classes/" + name);
    }
    // As a file, since a console takes lines of 4095 bytes.
    Files.writeString(content.resolve("class-path"), "-cp " + String.join(":", places));
    Path image = folder.resolve("payload.img");
    Commands.run(List.of("mkfs.ext4", "-q", "-d", content.toString(), image.toString(), SIZE));
    Commands.run(List.of("rm", "-r", content.toString()));
    return image;
  }

  /** The command that runs a class there by a small JVM, to which arguments are added. */
  static String java(Class<?> main) {
    return java(
        main,
        "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED --enable-native-access=ALL-UNNAMED"
            + " --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -Xmx256m");
  }

  /** The command that runs a class there by a JVM with these flags; arguments are added. */
  public static String java(Class<?> main, String flags) {
    return PLACE
        + "/jdk/bin/java "
        + flags
        + " -XX:TieredStopAtLevel=1 -Dtradepit.shims="
        + PLACE
        + "/shims @"
        + PLACE
        + "/class-path "
        + main.getName();
  }

  private static List<Path> classPath() {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1)).stream()
        .map(Path::of)
        .filter(Files::exists)
        .toList();
  }

  private static void copy(Path from, Path to) throws IOException {
    Commands.run(List.of("cp", "-rL", from.toString(), to.toString()));
  }
}
