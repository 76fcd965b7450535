/**
 * Segments for tools: a fresh one as a child process, or the place of one that runs.
 *
 * <p>A tool never has a segment inside itself: it meets it as a member would. Depends on {@code
 * config}; the main class is known by its name only.
 */
package io.tradepit.tools.segment;
