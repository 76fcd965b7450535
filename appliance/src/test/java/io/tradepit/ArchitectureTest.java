package io.tradepit;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The layering of the product's packages. A package that does not exist yet breaks no rule. */
@Timeout(60)
class ArchitectureTest {
  private static final String[] STATIONS =
      packages("gateway", "sequencer", "journal", "matching", "publication", "recovery");
  private static final String[] GROUND =
      packages(
          "stream",
          "protocol",
          "transport",
          "time",
          "host",
          "telemetry",
          "admin",
          "config",
          "kernel",
          "shim",
          "dpdk",
          "lwip");

  private static final String AUDIT = "io.tradepit.tools.journal..";

  private static final JavaClasses PRODUCT =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.tradepit");

  @Test
  void shouldKeepStationsApart() {
    for (String station : STATIONS) {
      String[] others =
          Arrays.stream(STATIONS).filter(other -> !other.equals(station)).toArray(String[]::new);
      check(
          noClasses()
              .that()
              .resideInAPackage(station)
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(others));
    }
  }

  @Test
  void shouldLetStationsStandOnTheGroundOnly() {
    for (String station : STATIONS) {
      check(
          noClasses()
              .that()
              .resideInAPackage(station)
              .should()
              .dependOnClassesThat(
                  resideInAnyPackage("io.tradepit..")
                      .and(not(resideInAnyPackage(GROUND)))
                      .and(not(resideInAnyPackage(station)))));
    }
  }

  @Test
  void shouldKeepTheGroundFreeOfStations() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(GROUND)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(STATIONS));
  }

  @Test
  void shouldKeepMatchingPure() {
    check(
        classes()
            .that()
            .resideInAPackage("io.tradepit.matching..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "java.lang..",
                "java.util..",
                // Buffers and byte order; files and channels are in packages below it.
                "java.nio",
                "org.agrona..",
                "io.tradepit.protocol.sbe..",
                "io.tradepit.matching.."));
  }

  @Test
  void shouldKeepToolsAboveTheGround() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "io.tradepit.tools..", "io.tradepit.cli..", "io.tradepit.main..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tradepit.tools.."));
    check(
        noClasses()
            .that()
            .resideInAPackage("io.tradepit.tools..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.tradepit.cli..", "io.tradepit.main.."));
  }

  /**
   * But for what {@code matching} publishes: views of its memory, and the hash of the log; and for
   * the room that audits recorded days, which is no member: it holds them against a matcher.
   */
  @Test
  void shouldLetToolsMeetASegmentAsAMemberWould() {
    check(
        noClasses()
            .that(areToolsOfMembers())
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                packages("gateway", "sequencer", "journal", "publication", "recovery")));
  }

  @Test
  void shouldLetToolsSeeOfStationsOnlyWhatMatchingPublishes() {
    check(
        noClasses()
            .that(areToolsOfMembers())
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(STATIONS)
                    .and(
                        not(
                            nameMatching(
                                "io\\.tradepit\\.matching\\.book\\.Book(View|Depth)(\\$.*)?")))));
  }

  private static DescribedPredicate<JavaClass> areToolsOfMembers() {
    return resideInAnyPackage("io.tradepit.tools..").and(not(resideInAnyPackage(AUDIT)));
  }

  /** It may read days and replay them; it drives nothing that is live. */
  @Test
  void shouldLetTheAuditOfDaysReadAndReplayOnly() {
    check(
        noClasses()
            .that()
            .resideInAPackage(AUDIT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(packages("gateway", "sequencer", "publication")));
    check(
        noClasses()
            .that()
            .resideInAPackage(AUDIT)
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("io.tradepit.journal..")
                    .and(not(nameMatching("io\\.tradepit\\.journal\\.Recorded.*")))));
  }

  @Test
  void shouldKeepNettyInsideTheTransport() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage("io.tradepit.transport..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty.."));
  }

  @Test
  void shouldLetNothingDependOnMainButTheCommands() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("io.tradepit.main..", "io.tradepit.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.tradepit.main.."));
  }

  /** Else every rule would hold of nothing. */
  @Test
  void shouldHaveReadTheProduct() {
    assertTrue(PRODUCT.size() > 50, "classes=" + PRODUCT.size());
    assertTrue(PRODUCT.contain("io.tradepit.publication.PublisherAgent"));
    assertTrue(!PRODUCT.contain("io.tradepit.ArchitectureTest"));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(PRODUCT);
  }

  private static String[] packages(String... names) {
    return Arrays.stream(names).map(name -> "io.tradepit." + name + "..").toArray(String[]::new);
  }
}
