package io.pychain.node.fuzz;

import java.util.List;

/// Something that is given whatever an attacker likes.
interface Target {
  /// Takes any bytes. Whatever it throws is a finding.
  ///
  /// @return what came of it, for the statistics
  Outcome run(byte[] input);

  /// Inputs to begin the search with: good ones, from which a little is changed.
  List<byte[]> seeds();

  /// What came of an input.
  enum Outcome {
    /// It was no frame, request or text at all.
    MALFORMED,
    /// It was understood, and refused for what it said.
    REFUSED,
    /// It was taken: all of it is what its signer signed, or needs no signature.
    TAKEN
  }
}
