package io.tradepit.dpdk;

/**
 * What a port has counted since it was opened. The first eight are of the driver, which may know
 * less than it could.
 *
 * @param receivedFrames taken
 * @param receivedBytes of these
 * @param sentFrames handed to the wire
 * @param sentBytes of these
 * @param missedFrames lost since nobody polled in time
 * @param receiveErrors wrong check sequence and the like
 * @param sendErrors lost on the way out
 * @param withoutBuffer lost since the pool was empty
 * @param inPieces dropped since they were longer than a buffer
 * @param refusedRoom times that {@link Dpdk#reserve} had no room
 * @param foreignStamps stamps not within a second of this machine's clock, which were not used
 * @param dropped to be sent, but the link was down, or the device had taken nothing for a second
 */
public record PortStatistics(
    long receivedFrames,
    long receivedBytes,
    long sentFrames,
    long sentBytes,
    long missedFrames,
    long receiveErrors,
    long sendErrors,
    long withoutBuffer,
    long inPieces,
    long refusedRoom,
    long foreignStamps,
    long dropped) {}
