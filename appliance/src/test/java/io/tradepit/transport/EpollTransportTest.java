package io.tradepit.transport;

class EpollTransportTest extends TransportContractTest {
  EpollTransportTest() {
    super(new LoopbackSite("epoll"));
  }
}
