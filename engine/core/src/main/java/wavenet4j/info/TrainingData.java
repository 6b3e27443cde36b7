package wavenet4j.info;

import java.util.List;

/// The recordings that a model was trained on.
///
/// @param name of their folder
/// @param labelRule where the labels of a recording come from, such as `folders`; `none` where
///   there are none
/// @param heldOut the recordings that it was not trained on, as paths below the folder with `/`
///   between; as they may come from anybody's file, a reader checks that they stay below it
public record TrainingData(String name, String labelRule, List<String> heldOut) {
    public TrainingData {
        heldOut = List.copyOf(heldOut);
    }
}
