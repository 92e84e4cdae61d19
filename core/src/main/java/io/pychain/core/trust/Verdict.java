package io.pychain.core.trust;

import io.pychain.core.message.LogId;

/// Whether what a frame carries may be believed.
public sealed interface Verdict {
  /// All of it. Records that it carried have been learned.
  record Valid() implements Verdict {}

  /// Not all of it: the frame is thrown away.
  ///
  /// @param reason what does not hold, for the log
  record Invalid(String reason) implements Verdict {}

  /// It contradicts what this node has verified before, and yet the authority has signed both: two
  /// of its boot nodes gave one GUID to two keys. Or a member has said of itself what only the
  /// authority may, which older versions of the protocol do not know. The frame is thrown away, and
  /// whoever sent it is not to blame.
  ///
  /// @param reason what does not go together, for the log
  record Disputed(String reason) implements Verdict {}

  /// The origin's key is not known here, so nobody can say: its member record must come first.
  ///
  /// @param log whose batch it claims to be
  record UnknownOrigin(LogId log) implements Verdict {}
}
