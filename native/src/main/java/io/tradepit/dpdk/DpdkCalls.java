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

  static final MethodHandle PORT_RECEIVE =
      SHIM.function(
          "tp_port_receive",
          FunctionDescriptor.of(JAVA_SHORT, JAVA_LONG, JAVA_LONG, JAVA_SHORT),
          NEVER_BLOCKS);
  static final MethodHandle PORT_RELEASE =
      SHIM.function(
          "tp_port_release",
          FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_SHORT),
          NEVER_BLOCKS);
  static final MethodHandle PORT_RESERVE =
      SHIM.function(
          "tp_port_reserve", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_SHORT), NEVER_BLOCKS);
  static final MethodHandle PORT_FLUSH =
      SHIM.function("tp_port_flush", FunctionDescriptor.of(JAVA_SHORT, JAVA_LONG), NEVER_BLOCKS);

  private DpdkCalls() {}
}
