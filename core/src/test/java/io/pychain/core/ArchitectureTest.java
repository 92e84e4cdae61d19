package io.pychain.core;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The walls of the core: what it may touch of the world, and which room may import which.
///
/// A wall that stands in the way is moved here, by a commit that says why; there is no list of
/// exceptions. What of the JDK is pure enough for the core stands in [PureJava].
class ArchitectureTest {

  private static final String CORE = "io.pychain.core";

  /// What each room may import of the others. A new room declares itself here.
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.ofEntries(
          Map.entry("ring", Set.of()),
          Map.entry("message", Set.of("ring")),
          Map.entry("trust", Set.of("ring", "message")),
          Map.entry("wire", Set.of("ring", "message", "trust")),
          Map.entry("membership", Set.of("ring", "message", "trust")),
          Map.entry("link", Set.of("ring", "message", "trust")),
          Map.entry("log", Set.of("ring", "message", "trust")),
          Map.entry("broadcast", Set.of("ring", "message", "trust")),
          Map.entry("coverage", Set.of("ring", "message", "trust")),
          Map.entry("limit", Set.of("ring", "message", "trust")),
          Map.entry("sync", Set.of("ring", "message", "trust")),
          Map.entry("admission", Set.of("ring", "message", "trust")),
          Map.entry("failure", Set.of("ring", "message", "trust", "membership", "link")),
          Map.entry(
              "protocol",
              Set.of(
                  "ring",
                  "message",
                  "trust",
                  "wire",
                  "link",
                  "failure",
                  "membership",
                  "log",
                  "broadcast",
                  "sync",
                  "limit",
                  "coverage",
                  "admission")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages(CORE)
          .that(describe("are written by hand", type -> !isGenerated(type)));

  static List<String> rooms() {
    return MAY_IMPORT.keySet().stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void roomImportsOnlyWhatItMay(String room) {
    Set<String> allowed = MAY_IMPORT.getOrDefault(room, Set.of());

    noClasses()
        .that(describe("live in " + room, type -> roomOf(type).equals(room)))
        .should()
        .dependOnClassesThat(
            describe(
                "live in a room other than " + allowed,
                target ->
                    isOurs(target)
                        && !Set.of("", room).contains(roomOf(target))
                        && !allowed.contains(roomOf(target))))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void everyRoomSaysWhatItMayImport() {
    assertThat(CLASSES.stream().map(ArchitectureTest::roomOf).filter(room -> !room.isEmpty()))
        .as("rooms of the core that are missing in MAY_IMPORT")
        .isSubsetOf(MAY_IMPORT.keySet());
  }

  @Test
  void whatAllRoomsShareKnowsNone() {
    noClasses()
        .that()
        .resideInAPackage(CORE)
        .and()
        .doNotHaveSimpleName("package-info")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(CORE + ".*..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyWireKnowsTheSerializationLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CORE + ".wire..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.google.protobuf..")
        .check(CLASSES);
  }

  @Test
  void coreDependsOnNothingButItselfAndPureJava() {
    noClasses()
        .should()
        .dependOnClassesThat(
            describe(
                "are neither of the core nor pure Java",
                target -> !isOurs(target) && !PureJava.allows(target.getBaseComponentType())))
        .because("whatever the protocol needs of the world comes as an argument")
        .check(CLASSES);
  }

  @Test
  void coreFetchesNeitherTimeNorLuckNorAnUnorderedCollection() {
    noClasses()
        .should()
        .accessTargetWhere(describe("is impure", access -> PureJava.forbids(access.getTarget())))
        .because("a seed must replay a run exactly")
        .check(CLASSES);
  }

  @Test
  void coreHasNoStaticState() {
    fields().that().areStatic().should().beFinal().allowEmptyShould(true).check(CLASSES);
    noFields()
        .that(describe("are written by hand", field -> !isSynthetic(field)))
        .and()
        .areStatic()
        .and()
        .areNotPrivate()
        .should()
        .haveRawType(describe("an array", JavaClass::isArray))
        .because("whoever sees an array can change it")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void coreHasNoLocks() {
    noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED).check(CLASSES);
  }

  private static boolean isOurs(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    return name.equals(CORE) || name.startsWith(CORE + ".");
  }

  /// `ring` for a class of `io.pychain.core.ring` and below, the empty string for one of the root.
  private static String roomOf(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    return isOurs(type) && name.length() > CORE.length()
        ? name.substring(CORE.length() + 1).split("\\.", 2)[0]
        : "";
  }

  private static boolean isSynthetic(JavaField field) {
    return field.getModifiers().contains(JavaModifier.SYNTHETIC);
  }

  /// What the Protocol Buffers compiler wrote, nested classes included.
  private static boolean isGenerated(JavaClass type) {
    return type.isAnnotatedWith("com.google.protobuf.Generated")
        || type.getEnclosingClass().map(ArchitectureTest::isGenerated).orElse(false);
  }
}
