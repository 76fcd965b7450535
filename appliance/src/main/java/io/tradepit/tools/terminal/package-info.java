/**
 * Drawing on a terminal: text into a {@link io.tradepit.tools.terminal.Canvas}, the canvas onto a
 * {@link io.tradepit.tools.terminal.Display}.
 *
 * <p>Canvas, ladder, bars and figures are pure: they know no terminal, so that tests compare whole
 * pictures. Only the displays touch a real one, by JLine. Everything here is for people: it
 * allocates, runs on the thread of its caller, and is never on the order path.
 */
package io.tradepit.tools.terminal;
