package io.tradepit.tools.nic;

import io.tradepit.dpdk.Dpdk;
import io.tradepit.dpdk.PortDescription;
import io.tradepit.host.ethernet.EthernetPorts.OpenPort;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a probe found, a name and a value each. */
record ProbeResult(OpenPort port, PollCost cost) {
  Map<String, String> fields() {
    PortDescription found = port.description();
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("device", port.config().device());
    fields.put("driver", found.driver());
    fields.put("mac", HexFormat.ofDelimiter(":").formatHex(port.macBytes()));
    fields.put("node", found.node() < 0 ? "none" : Integer.toString(found.node()));
    fields.put("link", link(found));
    fields.put("mtu", Integer.toString(found.mtu()));
    fields.put("rings", found.receiveRing() + " in, " + found.sendRing() + " out");
    fields.put("checksums in", word(found, Dpdk.CHECKS_CHECKSUMS));
    fields.put("checksums out", word(found, Dpdk.FILLS_CHECKSUMS));
    fields.put("stamps", word(found, Dpdk.STAMPS));
    fields.put("steering", (found.can() & Dpdk.STEERS) != 0 ? "takes rules" : "takes no rules");
    fields.put(
        "calls",
        found.mayWait() ? "plain, the driver asks the kernel" : "critical, it never waits");
    fields.put("frames seen", Long.toString(cost.frames()));
    fields.put("empty poll", polls());
    return fields;
  }

  private static String link(PortDescription found) {
    String speed = found.linkMbps() == 0 ? "" : ", " + found.linkMbps() + " Mb/s";
    return (found.isLinkUp() ? "up" : "down") + speed;
  }

  private static String word(PortDescription found, int offload) {
    if ((found.can() & offload) == 0) {
      return "not by the device";
    }
    return (found.does() & offload) != 0 ? "by the device" : "not asked for";
  }

  private String polls() {
    return "p50 %d, p90 %d, p99 %d, max %d ns; each the mean of %d"
        .formatted(
            cost.percentile(50),
            cost.percentile(90),
            cost.percentile(99),
            cost.percentile(100),
            PollCost.GROUP);
  }
}
