package io.tradepit.host.preflight;

import io.tradepit.config.HugePageReader;
import io.tradepit.config.NicReader;
import io.tradepit.host.preflight.WantedHost.Nic;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The healthy machine's pages, its E810 and its ptp4l, as the shipped plan and profile want them.
 * The texts of ethtool are in the form of version 6.1 for that card; those of pmc are as recorded
 * from linuxptp 3.1.1.
 */
final class HealthyCard {
  static final String PCI = "/sys/bus/pci/devices/0000:41:00.0";
  static final String NET = "/sys/class/net/eth2";
  static final String NODE = "/sys/devices/system/node/node0";
  static final String POOL = NODE + "/hugepages/hugepages-2048kB/";
  static final String PAGES_FILE = "/etc/default/grub.d/98-tradepit-hugepages.cfg";
  static final String PAGES = "default_hugepagesz=2M hugepagesz=2M hugepages=0:704";
  static final String SMAPS = "/proc/" + HealthyHost.PID + "/smaps";
  static final String NUMA_MAPS = "/proc/" + HealthyHost.PID + "/numa_maps";

  static final String[] PMC = {
    "pmc",
    "-u",
    "-b",
    "0",
    "-s",
    "/run/ptp4l",
    "-i",
    PtpSource.OWN_SOCKET,
    "GET TIME_STATUS_NP",
    "GET PORT_DATA_SET",
    "GET PARENT_DATA_SET",
    "GET DEFAULT_DATA_SET"
  };

  private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();

  private HealthyCard() {}

  /** The layout, plan and card; the segment runs. */
  static WantedHost wanted() {
    WantedHost host = HealthyHost.wanted();
    return new WantedHost(
        host.layout(),
        Optional.of(HugePageReader.read(PROJECT.resolve("hugepages/one-socket-16.yaml"))),
        List.of(
            new Nic(
                "eth2",
                NicReader.read(PROJECT.resolve("nic-config/intel-e810.yaml")),
                List.of(9001, 9002))),
        host.pid(),
        host.watch());
  }

  /** The same before the segment is started. */
  static WantedHost wantedBeforeTheStart() {
    WantedHost host = wanted();
    return new WantedHost(
        host.layout(), host.pages(), host.nics(), OptionalLong.empty(), host.watch());
  }

  static FakeHost machine() {
    FakeHost host = HealthyHost.machine();
    pages(host);
    process(host);
    card(host);
    settings(host);
    time(host);
    return host;
  }

  private static void pages(FakeHost host) {
    host.with(
        PAGES_FILE, "GRUB_CMDLINE_LINUX_DEFAULT=\"$GRUB_CMDLINE_LINUX_DEFAULT " + PAGES + "\"");
    host.replace("/proc/cmdline", "ro quiet", "ro " + PAGES + " quiet");
    host.withAll(POOL.substring(0, POOL.length() - 1), "nr_hugepages", "704");
    // 544 of them are the segment's, 160 are left: 128 for DPDK and 32 spare.
    host.with(POOL + "free_hugepages", "160");
    host.with("/sys/kernel/mm/hugepages/hugepages-2048kB/resv_hugepages", "0");
    String mounts =
        host.text("/proc/mounts").orElseThrow()
            + "\ntmpfs /mnt/tradepit/state tmpfs rw,nosuid,nodev,noexec,relatime,size=491520k,"
            + "mode=750,uid=997,gid=997,huge=always,mpol=bind:0 0 0"
            + "\ntmpfs /mnt/tradepit/aeron tmpfs rw,nosuid,nodev,noexec,relatime,size=262144k,"
            + "mode=750,uid=997,gid=997,huge=always,mpol=bind:0 0 0";
    host.with("/proc/mounts", mounts);
    host.with(
        NODE + "/meminfo",
        """
        Node 0 MemTotal:       131072000 kB
        Node 0 MemFree:        100000000 kB
        Node 0 Inactive(file):    500000 kB\
        """);
  }

