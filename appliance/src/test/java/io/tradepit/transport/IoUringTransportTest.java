package io.tradepit.transport;

class IoUringTransportTest extends TransportContractTest {
  IoUringTransportTest() {
    super("io_uring");
  }
}
