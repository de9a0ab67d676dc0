package org.genrewise.jobs.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.genrewise.jobs.architecture.ProductionClasses.ALL;
import static org.genrewise.jobs.architecture.ProductionClasses.ROOT;
import static org.genrewise.jobs.architecture.ProductionClasses.named;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package may use which. */
class DirectionsTest {

  /** From the bottom to the top: a package uses only packages that stand before it. */
  private static final List<String> FEATURES = List.of("audio", "cqt", "picture", "extraction");

  private static final List<String> MODEL =
      List.of(
          "hash",
          "json",
          "device",
          "weights.pickle",
          "weights",
          "network",
          "network.cuda",
          "weights.layout",
          "inference",
          "evaluation",
          "training.augmentation",
          "training.optimiser",
          "training.checkpoint",
          "training",
          "bundle",
          "check.measure",
          "check.part",
          "check");

  /** What verbs stand on. */
  private static final List<String> JOBS =
      List.of(
          "corpus",
          "report",
          "jobs.cli",
          "jobs.settings",
          "jobs.spark",
          "jobs.library",
          "jobs.track",
          "jobs.model",
          "jobs.command");

  /** Which verbs use which others; the rest know none. */
  private static final Map<String, Set<String>> VERBS_USED =
      new TreeMap<>(
          Map.of(
              // reads the table that extract writes
              "evaluate",
              Set.of("extract"),
              // and evaluates its test part at the end
              "train",
              Set.of("evaluate", "extract"),
              // an imported model says which features it needs
              "weights",
              Set.of("extract"),
              // is all of them once
              "demo",
              Set.of("evaluate", "extract", "label", "train")));

  @Test
  void everyPackageHasItsPlace() {
    Set<String> placed = new TreeSet<>(FEATURES);
    placed.addAll(MODEL);
    placed.addAll(JOBS);
    placed.addAll(verbPackages());
    placed.add("jobs");

    Set<String> found =
        ALL.stream()
            .map(type -> type.getPackageName().substring(ROOT.length()))
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(placed, found, "a new package needs a place in the lists of this test");
  }

  @Test
  void modulesPointOneWay() {
    List<String> jobs = List.of("jobs..", "corpus", "report");
    noClasses()
        .that(resideInAnyPackage(named(FEATURES.toArray(String[]::new))))
        .should()
        .dependOnClassesThat(resideInAnyPackage(named(joined(MODEL, jobs))))
        .because("audio becomes pictures whatever network sees them")
        .check(ALL);
    noClasses()
        .that(resideInAnyPackage(named(MODEL.toArray(String[]::new))))
        .should()
        .dependOnClassesThat(resideInAnyPackage(named(jobs.toArray(String[]::new))))
        .because("networks are trained and used without a cluster, too")
        .check(ALL);
  }

