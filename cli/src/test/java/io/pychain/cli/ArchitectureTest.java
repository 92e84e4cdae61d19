package io.pychain.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import org.junit.jupiter.api.Test;

/// The walls between the modules, seen from the one module that sees them all. The build holds most
/// of them already, until somebody adds a dependency.
class ArchitectureTest {

  private static final String CORE = "io.pychain.core..";
  private static final String NODE = "io.pychain.node..";
  private static final String SIMULATOR = "io.pychain.simulator..";
  private static final String CLI = "io.pychain.cli..";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.pychain");

  @Test
  void coreKnowsNobody() {
    noClasses()
        .that()
        .resideInAPackage(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(NODE, SIMULATOR, CLI)
        .check(CLASSES);
  }

  @Test
  void simulatorKnowsNeitherRealNodesNorTheCommandLine() {
    noClasses()
        .that()
        .resideInAPackage(SIMULATOR)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(NODE, CLI)
        .check(CLASSES);
  }

  @Test
  void nodeKnowsNeitherTheSimulatorNorTheCommandLine() {
    noClasses()
        .that()
        .resideInAPackage(NODE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(SIMULATOR, CLI)
        .check(CLASSES);
  }
}
