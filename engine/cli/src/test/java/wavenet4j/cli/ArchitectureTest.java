package wavenet4j.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;

/// Which room never sees which.
@AnalyzeClasses(
        packages = "wavenet4j",
        importOptions = {
            ImportOption.DoNotIncludeTests.class,
            ArchitectureTest.DoNotIncludeTestJars.class
        })
final class ArchitectureTest {
    /// The tests of other modules come as a folder, or as a jar when those are packaged already.
    static final class DoNotIncludeTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String CORE = "wavenet4j";
    private static final String CPU = "wavenet4j.cpu..";
    private static final String CUDA = "wavenet4j.cuda..";
    private static final String ND4J = "wavenet4j.nd4j..";
    private static final String AUDIO = "wavenet4j.audio..";
    private static final String TRAIN = "wavenet4j.train..";
    private static final String CLI = "wavenet4j.cli..";
    private static final String EXAMPLES = "wavenet4j.examples..";

    @ArchTest
    static final ArchRule CORE_STANDS_ALONE =
            noClasses()
                    .that()
                    .resideInAPackage(CORE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "wavenet4j.*..", "ai.djl..", "jdk.incubator..", "org.nd4j..");

    @ArchTest
    static final ArchRule CPU_SEES_CORE_ALONE =
            noClasses()
                    .that()
                    .resideInAPackage(CPU)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(CUDA, ND4J, AUDIO, TRAIN, CLI, "ai.djl..");

    @ArchTest
    static final ArchRule CUDA_SEES_CORE_ALONE =
            noClasses()
                    .that()
                    .resideInAPackage(CUDA)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(CPU, ND4J, AUDIO, TRAIN, CLI, "ai.djl..");

    @ArchTest
    static final ArchRule ND4J_SEES_CORE_ALONE =
            noClasses()
                    .that()
                    .resideInAPackage(ND4J)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(CPU, CUDA, AUDIO, TRAIN, CLI, "ai.djl..");

    @ArchTest
    static final ArchRule AUDIO_KNOWS_NO_NETWORK =
            noClasses()
                    .that()
                    .resideInAPackage(AUDIO)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(CORE, CPU, CUDA, ND4J, TRAIN, CLI, "ai.djl..");

    @ArchTest
    static final ArchRule TRAINING_SEES_NO_BACKEND_AND_NO_COMMAND =
            noClasses()
                    .that()
                    .resideInAPackage(TRAIN)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(CPU, CUDA, ND4J, CLI);

    @ArchTest
    static final ArchRule EXAMPLES_SEE_WHAT_AN_EMBEDDER_HAS =
            noClasses()
                    .that()
                    .resideInAPackage(EXAMPLES)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(TRAIN, CLI, "ai.djl..");

    @ArchTest
    static final ArchRule NOTHING_SEES_EXAMPLES =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(EXAMPLES)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(EXAMPLES);

    @ArchTest
    static final ArchRule ONLY_TRAINING_USES_DJL =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(TRAIN)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule ONLY_ND4J_USES_ND4J =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(ND4J)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("org.nd4j..");

    @ArchTest
    static final ArchRule ONLY_LOOPS_ON_PROCESSORS_USE_THE_VECTOR_API =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(CPU, TRAIN)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("jdk.incubator..");

    // Generation has its kernel; training asks the CUDA runtime what it has against a card.
    @ArchTest
    static final ArchRule ONLY_WHAT_RUNS_ON_CARDS_CALLS_NATIVE_CODE =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(CUDA, TRAIN)
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(Linker.class, SymbolLookup.class);

    @ArchTest
    static final ArchRule ONLY_COMMANDS_PRINT =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(CLI)
                    .should()
                    .accessField(System.class, "out")
                    .orShould()
                    .accessField(System.class, "err")
                    .orShould()
                    .callMethodWhere(target(nameMatching("printStackTrace")));

    @ArchTest
    static final ArchRule ONLY_COMMANDS_END_THE_PROCESS =
            noClasses()
                    .that()
                    .resideOutsideOfPackage(CLI)
                    .should()
                    .callMethodWhere(
                            target(owner(assignableTo(System.class)))
                                    .or(target(owner(assignableTo(Runtime.class))))
                                    .and(target(nameMatching("exit|halt|addShutdownHook"))));

    // CUDA's toolkits are found by environment variables, and a backend is made by its name alone.
    @ArchTest
    static final ArchRule ONLY_COMMANDS_READ_SYSTEM_PROPERTIES =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(CLI, CUDA)
                    .should()
                    .callMethodWhere(
                            target(owner(assignableTo(System.class)))
                                    .and(target(nameMatching(".*Propert(y|ies)|getenv"))))
                    .orShould()
                    .callMethodWhere(
                            target(nameMatching("getBoolean|getInteger|getLong"))
                                    .and(
                                            target(
                                                    owner(
                                                            belongToAnyOf(
                                                                    Boolean.class,
                                                                    Integer.class,
                                                                    Long.class)))));

    @ArchTest
    static final ArchRule STATICS_NEVER_CHANGE = fields().that().areStatic().should().beFinal();
}