  private static void process(FakeHost host) {
    host.with(
        SMAPS,
        region("c0000000-100000000 rw-p 00000000 00:11 9 /anon_hugepage (deleted)", 1048576, 2048)
            + region(
                "7f99f7200000-7f99fb200000 rwxp 00000000 00:11 8 /anon_hugepage (deleted)",
                65536,
                2048)
            + region(
                "7f0000000000-7f0010000000 rw-s 00000000 00:2f 7"
                    + " /mnt/tradepit/state/box/pages.map",
                346112,
                4)
            + region(
                "7f0020000000-7f0030000000 rw-s 00000000 00:30 6"
                    + " /mnt/tradepit/aeron/box/publications/25.logbuffer",
                49152,
                4));
    host.with(
        NUMA_MAPS,
        """
        c0000000 bind:0 file=/anon_hugepage\\040(deleted) huge anon=512 dirty=512 N0=512
        7f0000000000 default file=/mnt/tradepit/state/box/pages.map mapped=86528 N0=86528
        7f0020000000 default file=/mnt/tradepit/aeron/box/publications/25.logbuffer N0=12288\
        """);
  }

  private static String region(String head, int kb, int pageKb) {
    boolean isReserved = pageKb > 4;
    return head
        + "\nSize:           "
        + kb
        + " kB"
        + "\nRss:            "
        + kb
        + " kB"
        + "\nKernelPageSize:        "
        + pageKb
        + " kB"
        + "\nMMUPageSize:           "
        + pageKb
        + " kB"
        + "\nShmemPmdMapped:   "
        + (isReserved ? 0 : kb)
        + " kB"
        + "\nShared_Hugetlb:        0 kB"
        + "\nPrivate_Hugetlb:  "
        + (isReserved ? kb : 0)
        + " kB"
        + "\nVmFlags: rd wr mr mw me ac sd\n";
  }

  private static void card(FakeHost host) {
    host.withAll(
        NET,
        "carrier",
        "1",
        "speed",
        "25000",
        "device/power/control",
        "on",
        "device/msi_irqs/25",
        "msix");
    host.withAll(
        PCI,
        "link/l0s_aspm",
        "0",
        "link/l1_aspm",
        "0",
        "link/clkpm",
        "0",
        "aer_dev_fatal",
        "Undefined 0\nTLP 0\nTOTAL_ERR_FATAL 0",
        "aer_dev_nonfatal",
        "Undefined 0\nTOTAL_ERR_NONFATAL 0",
        "aer_dev_correctable",
        "RxErr 2\nTOTAL_ERR_COR 2");
  }

  private static void settings(FakeHost host) {
    ethtool(
        host,
        "-i",
        """
        driver: ice
        version: 6.1.0-40-amd64
        firmware-version: 4.40 0x8001c967 1.3534.0
        bus-info: 0000:41:00.0\
        """);
    ethtool(
        host,
        "--show-fec",
        """
        FEC parameters for eth2:
        Supported/Configured FEC encodings: Auto Off RS BaseR
        Active FEC encoding: None\
        """);
    ethtool(host, "--show-eee", "EEE settings for eth2:\n\tEEE status: not supported");
    ethtool(
        host,
        "--show-priv-flags",
        """
        Private flags for eth2:
        link-down-on-close     : off
        fw-lldp-agent          : off
        legacy-rx              : off\
        """);
    ethtool(
        host,
        "-l",
        """
        Channel parameters for eth2:
        Pre-set maximums:
        RX:\t\t16
        TX:\t\t16
        Other:\t\t1
        Combined:\t16
        Current hardware settings:
        RX:\t\t0
        TX:\t\t0
        Other:\t\t1
        Combined:\t2\
        """);
    ethtool(
        host,
        "-g",
        """
        Ring parameters for eth2:
        Pre-set maximums:
        RX:\t\t8160
        RX Mini:\tn/a
        TX:\t\t8160
        Current hardware settings:
        RX:\t\t1024
        RX Mini:\tn/a
        TX:\t\t512\
        """);
    ethtool(
        host,
        "-c",
        """
        Coalesce parameters for eth2:
        Adaptive RX: off  TX: off
        stats-block-usecs: n/a

        rx-usecs: 0
        rx-frames: n/a

        tx-usecs: 0
        tx-frames: n/a\
        """);
    ethtool(
        host,
        "-k",
        """
        Features for eth2:
        rx-checksumming: on
        tx-checksumming: on
        \ttx-checksum-ipv4: on
        tcp-segmentation-offload: off
        \ttx-tcp-segmentation: off
        generic-segmentation-offload: off
        generic-receive-offload: off
        large-receive-offload: off [fixed]
        ntuple-filters: on
        receive-hashing: on\
        """);
    ethtool(
        host,
        "-a",
        """
        Pause parameters for eth2:
        Autonegotiate:\ton
        RX:\t\toff
        TX:\t\toff
        RX negotiated: off
        TX negotiated: off\
        """);
    ethtool(
        host,
        "-n",
        """
        2 RX rings available
        Total 3 rules

        """
            + rule(1021, 9002, 1)
            + rule(1022, 9001, 1)
            + rule(1023, 22, 0));
    ethtool(
        host,
        "-x",
        """
        RX flow hash indirection table for eth2 with 2 RX ring(s):
            0:      0     0     0     0     0     0     0     0
            8:      0     0     0     0     0     0     0     0
        RSS hash key:
        82:19:fa:80:a4:31:06:59:3e:3f:9a:ac:3d:ae:d6:d9
        RSS hash function:
            toeplitz: on
            xor: off\
        """);
    ethtool(
        host,
        "-T",
        """
        Time stamping parameters for eth2:
        Capabilities:
        \thardware-transmit
        \tsoftware-transmit
        \thardware-receive
        \tsoftware-receive
        \tsoftware-system-clock
        \thardware-raw-clock
        PTP Hardware Clock: 0
        Hardware Transmit Timestamp Modes:
        \toff
        \ton\
        """);
  }

