package io.tradepit.transport;

class IoUringTransportTest extends TransportContractTest {
  IoUringTransportTest() {
    super(new LoopbackSite("io_uring"));
  }
}
