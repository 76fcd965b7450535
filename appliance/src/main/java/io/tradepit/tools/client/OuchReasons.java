package io.tradepit.tools.client;

import java.util.Map;

/** The venue's reasons in words: OUCH 5.0, cancel reasons and reject reasons. */
public final class OuchReasons {
  private static final String[] REJECTS = {
    "",
    "quote unavailable",
    "destination closed: the venue is not trading",
    "invalid display",
    "invalid max floor",
    "invalid peg type",
    "fat finger",
    "trading in the instrument is halted",
    "intermarket sweep not allowed",
    "invalid side",
    "processing error: the venue has no room for it",
    "cancel pending",
    "firm not authorised, or the session is disabled",
    "invalid minimum quantity",
    "no closing reference price",
    "not possible here",
    "cancel not allowed",
    "pegging not allowed",
    "crossed market",
    "invalid quantity, by limits or lot",
    "invalid cross order",
    "replace not allowed",
    "routing not allowed",
    "invalid symbol",
    "test",
    "late limit-on-close order too aggressive",
    "retail not allowed",
    "invalid midpoint post-only price",
    "invalid destination",
    "invalid price, by limits or tick",
    "shares exceed the threshold",
    "exceeds the maximum allowed notional",
    "risk: aggregate exposure",
    "risk: market impact",
    "risk: restricted stock",
    "risk: short sell restricted",
    "risk: intermarket sweep not allowed",
    "risk: limit of the average daily volume",
    "risk: fat finger",
    "risk: locate required",
    "risk: message rate of the symbol",
    "risk: message rate of the port",
    "risk: rate of duplicate messages",
    "risk: short sell not allowed",
    "risk: market order not allowed",
    "risk: pre-market not allowed",
    "risk: post-market not allowed",
    "risk: short sell exempt not allowed",
    "risk: notional of a single order",
    "risk: maximum quantity",
    "short sell state not available",
    "risk: market buy in an IPO not allowed",
  };
  private static final int INVALID_AIQ = 0x40;

  private static final Map<Character, String> CANCELS =
      Map.ofEntries(
          Map.entry('D', "regulatory restriction"),
          Map.entry('E', "the day has ended"),
          Map.entry('F', "post-only would slide"),
          Map.entry('G', "post-only would slide against a displayed order"),
          Map.entry('H', "halted"),
          Map.entry('I', "immediate or cancel: not matched"),
          Map.entry('K', "market collar"),
          Map.entry('Q', "self-match prevention"),
          Map.entry('S', "by the operator"),
          Map.entry('T', "time in force expired"),
          Map.entry('U', "as you asked"),
          Map.entry('X', "opening protection"),
          Map.entry('Z', "cancel on disconnect: the session was away"),
          Map.entry('e', "over the allowable shares"));

  private OuchReasons() {}

  /** The meaning of a reject reason. */
  public static String ofReject(int reason) {
    if (reason > 0 && reason < REJECTS.length) {
      return REJECTS[reason];
    }
    return reason == INVALID_AIQ
        ? "invalid self-match prevention"
        : String.format("reason 0x%04X, which OUCH 5.0 does not name", reason);
  }

  /** The meaning of a cancel reason. */
  public static String ofCancel(byte reason) {
    return CANCELS.getOrDefault((char) reason, "reason " + (char) reason);
  }
}
