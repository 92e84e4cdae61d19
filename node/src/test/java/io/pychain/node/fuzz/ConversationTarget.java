package io.pychain.node.fuzz;

import java.util.ArrayList;
import java.util.List;

/// A whole history of one node: links that come and go, time, a disk, applications, and peers that
/// say whatever the input says. Held to the law of [Conversation] after every step.
final class ConversationTarget implements Target {
  private static final int STEPS_MAX = 300;

  private final Realm realm = new Realm("here", 1);
  private final Realm other = new Realm("there", 1);

  @Override
  public Outcome run(byte[] input) {
    Cursor in = new Cursor(input);
    Conversation conversation = new Conversation(realm, other, in.flag());
    for (int step = 0; step < STEPS_MAX && !in.isAtEnd(); step++) {
      conversation.step(in);
    }
    conversation.end();
    return conversation.heard() ? Outcome.TAKEN : Outcome.REFUSED;
  }

  @Override
  public List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (int boot = 0; boot < 2; boot++) {
      for (int frame = 0; frame < 20; frame++) {
        seeds.add(
            new byte[] {(byte) boot, 0, 1, 0, 7, 2, 1, (byte) frame, 2, 2, 2, 2, 2, 1, 2, 3, 4});
      }
      for (int frame = 0; frame < realm.signedFrames().size(); frame++) {
        seeds.add(new byte[] {(byte) boot, 0, 1, 0, 7, 1, (byte) frame, 0, 0, 4, 5, 3, 9});
      }
      seeds.add(new byte[] {(byte) boot, 0, 1, 7, 9, 8, 5, 3, 3, 3, 0, 6, 1, 7, 3, 90, 5});
    }
    return seeds;
  }
}
