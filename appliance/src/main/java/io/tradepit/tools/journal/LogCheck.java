package io.tradepit.tools.journal;

import io.tradepit.journal.RecordedFiles;
import io.tradepit.matching.state.LogHash;
import io.tradepit.protocol.sbe.MessageHeaderDecoder;
import io.tradepit.protocol.sbe.OriginDecoder;
import io.tradepit.stream.LogFailedException;
import io.tradepit.stream.LogFrame;

/**
 * Goes over a recorded log and holds each command against the one before: sequence numbers are
 * dense, time never decreases, a gateway's numbers are dense but for what it sent again. Chains the
 * hash of the log. One thread.
 */
final class LogCheck implements AutoCloseable {
  private static final int SHORTEST =
      LogFrame.HEADER_LENGTH + MessageHeaderDecoder.ENCODED_LENGTH + OriginDecoder.ENCODED_LENGTH;
  private static final int GATEWAYS = 256;

  private final RecordedFiles files;
  private final LogCursor log;
  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final OriginDecoder origin = new OriginDecoder();
  private final long[] gatewaySequences = new long[GATEWAYS];
  private long sequence;
  private long timeNs;
  private long hash;
  private long repeats;

  LogCheck(RecordedFiles files) {
    this.files = files;
    this.log = new LogCursor(files);
  }

  /**
   * Checks the next command.
   *
   * @return false when there is none
   * @throws DefectFoundException which names the first thing that is wrong
   */
  boolean next() {
    try {
      if (!log.next()) {
        return false;
      }
    } catch (LogFailedException e) {
      throw new DefectFoundException(e.getMessage() + " afterSequence=" + sequence, e);
    }
    checkForm();
    checkOrder();
    checkGateway();
    sequence = log.sequence();
    timeNs = log.timeNs();
    hash =
        LogHash.next(
            hash, sequence, timeNs, log.buffer(), LogFrame.HEADER_LENGTH, log.commandLength());
    return true;
  }

  private void checkForm() {
    if (log.frameLength() < SHORTEST) {
      throw defect("command is cut short: length=" + log.frameLength());
    }
    header.wrap(log.buffer(), LogFrame.HEADER_LENGTH);
    int block = header.blockLength();
    if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID
        || block < OriginDecoder.ENCODED_LENGTH
        || block != log.commandLength() - MessageHeaderDecoder.ENCODED_LENGTH) {
      throw defect(
          "no command: schemaId="
              + header.schemaId()
              + " blockLength="
              + block
              + " length="
              + log.commandLength());
    }
  }

  private void checkOrder() {
    if (log.sequence() != sequence + 1) {
      throw defect("sequence numbers are not dense: found=" + log.sequence());
    }
    if (log.timeNs() < timeNs) {
      throw defect("time goes back: timeNs=" + log.timeNs() + " before=" + timeNs);
    }
  }

  private void checkGateway() {
    origin.wrap(log.buffer(), header.offset() + MessageHeaderDecoder.ENCODED_LENGTH);
    int gateway = origin.gateway();
    long last = gatewaySequences[gateway];
    long found = origin.gatewaySequence();
    if (found > last + 1) {
      throw defect(
          "gateway's numbers are not dense: gateway="
              + gateway
              + " gatewaySequence="
              + found
              + " before="
              + last);
    }
    repeats += found <= last ? 1 : 0;
    gatewaySequences[gateway] = Math.max(last, found);
  }

  private DefectFoundException defect(String what) {
    return DefectFoundException.at(files, log.position(), sequence + 1, what);
  }

  /** Of the last command checked, 0 = none. */
  long sequence() {
    return sequence;
  }

  long timeNs() {
    return timeNs;
  }

  /** The hash of the log up to it. */
  long hash() {
    return hash;
  }

  /** Behind it. */
  long nextPosition() {
    return log.nextPosition();
  }

  /** Commands that a gateway sent again. */
  long repeats() {
    return repeats;
  }

  /** Gateways that have sent, the operator's among them. */
  int gateways() {
    int gateways = 0;
    for (long last : gatewaySequences) {
      gateways += last > 0 ? 1 : 0;
    }
    return gateways;
  }

  @Override
  public void close() {
    log.close();
  }
}
