package wavenet4j.train.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;

import org.junit.jupiter.api.Test;

import java.nio.file.AccessDeniedException;

final class TrainingDeviceTest {
    @Test
    void aUserWithoutAFolderForPyTorchIsToldHowToNameOne() {
        var cause = new AccessDeniedException("/nonexistent");
        assertThat(TrainingDevice.unloadable(new EngineException("not extracted", cause)))
                .hasMessageContainingAll("/nonexistent", "set DJL_CACHE_DIR to a folder");
        var other = new EngineException("another failure");
        assertThatThrownBy(() -> TrainingDevice.unloadable(other)).isSameAs(other);
    }
}
