package io.tradepit.perf.wire;

import java.util.List;

/** What lies between the segment and the member. */
interface WireNetwork extends AutoCloseable {
  /** Of the segment's gateway. */
  String address();

  /** As the table names it. */
  String label();

  /** The command line that runs another one where the segment is. */
  List<String> inVenue(List<String> command);

  /** The command line that runs another one where the member is. */
  List<String> inMember(List<String> command);

  @Override
  void close();
}
