package io.pychain.core.wire;

/// Bytes that are not what they should be. The message names the field and what is wrong with it,
/// and nothing was done with the rest.
///
/// It is the only exception that decoding throws, whatever the bytes. It has no stack trace:
/// strangers cause it as often as they like.
public class MalformedException extends Exception {
  /// @param field the message and field, such as `push.hops`
  /// @param problem what is wrong with it, and what is allowed
  MalformedException(String field, String problem) {
    super(field + ": " + problem, null, false, false);
  }
}
