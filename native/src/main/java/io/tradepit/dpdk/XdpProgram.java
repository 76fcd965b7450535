package io.tradepit.dpdk;

/**
 * A program that an interface of the kernel runs on each frame that comes in.
 *
 * @param number of the kernel, above 0
 * @param name as it was loaded; that of an AF_XDP socket is {@value #OF_SOCKETS}
 */
public record XdpProgram(int number, String name) {
  /** The program that libxdp loads for a socket (xsk_def_xdp_prog.c). */
  public static final String OF_SOCKETS = "xsk_def_prog";
}
