package io.pychain.simulator.world;

import io.pychain.core.admission.Door;
import io.pychain.core.admission.Door.Answer;
import io.pychain.core.admission.Door.Visitor;
import io.pychain.core.admission.Pass;
import io.pychain.core.message.AddressGroup;
import io.pychain.core.message.Doorstep;
import io.pychain.core.message.Frame;
import io.pychain.core.message.NodeKey;
import io.pychain.simulator.world.Host.Greeting;
import java.time.Instant;
import java.util.Optional;

/// Speaks with newcomers before they are linked to, as a real node's door does.
///
/// @param core whose terms hold
/// @param door that is opened by them
record Porter(Core core, Door door) {
  /// What a question is answered by; nothing where nobody is admitted.
  Optional<Frame> answer(Instant now, Frame.BeforeTls question, String host) {
    return question instanceof Doorstep.Knock(NodeKey key, int bid)
        ? core.terms()
            .map(terms -> door.quote(now, new Visitor(key, AddressGroup.of(host)), bid, terms))
        : Optional.empty();
  }

  /// What a newcomer that has connected has paid with; nothing if that is not enough.
  Optional<Pass> receive(Instant now, Greeting.Guest guest) {
    if (core.terms().isEmpty() || guest.enter().isEmpty()) {
      return Optional.of(Pass.NOTHING);
    }
    AddressGroup group = AddressGroup.of(guest.host());
    Answer answer = door.enter(now, guest.enter().get(), group, core.terms().get());
    return answer instanceof Answer.Enters(Pass pass) ? Optional.of(pass) : Optional.empty();
  }
}
