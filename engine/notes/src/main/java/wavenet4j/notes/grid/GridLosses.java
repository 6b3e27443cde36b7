package wavenet4j.notes.grid;

import wavenet4j.notes.internal.Remarks;

import java.util.List;

/// What a grid has not of the score that it was made from.
///
/// @param notes of the score, without grace notes
/// @param onsetsMoved of notes that begin between steps
/// @param endsMoved of notes that end between steps
/// @param covered notes left out below another one of their lane, or too near to the next
/// @param shortened notes that end where the next one of their lane begins
/// @param outOfRange notes left out since no piano has their keys
/// @param otherParts notes left out since their part has no lane
/// @param graces grace notes, all left out
/// @param chordsSimplified chord symbols of which a token says less
/// @param chordsLost chord symbols left out, too near to the next
public record GridLosses(
        int notes,
        int onsetsMoved,
        int endsMoved,
        int covered,
        int shortened,
        int outOfRange,
        int otherParts,
        int graces,
        int chordsSimplified,
        int chordsLost) {

    /// The share of notes whose onset is moved, of those in lanes.
    public double onsetsMovedShare() {
        return share(onsetsMoved);
    }

    /// The share of notes whose end is moved, of those in lanes.
    public double endsMovedShare() {
        return share(endsMoved);
    }

    /// Them in words; one sentence each, and none of what did not happen.
    public List<String> remarks() {
        var remarks = new Remarks();
        remarks.count(onsetsMoved, "note begins between steps", "notes begin between steps");
        remarks.count(endsMoved, "note ends between steps", "notes end between steps");
        remarks.count(
                covered,
                "note is left out below or before another one of its lane",
                "notes are left out below or before another one of their lane");
        remarks.count(
                shortened,
                "note is shortened up to the next one of its lane",
                "notes are shortened up to the next one of their lane");
        remarks.count(
                outOfRange,
                "note is left out since no piano has its key",
                "notes are left out since no piano has their keys");
        remarks.count(
                otherParts,
                "note is left out with its part, which has no lane",
                "notes are left out with their parts, which have no lane");
        remarks.count(graces, "grace note is left out", "grace notes are left out");
        remarks.count(
                chordsSimplified, "chord symbol is simplified", "chord symbols are simplified");
        remarks.count(
                chordsLost,
                "chord symbol is left out before another one at its step",
                "chord symbols are left out before others at their steps");
        return remarks.sentences();
    }

    private double share(int moved) {
        int inLanes = notes - otherParts;
        return inLanes == 0 ? 0 : (double) moved / inLanes;
    }
}
