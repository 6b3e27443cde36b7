package wavenet4j.notes.counts;

/// One of the choices that a piece is made of, in their order.
///
/// @param kind such as the soprano's next key; choices of a kind have contexts of the same features
/// @param token what was chosen, from 0
/// @param contexts what is known before, each a list of features with the most telling first
@SuppressWarnings("ArrayRecordComponent") // never compared
record Choice(int kind, int token, int[]... contexts) {}
