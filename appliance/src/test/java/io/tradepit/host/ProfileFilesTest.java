package io.tradepit.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.tradepit.config.AffinityLayout;
import io.tradepit.config.AffinityReader;
import io.tradepit.config.SegmentConfig.Profile;
import io.tradepit.host.preflight.Fact;
import io.tradepit.host.preflight.FakeHost;
import io.tradepit.host.preflight.LayoutSource;
import io.tradepit.host.preflight.WantedHost;
import io.tradepit.host.topology.FakeMachines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The files of affinity-config/, hugepages/ and nic-config/ against their schemas and against
 * themselves.
 */
@Timeout(30)
class ProfileFilesTest {
  /** Surefire runs in the module's folder. */
  private static final Path PROJECT = Path.of("").toAbsolutePath().getParent();

  private static final ObjectMapper MAPPER = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(strings = {"affinity-config/affinity", "hugepages/hugepages", "nic-config/nic"})
  void shouldHoldEveryFileToItsSchema(String name) throws IOException {
    JsonSchema schema = schema(name);
    for (Path file : yamlFiles(PROJECT.resolve(name).getParent())) {
      assertEquals(Set.of(), schema.validate(read(file)), file.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"affinity-config/affinity", "hugepages/hugepages"})
  void shouldRefuseAFileWithAKeyTooManyOrTooFew(String name) throws IOException {
    ObjectNode file = (ObjectNode) read(PROJECT.resolve(name).resolveSibling("embedded.yaml"));

    assertEquals(1, schema(name).validate(file.deepCopy().put("unknown", 1)).size());
    file.remove("profile");
    assertEquals(1, schema(name).validate(file).size());
  }

  @Test
  void shouldRefuseAffinityThatIsNotAllowed() throws IOException {
    assertThreadRefused("name", "tp-longer-than-15");
    assertThreadRefused("core", "2-3");
    assertThreadRefused("idle", "sleep");
    assertThreadRefused("why", "");
  }

  private static void assertThreadRefused(String key, String value) throws IOException {
    JsonNode file = read(PROJECT.resolve("affinity-config/embedded.yaml"));
    ((ObjectNode) file.at("/threads/0")).put(key, value);

    assertFalse(schema("affinity-config/affinity").validate(file).isEmpty(), key + "=" + value);
  }

  @Test
  void shouldRefuseALayoutOfABoxThatLeavesOutOrSpinsAnywhere() throws IOException {
    JsonSchema schema = schema("affinity-config/affinity");
    ObjectNode box = (ObjectNode) read(PROJECT.resolve("affinity-config/one-socket-16.yaml"));
    ObjectNode open = box.deepCopy();
    ((ObjectNode) open.at("/threads/0")).put("core", "any");

    assertFalse(schema.validate(open).isEmpty());
    assertFalse(schema.validate(box.deepCopy().without("housekeeping")).isEmpty());
    ((ObjectNode) box.at("/threads/0")).put("fifo", 100);
    assertFalse(schema.validate(box).isEmpty());
  }

  /** A machine as each layout describes it lets all of it pass; a box keeps pollers off core 0. */
  @Test
  void shouldReadEveryLayoutAndFindItRightOnItsMachine() throws IOException {
    Map<String, FakeHost> machines =
        Map.of(
            "embedded", FakeMachines.virtual2(),
            "one-socket-16", FakeMachines.oneSocket16(false),
            "two-socket-64", FakeMachines.twoSockets64(),
            "amd-ccx", FakeMachines.amd32());
    for (Path file : yamlFiles(PROJECT.resolve("affinity-config"))) {
      String name = file.getFileName().toString().replace(".yaml", "");
      AffinityLayout layout = AffinityReader.read(file);
      WantedHost wanted =
          new WantedHost(
              Optional.of(layout),
              Optional.empty(),
              List.of(),
              OptionalLong.empty(),
              Duration.ZERO);

      for (Fact fact : new LayoutSource().facts(machines.get(name), wanted)) {
        assertTrue(fact.status() == Fact.Status.PASS, name + ": " + fact);
      }
      assertEquals(
          layout.profile() == Profile.EMBEDDED,
          layout.plans().stream().allMatch(plan -> plan.core().isEmpty()));
    }
    assertEquals(4, machines.size());
  }

  @Test
  void shouldRefuseHugePagesThatNoOneVerifies() throws IOException {
    JsonNode file = read(PROJECT.resolve("hugepages/embedded.yaml"));
    ((ObjectNode) file.at("/users/0")).put("verify", "none");

    assertFalse(schema("hugepages/hugepages").validate(file).isEmpty());
    JsonNode box = read(PROJECT.resolve("hugepages/one-socket-16.yaml"));
    ((ObjectNode) box.at("/users/2")).put("verify", "none");

    assertFalse(schema("hugepages/hugepages").validate(box).isEmpty());
  }

  @Test
  void shouldRefuseANicProfileThatIsNotAllowed() throws IOException {
    Path file = PROJECT.resolve("nic-config/intel-e810.yaml");
    JsonSchema schema = schema("nic-config/nic");
    assertFalse(schema.validate(((ObjectNode) read(file)).put("unknown", 1)).isEmpty());
    assertFalse(schema.validate(((ObjectNode) read(file)).put("ptp", "gps")).isEmpty());
    for (String change : List.of("readBack=ethtool -K {interface} gro on", "id=gro", "why=fast")) {
      JsonNode broken = read(file);
      int equals = change.indexOf('=');
      ((ObjectNode) broken.at("/settings/0"))
          .put(change.substring(0, equals), change.substring(equals + 1));
      assertFalse(schema.validate(broken).isEmpty(), change);
    }
  }

  @Test
  void shouldRunEachRoleOnOneThread() throws IOException {
    List<String> roles = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonNode thread : read(PROJECT.resolve("affinity-config/embedded.yaml")).get("threads")) {
      assertTrue(names.add(thread.get("name").asText()), thread.toString());
      thread.get("roles").forEach(role -> roles.add(role.asText()));
    }

    assertEquals(
        List.of(
            "gateway-1",
            "publisher",
            "sequencer",
            "recorder",
            "matcher",
            "media",
            "feed-recovery",
            "snapshots",
            "admin"),
        roles);
  }

