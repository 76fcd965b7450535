package io.tradepit.host;

import io.tradepit.host.HostRefusedException.Kind;
import io.tradepit.kernel.Libc;

/** Binds a mapping of matching state to a NUMA node, and has the kernel confirm it. */
final class NodeBinding {
  private NodeBinding() {}

  /**
   * When the mapping is populated, since only what is mapped is moved: pages that the file has
   * already go to the node, later ones come from it.
   *
   * @throws HostRefusedException when there is no such node, or a page can't be moved
   */
  static void bind(StateStoreContext context, AlignedMapping mapping) {
    if (context.node().isPresent()) {
      int node = context.node().getAsInt();
      int result =
          context
              .libc()
              .mbind(
                  mapping.address(),
                  mapping.lengthBytes(),
                  Libc.MPOL_BIND,
                  node,
                  Libc.MPOL_MF_STRICT | Libc.MPOL_MF_MOVE);
      if (result < 0) {
        throw refused(context, "errno=" + -result);
      }
    }
  }

  /**
   * After it is populated.
   *
   * @throws HostRefusedException when a page is elsewhere
   */
  static void confirm(StateStoreContext context, AlignedMapping mapping) {
    if (context.node().isPresent()) {
      int node = context.node().getAsInt();
      NumaMaps.Nodes nodes = new NumaMaps(context.proc()).mappingAt(mapping.address());
      if (!nodes.areAllOn(node) || !nodes.policy().equals("bind:" + node)) {
        throw refused(
            context, "policy=" + nodes.policy() + " pagesOfNodes=" + nodes.pagesOfNodes());
      }
    }
  }

  private static HostRefusedException refused(StateStoreContext context, String found) {
    return new HostRefusedException(
        Kind.NODE,
        "directory="
            + context.directory()
            + " node="
            + context.node().orElseThrow()
            + " "
            + found
            + ": the matching state is not on its node; see /sys/devices/system/node/has_memory,"
            + " free memory there, or leave out node of matching-state in host.hugepages");
  }
}
