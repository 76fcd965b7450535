package io.tradepit.publication;

import io.tradepit.protocol.mold.MoldLayout;
import io.tradepit.protocol.mold.MoldPacketDecoder;
import io.tradepit.protocol.soupbin.SoupBinText;
import io.tradepit.stream.EventHandler;
import io.tradepit.telemetry.CounterFactory;
import io.tradepit.transport.DatagramPort;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.agrona.CloseHelper;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.AtomicCounter;

/**
 * Answers MoldUDP64 requests from the recorded event stream: one ordinary packet, unicast to where
 * the request came from, with as many whole messages as were wanted and fit. Feed recovery's
 * thread; never on the path of an order.
 *
 * <p>The recorded events pass the encoder that the publisher uses, so the bytes are those of the
 * live feed. A request that goes on where the last reply ended goes on reading there; any other
 * begins at the entry of the index before it. Work is bounded by requests and frames a duty cycle:
 * a request that needs more goes on in the next one.
 *
 * <p>What can't be answered is dropped and counted, since the protocol has no word for no. A fault
 * of the socket is counted too: it never ends the segment.
 */
final class RetransmissionServer implements AutoCloseable {
  /** A byte more than a request has shows that a datagram was longer. */
  private static final int MOST_REQUEST_BYTES = MoldLayout.HEADER_LENGTH + 1;

  private final FeedHistory history;
  private final DatagramPort port;
  private final RequesterLimits limits;
  private final FeedReply reply;
  private final EventHandler reader;
  private final ByteBuffer request = ByteBuffer.allocateDirect(MOST_REQUEST_BYTES);
  private final UnsafeBuffer requestBytes = new UnsafeBuffer(request);
  private final MoldPacketDecoder decoder = new MoldPacketDecoder();
  private final int requestsPerDutyCycle;
  private final int framesPerDutyCycle;
  private final AtomicCounter requests;
  private final AtomicCounter replies;
  private final AtomicCounter messages;
  private final AtomicCounter limited;
  private final AtomicCounter crowded;
  private final AtomicCounter malformed;
  private final AtomicCounter foreign;
  private final AtomicCounter unknown;
  private final AtomicCounter unsent;
  private final AtomicCounter faults;
  private InetSocketAddress requester;
  private long position;
  // Where the last reply ended: the frame, and the first message that was not in it.
  private long endPosition = -1;
  private long endNumber;

  RetransmissionServer(RetransmissionContext context, FeedHistory history, CounterFactory counted) {
    this.history = history;
    limits =
        new RequesterLimits(context.requesters(), context.burst(), context.requestsPerSecond());
    reply = new FeedReply(context.maxPayloadBytes());
    reader = new FeedFrameWalker(new FeedEncoder(reply), (buffer, offset) -> {}, () -> {});
    requestsPerDutyCycle = context.requestsPerDutyCycle();
    framesPerDutyCycle = context.framesPerDutyCycle();
    requests = counted.counter("retransmission_requests_total", "Requests that came, all of them");
    replies = counted.counter("retransmission_replies_total", "Requests answered");
    messages = counted.counter("retransmission_messages_total", "Messages sent again");
    limited =
        counted.counter("retransmission_limited_total", "Requests above their source's limit");
    crowded =
        counted.counter("retransmission_crowded_total", "Requests of more sources than are known");
    malformed =
        counted.counter("retransmission_malformed_total", "Requests of a wrong length or of none");
    foreign = counted.counter("retransmission_foreign_total", "Requests for another session");
    unknown =
        counted.counter(
            "retransmission_unknown_total", "Requests for number 0 or for what is not there yet");
    unsent =
        counted.counter("retransmission_unsent_total", "Replies that the kernel had no room for");
    faults = counted.counter("retransmission_faults_total", "Faults of the socket");
    port = new DatagramPort(context.address());
  }

  /** The address that requests go to, with the port in fact obtained. */
  InetSocketAddress localAddress() {
    return port.localAddress();
  }

  /** Requests answered; any thread. */
  long replies() {
    return replies.get();
  }

  /** Requests that came; any thread. */
  long requests() {
    return requests.get();
  }

  /** Answers what is there; returns the work count. */
  int doWork(long nowNs) {
    int frames = 0;
    int received = 0;
    while (frames < framesPerDutyCycle) {
      if (requester != null) {
        frames += read(framesPerDutyCycle - frames);
      } else if (received < requestsPerDutyCycle && receive(nowNs)) {
        received++;
      } else {
        return frames + received;
      }
    }
    return frames;
  }

  private boolean receive(long nowNs) {
    try {
      request.clear();
      InetSocketAddress source = port.receive(request);
      if (source == null) {
        return false;
      }
      requests.getAndAddRelease(1);
      onRequest(source, request.position(), nowNs);
    } catch (UncheckedIOException fault) {
      // Not handed on to the agent loop: the market does not end because nobody can ask.
      faults.getAndAddRelease(1);
      return false;
    }
    return true;
  }

  private void onRequest(InetSocketAddress source, int length, long nowNs) {
    AtomicCounter refusal = refusal(source, length, nowNs);
    if (refusal != null) {
      refusal.getAndAddRelease(1);
      return;
    }
    long first = decoder.sequenceNumber();
    reply.begin(history.session(), first, Math.min(decoder.count(), history.nextNumber() - first));
    requester = source;
    position = history.positionBefore(first);
    if (first >= endNumber) {
      position = Math.max(position, endPosition);
    }
  }

  /** Where a request is counted that is not answered, or null. */
  private AtomicCounter refusal(InetSocketAddress source, int length, long nowNs) {
    switch (limits.onRequest(source.getAddress(), nowNs)) {
      case TOO_FAST -> {
        return limited;
      }
      case TABLE_FULL -> {
        return crowded;
      }
      case ALLOWED -> {
        // Looked at below.
      }
    }
    if (!decoder.wrapRequest(requestBytes, 0, length) || decoder.count() == 0) {
      return malformed;
    }
    if (!history.hasSession() || !isSession()) {
      return foreign;
    }
    long first = decoder.sequenceNumber();
    return first <= 0 || first >= history.nextNumber() ? unknown : null;
  }

  private boolean isSession() {
    return SoupBinText.equalTrimmed(
        requestBytes,
        MoldLayout.SESSION_OFFSET,
        MoldLayout.SESSION_LENGTH,
        history.session(),
        0,
        MoldLayout.SESSION_LENGTH);
  }

  private int read(int mostFrames) {
    int frames = 0;
    while (frames < mostFrames && !reply.isComplete()) {
      endPosition = position;
      position = history.readFrame(position, reader);
      frames++;
    }
    if (reply.isComplete()) {
      endNumber = reply.next();
      send();
      requester = null;
    }
    return frames;
  }

  private void send() {
    try {
      if (port.trySend(reply.packet(), requester)) {
        replies.getAndAddRelease(1);
        messages.getAndAddRelease(reply.count());
      } else {
        unsent.getAndAddRelease(1);
      }
    } catch (UncheckedIOException fault) {
      faults.getAndAddRelease(1);
    }
  }

  @Override
  public void close() {
    CloseHelper.close(port);
  }
}
