package io.tradepit.dpdk;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.tradepit.shim.Shim;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** The functions of {@code port.h}, a static handle each, of a shim whose layout was asserted. */
final class DpdkCalls {
  private static final Linker.Option NEVER_BLOCKS = Linker.Option.critical(false);

  private static final FunctionDescriptor RECEIVE =
      FunctionDescriptor.of(JAVA_SHORT, JAVA_LONG, JAVA_LONG, JAVA_SHORT);
  private static final FunctionDescriptor RELEASE =
      FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_SHORT);
  private static final FunctionDescriptor RESERVE =
      FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_SHORT);
  private static final FunctionDescriptor FLUSH = FunctionDescriptor.of(JAVA_SHORT, JAVA_LONG);

  static final Shim SHIM = DpdkShim.open();

  static final MethodHandle VERSION =
      SHIM.function("tp_dpdk_version", FunctionDescriptor.of(ADDRESS));
  static final MethodHandle EAL_START =
      SHIM.function(
          "tp_eal_start", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT));
  static final MethodHandle EAL_STOP =
      SHIM.function("tp_eal_stop", FunctionDescriptor.of(JAVA_INT));
  static final MethodHandle THREAD_REGISTER =
      SHIM.function("tp_thread_register", FunctionDescriptor.of(JAVA_INT));
  static final MethodHandle THREAD_UNREGISTER =
      SHIM.function("tp_thread_unregister", FunctionDescriptor.ofVoid());
  static final MethodHandle PORT_OPEN =
      SHIM.function(
          "tp_port_open", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT));
  static final MethodHandle PORT_CLOSE =
      SHIM.function("tp_port_close", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
  static final MethodHandle PORT_DEVICE =
      SHIM.function("tp_port_device", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
  static final MethodHandle PORT_DESCRIBE =
      SHIM.function("tp_port_describe", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));
  static final MethodHandle PORT_STATISTICS =
      SHIM.function("tp_port_statistics", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, ADDRESS));
  static final MethodHandle PORT_LINK =
      SHIM.function("tp_port_link", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
  static final MethodHandle PORT_STEER =
      SHIM.function(
          "tp_port_steer",
          FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_SHORT, ADDRESS, JAVA_INT));
  static final MethodHandle INTERFACE_FLAGS =
      SHIM.function("tp_interface_flags", FunctionDescriptor.of(JAVA_INT, ADDRESS));
  static final MethodHandle XDP_PROGRAM =
      SHIM.function(
          "tp_xdp_program", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT));
  static final MethodHandle XDP_DETACH =
      SHIM.function("tp_xdp_detach", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));

  /** Of ports whose drivers never wait. */
  static final MethodHandle PORT_RECEIVE = burst("tp_port_receive", RECEIVE, NEVER_BLOCKS);

  static final MethodHandle PORT_RELEASE = burst("tp_port_release", RELEASE, NEVER_BLOCKS);
  static final MethodHandle PORT_RESERVE = burst("tp_port_reserve", RESERVE, NEVER_BLOCKS);
  static final MethodHandle PORT_FLUSH = burst("tp_port_flush", FLUSH, NEVER_BLOCKS);

  /** The two that ask the driver, of ports whose drivers may wait for the kernel. */
  static final MethodHandle PORT_RECEIVE_WAITING = burst("tp_port_receive", RECEIVE);

  static final MethodHandle PORT_FLUSH_WAITING = burst("tp_port_flush", FLUSH);

  private static MethodHandle burst(
      String function, FunctionDescriptor descriptor, Linker.Option... options) {
    return SHIM.function(function, descriptor, options);
  }

  private DpdkCalls() {}
}