  private static String rule(int location, int port, int queue) {
    return """
    Filter: %d
    \tRule Type: TCP over IPv4
    \tSrc IP addr: 0.0.0.0 mask: 255.255.255.255
    \tDest IP addr: 0.0.0.0 mask: 255.255.255.255
    \tTOS: 0x0 mask: 0xff
    \tSrc port: 0 mask: 0xffff
    \tDest port: %d mask: 0x0
    \tAction: Direct to queue %d

    """
        .formatted(location, port, queue);
  }

  private static void ethtool(FakeHost host, String flag, String text) {
    host.withOutput(text, "ethtool", flag, "eth2");
  }

  /** A part of what ethtool prints, replaced. */
  static void change(FakeHost host, String flag, String part, String by) {
    String text = host.output("ethtool", flag, "eth2").orElseThrow();
    if (!text.contains(part)) {
      throw new IllegalArgumentException("ethtool " + flag + " has no " + part);
    }
    host.withOutput(text.replace(part, by), "ethtool", flag, "eth2");
  }

  private static void time(FakeHost host) {
    host.with("/run/ptp4l", "");
    host.with("/proc/710/comm", "ptp4l");
    host.with("/proc/711/comm", "phc2sys");
    host.withOutput(answer("1795673255761198741"), PMC);
    host.laterOutput(answer("1795673265761198801"), PMC);
  }

  private static String answer(String ingress) {
    return """
    sending: GET TIME_STATUS_NP
    sending: GET PORT_DATA_SET
    \te22569.fffe.199e9b-0 seq 0 RESPONSE MANAGEMENT TIME_STATUS_NP\s
    \t\tmaster_offset              -79
    \t\tingress_time               INGRESS
    \t\tcumulativeScaledRateOffset +0.000000000
    \t\tlastGmPhaseChange          0x0000'0000000000000000.0000
    \t\tgmPresent                  true
    \t\tgmIdentity                 422e94.fffe.484dcd
    sending: GET PARENT_DATA_SET
    \te22569.fffe.199e9b-1 seq 1 RESPONSE MANAGEMENT PORT_DATA_SET\s
    \t\tportIdentity            e22569.fffe.199e9b-1
    \t\tportState               SLAVE
    \t\tlogSyncInterval         -3
    sending: GET DEFAULT_DATA_SET
    \te22569.fffe.199e9b-0 seq 2 RESPONSE MANAGEMENT PARENT_DATA_SET\s
    \t\tparentPortIdentity                    422e94.fffe.484dcd-1
    \t\tgm.ClockClass                         6
    \t\tgm.ClockAccuracy                      0xfe
    \t\tgrandmasterIdentity                   422e94.fffe.484dcd
    \te22569.fffe.199e9b-0 seq 3 RESPONSE MANAGEMENT DEFAULT_DATA_SET\s
    \t\ttwoStepFlag             1
    \t\tslaveOnly               1
    \t\tclockClass              255\
    """
        .replace("INGRESS", ingress);
  }

  /** A part of what ptp4l says at both looks, replaced. */
  static void changeTime(FakeHost host, String part, String by) {
    host.withOutput(answer("1795673255761198741").replace(part, by), PMC);
    host.laterOutput(answer("1795673265761198801").replace(part, by), PMC);
  }
}
