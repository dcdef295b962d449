package io.vpcep.operator;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

/** The directions of docs/architecture.md; each rule with its reason. */
@AnalyzeClasses(packages = "io.vpcep.operator", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String BASE = "io.vpcep.operator";

  @ArchTest
  static final ArchRule noCycles =
      slices()
          .matching(BASE + ".(*)..")
          .should()
          .beFreeOfCycles()
          .because("a reader must be able to start somewhere");

  @ArchTest static final ArchRule crdIsALeaf = uses("crd").because("the API types are everybody's");

  @ArchTest
  static final ArchRule configIsALeaf =
      uses("config").because("settings know nothing of their use");

  @ArchTest
  static final ArchRule syncUsesTheTypesAlone =
      uses("sync", "crd").because("decisions are pure, and ports are declared where they are used");

  @ArchTest
  static final ArchRule cloudImplementsAPort =
      uses("cloud", "sync", "config").because("cloud and cluster never meet");

  @ArchTest
  static final ArchRule authenticationDeclaresWhatItNeeds =
      uses("cloud.auth", "sync").because("how a call authenticates is no matter of what it asks");

  @ArchTest
  static final ArchRule clusterImplementsAPort =
      uses("cluster", "sync", "crd").because("cloud and cluster never meet");

  @ArchTest
  static final ArchRule opsKnowsNoDomain =
      uses("ops", "config").because("health and metrics serve any program");

  @ArchTest
  static final ArchRule controllerDrives =
      uses("controller", "sync", "crd", "ops", "config")
          .because("the controller sees ports, not what is behind them");

  @ArchTest
  static final ArchRule simulatorStandsAlone =
      uses("simulator").because("a simulator that shares code shares its mistakes");

  @ArchTest
  static final ArchRule onlyTheAssemblySeesEverything =
      noClasses()
          .that()
          .resideInAPackage(BASE)
          .and()
          .doNotHaveSimpleName("OperatorAssembly")
          .should()
          .dependOnClassesThat(resideInAnyPackage(BASE + ".cluster"))
          .because("wiring lives in one class");

  @ArchTest
  static final ArchRule httpClientLivesInCloud =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + ".cloud..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("okhttp3..")
          .because("one package talks to the cloud");

  @ArchTest
  static final ArchRule databindLivesAtTheWire =
      noClasses()
          .that()
          .resideOutsideOfPackages(BASE + ".cloud..", BASE + ".simulator..")
          .and()
          .haveNameNotMatching(".*\\.cluster\\.LenientDecoding.*")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml.jackson.databind..")
          .because("what the wire looks like stays at the wire");

  @ArchTest
  static final ArchRule josdkLivesInController =
      noClasses()
          .that()
          .resideOutsideOfPackage(BASE + ".controller..")
          .and()
          .doNotHaveSimpleName("OperatorAssembly")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.javaoperatorsdk..")
          .because("the framework is a detail of the controller");

  @ArchTest
  static final ArchRule kubernetesClientLivesAtTheCluster =
      noClasses()
          .that()
          .resideInAnyPackage(
              BASE + ".cloud..", BASE + ".sync..", BASE + ".config..", BASE + ".simulator..")
          .should()
          .dependOnClassesThat(are(kubernetesClient()))
          .because("only the cluster side talks to the API server");

  @ArchTest
  static final ArchRule environmentIsReadInOnePlace =
      noClasses()
          .that()
          .doNotHaveSimpleName("Environment")
          .should()
          .callMethod(System.class, "getenv")
          .orShould()
          .callMethod(System.class, "getenv", String.class)
          .because("settings come in at one place");

  @ArchTest
  static final ArchRule clockIsReadInOnePlace =
      noClasses()
          .that()
          .doNotHaveSimpleName("Environment")
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(InstantSource.class, "system")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .because("time is a port, so that tests run hours in milliseconds");

  @ArchTest
  static final ArchRule nobodySleeps =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .because("waiting is for a condition or a timer");

  /** A package may use our packages that are named, itself, and whatever is not ours. */
  private static ArchRule uses(String own, String... others) {
    String[] allowed = new String[others.length + 1];
    allowed[0] = BASE + "." + own + "..";
    for (int i = 0; i < others.length; i++) {
      allowed[i + 1] = BASE + "." + others[i] + "..";
    }
    DescribedPredicate<JavaClass> ours = resideInAPackage(BASE + "..");
    return classes()
        .that()
        .resideInAPackage(allowed[0])
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(DescribedPredicate.not(ours)));
  }

  /** The client proper; resource types and annotations are data. */
  private static DescribedPredicate<JavaClass> kubernetesClient() {
    return resideInAPackage("io.fabric8.kubernetes.client..")
        .and(DescribedPredicate.not(JavaClass.Predicates.simpleName("CustomResource")));
  }
}
