package io.tradepit.admin;

import io.tradepit.stream.EventReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Answers operators on the admin socket, in its own duty cycle; never waits.
 *
 * <p>Owned by the {@code tp-admin} thread. Sockets are looked at once in {@link
 * AdminContext#pollIntervalNs}; a cycle in between polls the event stream only.
 */
public final class AdminServer implements Agent {
  private static final int EVENT_LIMIT = 64;
  private static final int MAX_CONNECTIONS = 16;

  private record Pending(AdminConnection connection, String what, long deadlineNs) {}

  private final AdminContext context;
  private final AdminSocket socket;
  private final AdminVerbs verbs;
  private final EventReader events;
  private final AdminDirectory directory;
  private final AtomicCounter requests;
  private final AtomicCounter refusals;
  private final List<AdminConnection> connections = new ArrayList<>();
  private final Map<Long, Pending> pending = new HashMap<>();
  private long nextPollNs;
  private long nowNs;

  /**
   * Listens at once, so that a second process is refused before it touches anything.
   *
   * @throws io.tradepit.config.StartException when another process listens there
   */
  public AdminServer(AdminContext given) {
    context = given.conclude();
    events = context.events();
    directory = context.directory();
    directory.onCompletion(this::onCompleted);
    requests = context.counters().counter("admin_requests_total", "Requests of operators");
    refusals = context.counters().counter("admin_refusals_total", "Requests not done");
    OperatorRing ring =
        new OperatorRing(context.ring(), context.clock(), context.lastGatewaySequence());
    verbs = new AdminVerbs(context, ring);
    socket = AdminSocket.open(context.socket(), context.forGroup());
  }

  @Override
  public int doWork() {
    int work = events.poll(directory, EVENT_LIMIT);
    nowNs = context.nanoClock().nanoTime();
    if (nowNs - nextPollNs < 0) {
      return work;
    }
    nextPollNs = nowNs + context.pollIntervalNs();
    return work + accept() + serve() + expire();
  }

  @Override
  public void onClose() {
    try {
      for (AdminConnection connection : connections) {
        connection.flush();
        connection.close();
      }
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String roleName() {
    return "tp-admin";
  }

  private int accept() {
    try {
      SocketChannel channel = connections.size() < MAX_CONNECTIONS ? socket.accept() : null;
      if (channel == null) {
        return 0;
      }
      long deadlineNs = nowNs + 2 * context.timeoutNs();
      connections.add(new AdminConnection(channel, socket.userOf(channel), deadlineNs));
      return 1;
    } catch (IOException e) {
      refusals.increment();
      return 0;
    }
  }

  private int serve() {
    int work = 0;
    for (Iterator<AdminConnection> i = connections.iterator(); i.hasNext(); ) {
      AdminConnection connection = i.next();
      work += serve(connection);
      if (!connection.isOpen()) {
        i.remove();
      }
    }
    return work;
  }

  private int serve(AdminConnection connection) {
    try {
      String request = connection.readRequest();
      if (request != null) {
        requests.increment();
        onRequest(connection, request);
      }
      if (connection.isOpen()) {
        connection.flush();
      }
      if (connection.isOpen() && connection.isLate(nowNs)) {
        connection.close();
      }
      return request == null ? 0 : 1;
    } catch (IOException e) {
      abandon(connection);
      return 1;
    }
  }

  private void onRequest(AdminConnection connection, String request) {
    AdminVerbs.Outcome outcome = verbs.apply(request, connection.wantsJson(), connection.user);
    if (outcome.answer() != null) {
      answer(connection, outcome.answer());
    } else {
      pending.put(
          outcome.correlationId(), new Pending(connection, request, nowNs + context.timeoutNs()));
    }
  }

  private void onCompleted(long correlationId, long count, char result) {
    Pending request = pending.remove(correlationId);
    if (request != null) {
      answer(request.connection, completed(request, count, result));
    }
  }

  private static AdminAnswer completed(Pending request, long count, char result) {
    boolean json = request.connection.wantsJson();
    return switch (result) {
      case 'Y' ->
          AdminAnswer.of(json ? "{\"done\":true,\"count\":" + count + "}" : "done: " + count);
      case 'N' -> AdminAnswer.of(json ? "{\"done\":false,\"count\":0}" : "nothing to do");
      default ->
          AdminAnswer.refused(request.what + ": refused by the segment in its present state");
    };
  }

  private int expire() {
    int before = pending.size();
    pending
        .values()
        .removeIf(request -> {
          boolean late = nowNs - request.deadlineNs >= 0;
          if (late) {
            answer(request.connection, late(request));
          }
          return late;
        });
    return before - pending.size();
  }

  private AdminAnswer late(Pending request) {
    return AdminAnswer.refused(
        request.what
            + ": no answer from the matcher within "
            + context.timeoutNs() / 1_000_000_000L
            + " s; the command is in the log and may still be applied");
  }

  private void answer(AdminConnection connection, AdminAnswer answer) {
    if (!answer.isOk()) {
      refusals.increment();
    }
    connection.answer(answer);
    try {
      connection.flush();
    } catch (IOException e) {
      abandon(connection);
    }
  }

  // The operator went away; what was asked for goes on without him.
  private static void abandon(AdminConnection connection) {
    try {
      connection.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
