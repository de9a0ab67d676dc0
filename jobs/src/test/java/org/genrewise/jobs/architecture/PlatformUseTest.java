package org.genrewise.jobs.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.genrewise.jobs.architecture.ProductionClasses.ALL;
import static org.genrewise.jobs.architecture.ProductionClasses.named;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.io.ObjectInputStream;
import org.genrewise.jobs.cli.Console;
import org.genrewise.jobs.settings.Settings;
import org.junit.jupiter.api.Test;

/** What of the Java platform is used nowhere, or in few places. */
class PlatformUseTest {

  /** The benchmark's stages are processes of their own, which speak to their parent. */
  private static final String STAGES = "jobs.benchmark";

  @Test
  void noClassIsEverDeserialised() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ObjectInputStream.class)
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.beans.XMLDecoder")
        .orShould()
        .dependOnClassesThat()
        .haveSimpleName("ModelSerializer")
        .because("bundles, checkpoints and weights come from anywhere, and must stay data")
        .check(ALL);
  }

  @Test
  void memoryIsReachedByJavaAlone() {
    noClasses()
        .should()
        .dependOnClassesThat(resideInAnyPackage("sun..", "jdk.internal.."))
        .because("a wrong address ends the process, and the next Java may lack it")
        .check(ALL);
  }

  @Test
  void onlyAMainMethodExits() {
    noClasses()
        .should()
        .callMethodWhere(
            calls("System.exit outside main", System.class, "exit", "main")
                .or(calls("Runtime.exit", Runtime.class, "exit", "")))
        .because("whoever calls a job decides what comes after it; an error is an exception")
        .check(ALL);
  }

  @Test
  void onlyProcessesOfOurOwnHalt() {
    noClasses()
        .that()
        .resideOutsideOfPackages(named("check", "corpus", STAGES))
        .should()
        .callMethodWhere(calls("Runtime.halt", Runtime.class, "halt", ""))
        .because("a parent waits for those and knows what they leave behind; nobody else does")
        .check(ALL);
  }

  @Test
  void otherProgramsAreStartedInFewPlaces() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            named(
                "audio", // ffmpeg, limited in time and memory
                "device", // nvidia-smi
                "check", // a part
                "check.part", // python
                STAGES, // a stage
                "corpus")) // a renderer, whose synthesizer must be opened to it
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ProcessBuilder.class)
        .orShould()
        .callMethodWhere(calls("Runtime.exec", Runtime.class, "exec", ""))
        .because("each has its limits, its end with ours, and no shell")
        .check(ALL);
  }

  @Test
  void onlyTheConsoleAndMainsWriteToTheStandardStreams() {
    DescribedPredicate<JavaFieldAccess> standardStream =
        describe(
            "System.out or System.err",
            access ->
                access.getTargetOwner().isEquivalentTo(System.class)
                    && (access.getName().equals("out") || access.getName().equals("err")));
    noClasses()
        .that(describe("are neither the console nor programs without it", type -> !speaks(type)))
        .should()
        .accessFieldWhere(standardStream)
        .orShould()
        .callMethodWhere(
            describe(
                "printStackTrace()",
                call ->
                    call.getName().equals("printStackTrace")
                        && call.getTarget().getRawParameterTypes().isEmpty()))
        .because("what users read has one voice, and a line of progress is not torn")
        .check(ALL);
  }

  @Test
  void settingsAndResultsAreRecords() {
    classes()
        .that()
        .haveNameMatching(".*\\.\\w+(Settings|Result)")
        .and()
        .doNotBelongToAnyOf(Settings.class) // the values of a verb, by name
        .should()
        .beRecords()
        .because("they are validated where they are made, compared by value, and never change")
        .check(ALL);
  }

  /** Verbs have a main method, too, but also the console; a stage has no user before it. */
  private static boolean speaks(JavaClass type) {
    return type.isEquivalentTo(Console.class)
        || type.tryGetMethod("main", String[].class).isPresent()
            && (!type.getPackageName().startsWith(ProductionClasses.ROOT + "jobs")
                || type.getSimpleName().equals("StageCommand"));
  }

  /**
   * @param exceptFrom the one method that may call it, or empty
   */
  private static DescribedPredicate<JavaMethodCall> calls(
      String description, Class<?> owner, String method, String exceptFrom) {
    return describe(
        description,
        call ->
            call.getTargetOwner().isEquivalentTo(owner)
                && call.getName().equals(method)
                && !call.getOrigin().getName().equals(exceptFrom));
  }
}
