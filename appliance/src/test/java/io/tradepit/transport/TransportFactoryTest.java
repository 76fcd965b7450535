package io.tradepit.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tradepit.Tier;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which transport a name gives; what a machine lacks is played by JVMs that lack it. */
@Timeout(60)
class TransportFactoryTest {
  private static final String NO_NATIVE =
      " available=no cause=Native transport was explicit disabled with"
          + " -Dio.netty.transport.noNative=true";

  @TempDir private Path directory;

  @Test
  void shouldRefuseNamesThatDoNotExist() {
    for (String name : new String[] {"", "nio", "IO_URING"}) {
      assertEquals(
          "transport=" + name + " allowed=io_uring,epoll,bypass,auto",
          assertThrows(IllegalArgumentException.class, () -> open(name)).getMessage());
    }
  }

  @Test
  void shouldRefuseContextThatIsOutOfRange() {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    TransportContext context = new TransportContext().clock(System::nanoTime).backlog(0);
    assertThrows(
        IllegalArgumentException.class,
        () -> TransportFactory.open("auto", address, null, context));
  }

  @Test
  void shouldPreferIoUringWhenAutoAndItIsThere() {
    assumeTrue(NettyKind.IO_URING.isAvailable(), "this kernel lacks io_uring");
    try (Transport transport = open("auto")) {
      assertEquals("io_uring", transport.name());
      Tier.ran("auto", "obtained=" + transport.name());
    }
  }

  @Test
  void shouldSayWhyWhenNeitherIsThere() throws Exception {
    assertEquals(
        List.of(
            "auto: transport=epoll" + NO_NATIVE,
            "io_uring: transport=io_uring" + NO_NATIVE,
            "epoll: transport=epoll" + NO_NATIVE),
        obtained(classPath(), "-Dio.netty.transport.noNative=true"));
  }

  @Test
  void shouldTakeEpollForAutoOnlyWhenIoUringIsNotThere() throws Exception {
    String withoutIoUring =
        Arrays.stream(classPath().split(File.pathSeparator))
            .filter(entry -> !entry.contains("netty-transport-native-io_uring"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> obtained = obtained(withoutIoUring, "-Dunused=");
    assertEquals("auto: epoll", obtained.get(0));
    assertTrue(
        obtained.get(1).startsWith("io_uring: transport=io_uring available=no cause="),
        obtained.get(1));
    assertEquals("epoll: epoll", obtained.get(2));
  }

  private List<String> obtained(String classPath, String option) throws Exception {
    Path output = directory.resolve("output");
    Path errors = directory.resolve("errors");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                option,
                "-cp",
                classPath,
                ObtainedTransports.class.getName())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile())
            .start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "still running after 30 s");
    assertEquals(0, process.exitValue(), Files.readString(errors));
    return Files.readAllLines(output).stream().filter(line -> line.contains(": ")).toList();
  }

  private static Transport open(String name) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return TransportFactory.open(
        name, address, null, new TransportContext().clock(System::nanoTime));
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
