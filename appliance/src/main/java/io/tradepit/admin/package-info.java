/**
 * The operator's door: a Unix domain socket that takes one line and answers with lines.
 *
 * <pre>
 *   request:  [--json] VERB WORD...\n
 *   answer:   OK\n   or   ERROR CODE TEXT\n      CODE is an exit code
 *             LINE\n ...                         text, or one JSON object
 *             .\n
 * </pre>
 *
 * <p>The server runs on the {@code tp-admin} thread and may allocate. What changes state becomes a
 * command in the log, with the user id of the peer; it is answered when its event comes back. This
 * package never depends on a station.
 */
package io.tradepit.admin;
