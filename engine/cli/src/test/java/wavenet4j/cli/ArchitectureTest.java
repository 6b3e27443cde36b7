package wavenet4j.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;

/// Which packages may use which.
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

    private static final int MOST_FILES_OF_PACKAGE = 16;

    private static final String[] CORE = {
        "wavenet4j",
        "wavenet4j.spec..",
        "wavenet4j.info..",
        "wavenet4j.file..",
        "wavenet4j.distribution..",
        "wavenet4j.backend..",
        "wavenet4j.reference..",
        "wavenet4j.live..",
        "wavenet4j.internal.."
    };
    private static final String CPU = "wavenet4j.cpu..";
    private static final String CUDA = "wavenet4j.cuda..";
    private static final String ND4J = "wavenet4j.nd4j..";
    private static final String AUDIO = "wavenet4j.audio..";
    private static final String TRAIN = "wavenet4j.train..";
    private static final String CLI = "wavenet4j.cli..";
    private static final String EXAMPLES = "wavenet4j.examples..";
    private static final String DJL = "ai.djl..";

    @ArchTest
    static final ArchRule NO_CIRCLE_OF_PACKAGES =
            slices().matching("(**)").should().beFreeOfCycles();

    /// No package lies in two jars, and none is large.
    @ArchTest
    static void packagesAreWholeAndSmall(JavaClasses classes) {
        var jars =
                classes.stream()
                        .collect(
                                groupingBy(
                                        JavaClass::getPackageName,
                                        mapping(ArchitectureTest::jar, toSet())));
        assertThat(jars).isNotEmpty().allSatisfy((_, of) -> assertThat(of).hasSize(1));
        var files =
                classes.stream()
                        .filter(type -> type.isTopLevelClass())
                        .collect(groupingBy(JavaClass::getPackageName, counting()));
        assertThat(files)
                .isNotEmpty()
                .allSatisfy(
                        (_, count) -> assertThat(count).isLessThanOrEqualTo(MOST_FILES_OF_PACKAGE));
    }

    private static String jar(JavaClass type) {
        String file = type.getName().replace('.', '/') + ".class";
        return type.getSource().orElseThrow().getUri().toString().replace(file, "");
    }

    @ArchTest
    static final ArchRule CORE_STANDS_ALONE =
            none(CORE, CPU, CUDA, ND4J, AUDIO, TRAIN, CLI, DJL, "org.nd4j..", "jdk.incubator..");

    @ArchTest
    static final ArchRule CPU_USES_CORE_ALONE =
            none(CPU, CUDA, ND4J, AUDIO, TRAIN, CLI, "wavenet4j.reference..");

    @ArchTest
    static final ArchRule CUDA_USES_CORE_ALONE =
            none(CUDA, CPU, ND4J, AUDIO, TRAIN, CLI, "wavenet4j.reference..");

    @ArchTest
    static final ArchRule ND4J_USES_CORE_ALONE =
            none(ND4J, CPU, CUDA, AUDIO, TRAIN, CLI, "wavenet4j.reference..");

    @ArchTest
    static final ArchRule AUDIO_USES_NO_OTHER_MODULE =
            noClasses()
                    .that()
                    .resideInAPackage(AUDIO)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(CORE)
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAnyPackage(CPU, CUDA, ND4J, TRAIN, CLI);

    @ArchTest
    static final ArchRule NOTES_USE_NO_OTHER_MODULE =
            noClasses()
                    .that()
                    .resideInAPackage("wavenet4j.notes..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(CORE)
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAnyPackage(CPU, CUDA, ND4J, AUDIO, TRAIN, CLI);

    @ArchTest
    static final ArchRule TRAINING_USES_NO_BACKEND_AND_NO_COMMAND =
            none(TRAIN, CPU, CUDA, ND4J, CLI);

    @ArchTest
    static final ArchRule EXAMPLES_USE_WHAT_AN_AUDIO_TOOL_HAS = none(EXAMPLES, TRAIN, CLI);

    @ArchTest static final ArchRule NOTHING_USES_EXAMPLES = onlyIn(EXAMPLES, EXAMPLES);

    @ArchTest
    static final ArchRule INTERNALS_OF_CORE_STAY_IN_CORE =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(CORE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("wavenet4j.internal..");

    @ArchTest
    static final ArchRule INTERNALS_OF_CPU_STAY_IN_CPU = onlyIn(CPU, "wavenet4j.cpu.internal..");

    @ArchTest
    static final ArchRule INTERNALS_OF_CUDA_STAY_IN_CUDA =
            onlyIn(CUDA, "wavenet4j.cuda.internal..");

    @ArchTest static final ArchRule ONLY_TRAINING_USES_DJL = onlyIn(TRAIN, DJL);

    @ArchTest static final ArchRule ONLY_ND4J_USES_ND4J = onlyIn(ND4J, "org.nd4j..");

    @ArchTest
    static final ArchRule ONLY_KERNELS_USE_THE_VECTOR_API =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "wavenet4j.cpu.internal.kernels", "wavenet4j.train.kernels")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("jdk.incubator..");

    // Generation has its kernel; training asks the CUDA runtime for its version.
    @ArchTest
    static final ArchRule ONLY_CODE_FOR_GPUS_CALLS_NATIVE_CODE =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(CUDA, "wavenet4j.train.device")
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

    private static ArchRule none(String of, String... used) {
        return none(new String[] {of}, used);
    }

    private static ArchRule none(String[] of, String... used) {
        return noClasses()
                .that()
                .resideInAnyPackage(of)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(used);
    }

    private static ArchRule onlyIn(String user, String used) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(user)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(used);
    }
}
