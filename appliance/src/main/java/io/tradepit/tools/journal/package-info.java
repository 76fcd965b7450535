/**
 * What an operator asks of recorded days: {@code ./tradepit journal stat|verify|dump|at}.
 *
 * <p>Reads a segment's archive through {@link io.tradepit.journal.RecordedDays}, beside a segment
 * that runs or long after it, and writes nothing there. This is the one room of the tools that
 * meets stations: it reads what {@code journal} recorded and holds it against a {@code matching}
 * matcher of its own, as {@code recovery} does. Everything runs on the calling thread.
 */
package io.tradepit.tools.journal;
