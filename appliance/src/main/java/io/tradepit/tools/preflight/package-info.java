/**
 * Preflight as people and programs read it: what is wanted in, the facts of {@code host.preflight}
 * asked, and a text, JSON or one self-contained page out, each a pure function of {@link
 * io.tradepit.tools.preflight.PreflightReport}. Runs on its caller's thread; changes nothing on the
 * machine.
 */
package io.tradepit.tools.preflight;
