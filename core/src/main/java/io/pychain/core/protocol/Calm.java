package io.pychain.core.protocol;

import io.pychain.core.message.Frame;
import java.time.Instant;

/// For how long only those rooms need to look at the time that every input concerns.
///
/// In a network that is well nearly all inputs are of a few kinds: a batch, its acknowledgement,
/// news, a sign of life, word from the disk. They are the business of broadcast, network sync and
/// links. All other rooms wait for moments that are known, or for something that is rare; to look
/// into each of them on every frame would cost more than the frame.
///
/// ```
///           ┌───────────────────────────────────────────────────┐
///           ▼                                                   │ all rooms have looked,
///         CALM ── a rare input, a disturbance in a common one, ─┘ and none is at work on
///                 or the first moment that a room waits for       something
/// ```
final class Calm {
  private Instant until = Instant.EPOCH;
  private boolean disturbed;

  /// Something has happened that rooms may have to act on which do not wait for it.
  void disturb() {
    disturbed = true;
  }

  /// All rooms are about to look; what happens meanwhile makes them look once more.
  void end() {
    disturbed = false;
  }

  /// Nothing happens in those other rooms before a moment.
  void begin(Instant until) {
    this.until = until;
  }

  Instant until() {
    return until;
  }

  /// Whether it goes on after an input, which has been taken.
  boolean outlasts(Instant now, Input input) {
    return !disturbed && until.isAfter(now) && isCommon(input);
  }

  private static boolean isCommon(Input input) {
    return switch (input) {
      case Input.Received received -> isCommon(received.frame());
      case Input.Persisted _, Input.Wake _ -> true;
      case Input.Publish _,
          Input.SyncNow _,
          Input.Leave _,
          Input.Ban _,
          Input.Rotate _,
          Input.Unban _,
          Input.LayDown _,
          Input.Survey _,
          Input.PersistFailed _,
          Input.LinkUp _,
          Input.GuestUp _,
          Input.LinkDown _,
          Input.DialFailed _,
          Input.Unsent _,
          Input.Found _,
          Input.Misdeed _,
          Input.UnknownOrigin _ ->
          false;
    };
  }

  private static boolean isCommon(Frame frame) {
    return frame instanceof Frame.Push
        || frame instanceof Frame.Ack
        || frame instanceof Frame.News
        || frame instanceof Frame.Ping
        || frame instanceof Frame.Pong;
  }
}
