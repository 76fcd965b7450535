package io.tradepit.dpdk;

import io.tradepit.shim.Shim;

/** The library that {@code dpdk.c} and the files beside it become. */
final class DpdkShim {
  private static final long ABI = 6;

  private DpdkShim() {}

  /**
   * Opens the shim, and asserts what Java knows of it by constants.
   *
   * @throws io.tradepit.shim.ShimException when it is not there or not the one expected
   */
  static Shim open() {
    Shim shim = Shim.open("dpdk");
    shim.require("abi", ABI);
    shim.require("frame.bytes", FrameLayout.LENGTH);
    shim.require("frame.data", FrameLayout.DATA_OFFSET);
    shim.require("frame.length", FrameLayout.LENGTH_OFFSET);
    shim.require("frame.flags", FrameLayout.FLAGS_OFFSET);
    shim.require("frame.stamp", FrameLayout.STAMP_OFFSET);
    shim.require("frame.handle", FrameLayout.HANDLE_OFFSET);
    shim.require("frame.checksum-good", FrameLayout.CHECKSUM_GOOD);
    shim.require("can.check-checksums", Dpdk.CHECKS_CHECKSUMS);
    shim.require("can.fill-checksums", Dpdk.FILLS_CHECKSUMS);
    shim.require("can.stamp", Dpdk.STAMPS);
    shim.require("can.steer", Dpdk.STEERS);
    return shim;
  }
}
