package io.pychain.simulator.liar;

import io.pychain.core.message.Batch;
import io.pychain.core.message.Bytes;
import io.pychain.core.message.Frame;
import io.pychain.core.message.Message;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Identity;
import io.pychain.core.protocol.Input;
import io.pychain.core.wire.BatchCodec;
import io.pychain.simulator.world.Core;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/// Tells one half of its peers one thing and the other half another, under the same number: every
/// batch that it broadcasts has a twin, signed as well, for the links with odd numbers.
final class ForkMaker extends Spoilt {
  private static final Message LIE = new Message(Message.JSON, Bytes.utf8("\"the other story\""));

  private final Identity identity;

  ForkMaker(Core honest, Identity identity) {
    super(honest);
    this.identity = identity;
  }

  @Override
  void spoil(Instant now, Input input, Effects effects) {
    effects.send().replaceAll(send -> send.link().value() % 2 == 0 ? send : twisted(send));
  }

  private Effects.Send twisted(Effects.Send send) {
    return send.frame() instanceof Frame.Push push && !push.isUrgent() && isOwn(push.batch())
        ? new Effects.Send(send.link(), twin(push))
        : send;
  }

  private Frame.Push twin(Frame.Push push) {
    return new Frame.Push(twin(push.batch()), push.limit(), push.hops(), push.number());
  }

  private boolean isOwn(Batch batch) {
    return batch.log().guid().equals(identity.record().guid());
  }

  private Batch twin(Batch batch) {
    List<Message> messages = Collections.nCopies(batch.messages().size(), LIE);
    var draft =
        new BatchCodec.Draft(
            batch.log(), batch.firstSeq(), batch.previous(), batch.timestamp(), messages);
    return BatchCodec.seal(draft, identity.record().certificate().network(), identity.signer());
  }
}
