/**
 * The log of commands and the stream of events on Aeron IPC, recorded by Aeron Archive; the release
 * position; reading back what was recorded; and the agent that drives the matcher by released
 * commands.
 *
 * <p>{@code tp-media} and {@code tp-archive} are Aeron's threads; offers and polls are on the
 * caller's thread. This package knows frames, never what a command or an event means, and must not
 * depend on another station.
 */
package io.tradepit.journal;
