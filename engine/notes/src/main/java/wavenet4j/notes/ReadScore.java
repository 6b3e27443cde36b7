package wavenet4j.notes;

import java.util.List;

/// A score as it was read, or written.
///
/// @param remarks what was mended in its file, and what the file has that a score has not, or the
///   other way round; one sentence each, with counts
public record ReadScore(Score score, List<String> remarks) {
    public ReadScore {
        remarks = List.copyOf(remarks);
    }
}