  @Test
  void packagesOfAModuleUseOnlyThoseBelowThem() {
    for (List<String> module : List.of(FEATURES, MODEL, JOBS)) {
      for (int i = 0; i + 1 < module.size(); i++) {
        if (module.get(i).equals("check.part")) {
          continue; // one unit with check, see below
        }
        noClasses()
            .that()
            .resideInAPackage(ROOT + module.get(i))
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                    named(module.subList(i + 1, module.size()).toArray(String[]::new))))
            .because(
                "%s stands below %s".formatted(module.get(i), module.subList(i + 1, module.size())))
            .check(ALL);
      }
    }
  }

  @Test
  void noPackagesUseEachOtherInACircle() {
    slices()
        .assignedFrom(byPackage())
        .should()
        .beFreeOfCycles()
        .because("packages in a circle can only be understood, tested and changed together")
        .check(ALL);
  }

  @Test
  void whatIsAtTheBottomUsesNothingOfOurs() {
    for (String name : List.of("audio", "cqt", "hash", "json", "weights.pickle", "jobs.cli")) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + name)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(ROOT.substring(0, ROOT.length() - 1) + "..")
                  .and(isOutside(ROOT + name)))
          .because(name + " can be understood alone")
          .check(ALL);
    }
  }

  @Test
  void reportsAndTheCorpusNeedTheJdkAlone() {
    for (String name : List.of("report", "corpus")) {
      classes()
          .that()
          .resideInAPackage(ROOT + name)
          .should()
          .onlyDependOnClassesThat(resideInAnyPackage("java..", "javax..", ROOT + name))
          .because("numbers become a page, and rules become music, without Spark or a network")
          .check(ALL);
    }
  }

  @Test
  void whatVerbsStandOnKnowsNoVerb() {
    noClasses()
        .that(resideInAnyPackage(named(JOBS.toArray(String[]::new))))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(named(joined(List.copyOf(verbPackages()), List.of("jobs")))))
        .because("a verb is added in one folder, and to the list in Genrewise")
        .check(ALL);
  }

  @Test
  void verbsKnowEachOtherOnlyWhereThisListSaysSo() {
    Set<String> verbs = verbPackages();
    Map<String, Set<String>> used = new TreeMap<>();
    for (JavaClass type : ALL) {
      String from = type.getPackageName().substring(ROOT.length());
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getPackageName())
          .filter(name -> name.startsWith(ROOT))
          .map(name -> name.substring(ROOT.length()))
          .filter(to -> verbs.contains(from) && verbs.contains(to) && !to.equals(from))
          .forEach(to -> used.computeIfAbsent(verb(from), name -> new TreeSet<>()).add(verb(to)));
    }

    assertEquals(VERBS_USED, used, "what verbs share belongs below them; demo may use any");
  }

  @Test
  void moduleFeaturesIsPureJava() {
    noClasses()
        .that(resideInAnyPackage(named(FEATURES.toArray(String[]::new))))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "org.apache..", "scala..", "picocli..", "org.nd4j..", "org.deeplearning4j.."))
        .because("features are computed wherever Java runs: no Spark, no command line, no tensors")
        .check(ALL);
  }

  @Test
  void moduleModelKnowsNoSpark() {
    noClasses()
        .that(resideInAnyPackage(named(MODEL.toArray(String[]::new))))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.apache.spark..", "org.apache.hadoop..", "scala..", "picocli.."))
        .because("a network is trained, checked and used in one process, too")
        .check(ALL);
  }

  @Test
  void theCoreLogsNothing() {
    noClasses()
        .that(resideInAnyPackage(named(joined(FEATURES, MODEL))))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                "org.slf4j..", "java.util.logging..", "org.apache.logging..", "org.apache.log4j.."))
        .because("it tells by results, exceptions and listeners")
        .check(ALL);
  }

  /** Packages of jobs that hold a command of their own. */
  private static Set<String> verbPackages() {
    return ALL.stream()
        .filter(type -> type.isAnnotatedWith("picocli.CommandLine$Command"))
        .map(JavaClass::getPackageName)
        .map(name -> name.substring(ROOT.length()))
        .filter(name -> name.startsWith("jobs.") && !JOBS.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String verb(String packageName) {
    return packageName.substring("jobs.".length());
  }

  private static String[] joined(List<String> some, List<String> others) {
    return Stream.concat(some.stream(), others.stream()).toArray(String[]::new);
  }

  private static DescribedPredicate<JavaClass> isOutside(String name) {
    return describe("outside " + name, type -> !type.getPackageName().equals(name));
  }

  /**
   * Each package is a slice. check and check.part are one: the check knows its parts by their list,
   * and the parts know the settings and the context that the check gives them.
   */
  private static SliceAssignment byPackage() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        String name = type.getPackageName();
        return SliceIdentifier.of(name.equals(ROOT + "check.part") ? ROOT + "check" : name);
      }

      @Override
      public String getDescription() {
        return "packages";
      }
    };
  }
}
