/**
 * OUCH 5.0: a member's messages decoded into commands, events encoded into messages to a member;
 * and the member's side of both, for clients ({@code OuchRequestEncoder}, {@code
 * OuchAnswerDecoder}).
 *
 * <p>The fixed part of each message is read and written by flyweights generated from {@code
 * ouch.xml} (package {@code wire}, both directions); the appendage, the strict length rules and the
 * way to and from the segment's own commands and events are here. One thread for each instance;
 * nothing allocates. Depends on Agrona and the two generated packages; never on a session or a
 * socket.
 */
package io.tradepit.protocol.ouch;