  @Test
  void shouldAgreeWithTheConfigurationOfTheAppliance() throws IOException {
    List<String> affinity = threads(PROJECT.resolve("affinity-config/embedded.yaml"));

    assertEquals(threads(Path.of("src/main/resources/tradepit/embedded.yaml")), affinity);
    assertEquals(6, affinity.size());
  }

  private static List<String> threads(Path file) throws IOException {
    List<String> threads = new ArrayList<>();
    for (JsonNode thread : read(file).get("threads")) {
      threads.add(
          thread.get("name").asText()
              + " "
              + thread.get("roles")
              + " "
              + thread.get("core").asText()
              + " "
              + thread.get("idle").asText());
    }
    threads.sort(null);
    return threads;
  }

  @Test
  void shouldNameOnlyPagesThatTheStateStoreKnows() throws IOException {
    Set<String> known = new HashSet<>();
    for (PageKind kind : PageKind.values()) {
      known.add(kind.configName());
    }
    Set<String> allowed = new HashSet<>();
    read(PROJECT.resolve("hugepages/hugepages.schema.json"))
        .at("/properties/users/items/properties/pages/enum")
        .forEach(kind -> allowed.add(kind.asText()));

    // Reserved pages are for the JVM and DPDK: the state's files outlive the process.
    assertTrue(allowed.remove("hugetlb"));
    assertEquals(known, allowed);
    for (Path file : yamlFiles(PROJECT.resolve("hugepages"))) {
      for (JsonNode user : read(file).get("users")) {
        boolean isState = user.get("user").asText().equals("matching-state");
        assertTrue(!isState || known.contains(user.get("pages").asText()), file.toString());
      }
    }
  }

  private static JsonSchema schema(String name) throws IOException {
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(read(PROJECT.resolve(name + ".schema.json")));
  }

  /** JSON is YAML too. */
  private static JsonNode read(Path file) throws IOException {
    Load load = new Load(LoadSettings.builder().setLabel(file.toString()).build());
    return MAPPER.valueToTree(load.loadFromString(Files.readString(file)));
  }

  private static List<Path> yamlFiles(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(".yaml")).toList();
      assertFalse(found.isEmpty(), "no file in " + directory);
      return found;
    }
  }
}
