package wavenet4j.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import wavenet4j.Model;
import wavenet4j.ModelSpec;
import wavenet4j.backend.Backend;
import wavenet4j.backend.Backend.Availability.Missing;
import wavenet4j.backend.Backend.Availability.Ready;
import wavenet4j.backend.Backends;
import wavenet4j.spec.Precision;
import wavenet4j.testing.TestModels;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;

final class Nd4jBackendTest {
    private static final ModelSpec SPEC =
            TestModels.spec(16, TestModels.channels(4), 2, List.of(1, 2));

    private static final String CARD = "JCublasBackend";

    @Test
    void isFoundAndNamesWhatItRunsOn() {
        assertThat(Here.backend().probe(SPEC)).isEqualTo(new Ready("ND4J on the processor"));
        assertThat(Backends.named("nd4j", SPEC).backend()).isInstanceOf(Nd4jBackend.class);
    }

    @ParameterizedTest
    @CsvSource({"37, 3.7", "61, 6.1", "75, 7.5", "86, 8.6", "89, 8.9"})
    void aCardFromKeplerToAdaWillDo(int capability, String said) {
        assertThat(Device.availability(CARD, capability))
                .isEqualTo(new Ready("ND4J on a card of compute capability " + said));
    }

    @ParameterizedTest
    @CsvSource({"90, 9.0", "100, 10.0", "120, 12.0"})
    void aNewerCardIsForTheBackendCuda(int capability, String said) {
        assertThat(Device.availability(CARD, capability))
                .isEqualTo(
                        new Missing(
                                "this card has compute capability %s, and ND4J has code for 3.7 to"
                                                .formatted(said)
                                        + " 8.9 (Kepler to Ada)",
                                "take the backend cuda, which has"));
    }

    @Test
    void anOlderCardIsNoCudaCardEither() {
        assertThat(Device.availability(CARD, 35))
                .isEqualTo(
                        new Missing(
                                "this card has compute capability 3.5, and ND4J has code for 3.7 to"
                                        + " 8.9 (Kepler to Ada)",
                                "take the backend cpu"));
    }

    /// The commands carry the backend without ND4J.
    @Test
    void withoutNd4jItIsMissingAndNamesTheProfiles() throws Exception {
        try (var loader = new WithoutNd4j()) {
            var backend =
                    (Backend)
                            loader.loadClass(Nd4jBackend.class.getName())
                                    .getConstructor()
                                    .newInstance();
            assertThat(backend).isNotInstanceOf(Nd4jBackend.class);
            assertThat(backend.name()).isEqualTo("nd4j");
            assertThat(backend.speedRank()).isEqualTo(new Nd4jBackend().speedRank());
            assertThat(backend.probe(SPEC))
                    .isInstanceOfSatisfying(
                            Missing.class,
                            missing -> {
                                assertThat(missing.reason()).isEqualTo("ND4J is not in this build");
                                assertThat(missing.remedy())
                                        .contains("PROFILE=nd4j ", "PROFILE=nd4j-cuda ");
                            });
            var model = Model.initial(SPEC, 1);
            assertThatIllegalStateException()
                    .isThrownBy(() -> backend.open(model, Precision.FLOAT32, 1))
                    .withMessageContaining("nd4j cannot run here: ND4J is not in this build");
        }
    }

    @Test
    void aDelayLineOfMinutesIsNotForIt() {
        var spec = TestModels.spec(2, TestModels.channels(1), 2, List.of(1 << 20));
        assertThat(new Nd4jBackend().probe(spec))
                .isEqualTo(
                        new Missing(
                                "the receptive field is 1,048,577 samples; it takes at most"
                                        + " 262,144",
                                "take the backend cpu"));
    }

    /// Loads the backend's classes anew and finds none of `org.nd4j`.
    private static final class WithoutNd4j extends URLClassLoader {
        WithoutNd4j() {
            super(
                    new URL[] {
                        Nd4jBackend.class.getProtectionDomain().getCodeSource().getLocation()
                    },
                    Backend.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.nd4j.")) throw new ClassNotFoundException(name);
            if (!name.startsWith("wavenet4j.nd4j.")) return super.loadClass(name, resolve);
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }
}
