package io.tradepit.admin;

import io.tradepit.config.ExitCode;
import io.tradepit.config.StartException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import jdk.net.ExtendedSocketOptions;

/** The listening Unix domain socket in a segment's directory: its file, and who its peers are. */
final class AdminSocket implements AutoCloseable {
  /** The peer's user id could not be found out. */
  static final int UNKNOWN_USER = -1;

  private static final int BACKLOG = 16;

  private final Path path;
  private final ServerSocketChannel channel;

  private AdminSocket(Path path, ServerSocketChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Listens without blocking. The file of a process that is gone is taken away.
   *
   * @param forGroup whether the file's group may use it; else its owner only
   * @throws StartException when another process listens there, or the group can't reach it
   */
  static AdminSocket open(Path path, boolean forGroup) {
    try {
      Files.createDirectories(path.getParent());
      if (forGroup) {
        requireOpenToGroup(path.getParent());
      }
      if (Files.exists(path)) {
        requireDead(path);
        Files.delete(path);
      }
      return new AdminSocket(path, listen(path, forGroup));
    } catch (IOException e) {
      throw new StartException(
          ExitCode.OTHER,
          "admin.socket=" + path + ": allowed a path where a socket can be made (" + e + ")",
          e);
    }
  }

  private static void requireOpenToGroup(Path directory) throws IOException {
    if (!Files.getPosixFilePermissions(directory).contains(PosixFilePermission.GROUP_EXECUTE)) {
      throw new StartException(
          ExitCode.CONFIGURATION,
          "admin.access=group directory="
              + directory
              + ": no one of its group can reach a socket in it; allowed a directory that is open to"
              + " the group, such as /run/tradepit/NAME of the service, or access=owner");
    }
  }

  private static ServerSocketChannel listen(Path path, boolean forGroup) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      // Bound under another name and renamed when only those may use it who shall.
      Path next = path.resolveSibling(path.getFileName() + "~");
      Files.deleteIfExists(next);
      channel.bind(UnixDomainSocketAddress.of(next), BACKLOG);
      String permissions = forGroup ? "rw-rw----" : "rw-------";
      Files.setPosixFilePermissions(next, PosixFilePermissions.fromString(permissions));
      channel.configureBlocking(false);
      Files.move(next, path);
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void requireDead(Path path) throws IOException {
    try (SocketChannel probe = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
      if (probe.isConnected()) {
        throw new StartException(
            ExitCode.ALREADY_RUNNING,
            "admin.socket=" + path + ": a segment already runs here; stop it or use another --dir");
      }
    } catch (ConnectException e) {
      // No one listens: its process is gone.
      return;
    } catch (SocketException e) {
      throw new StartException(
          ExitCode.OTHER, "admin.socket=" + path + ": allowed a path that is no other file", e);
    }
  }

  /** The next connection, or null. */
  SocketChannel accept() throws IOException {
    SocketChannel accepted = channel.accept();
    if (accepted != null) {
      accepted.configureBlocking(false);
    }
    return accepted;
  }

  /**
   * The user id of the process at the other end, from {@code SO_PEERCRED} of {@code unix(7)}; the
   * JDK gives it as a name, which is looked up among the socket's owner, root and /etc/passwd.
   */
  int userOf(SocketChannel peer) throws IOException {
    UserPrincipal user = peer.getOption(ExtendedSocketOptions.SO_PEERCRED).user();
    if (user.equals(Files.getOwner(path))) {
      return (Integer) Files.getAttribute(path, "unix:uid");
    }
    if (user.getName().matches("\\d+")) {
      return Integer.parseUnsignedInt(user.getName());
    }
    for (String line : Files.readAllLines(Path.of("/etc/passwd"))) {
      String[] fields = line.split(":", -1);
      if (fields.length > 2 && fields[0].equals(user.getName())) {
        return Integer.parseUnsignedInt(fields[2]);
      }
    }
    return UNKNOWN_USER;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }
}
