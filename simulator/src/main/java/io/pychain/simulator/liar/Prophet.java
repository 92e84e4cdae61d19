package io.pychain.simulator.liar;

import io.pychain.core.message.Frame;
import io.pychain.core.message.Frame.LogHead;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.simulator.world.Core;
import java.time.Instant;
import java.util.List;

/// Tells everybody of numbers that nobody has come to yet, and says to who asks for what is before
/// them that it is pruned. Who believes that is deaf to all that comes before those numbers.
final class Prophet extends Spoilt {
  /// How far ahead, in messages.
  private static final long AHEAD = 1L << 60;

  Prophet(Core honest) {
    super(honest);
  }

  @Override
  void spoil(Instant now, Input input, Effects effects) {
    effects.send().replaceAll(send -> new Effects.Send(send.link(), foretold(send.frame())));
    for (Effects.Serve serve : effects.serve()) {
      List<LogHead> floors =
          serve.fetch().ranges().stream().map(range -> new LogHead(range.log(), AHEAD)).toList();
      Frame pruned = new Frame.Batches(serve.fetch().id(), List.of(), floors, true);
      effects.send().add(new Effects.Send(serve.link(), pruned));
    }
    effects.serve().clear();
  }

  private static Frame foretold(Frame frame) {
    return switch (frame) {
      case Frame.Heads heads ->
          new Frame.Heads(
              heads.storeId(),
              heads.after(),
              heads.arrival(),
              ahead(heads.logs()),
              heads.records(),
              heads.forks());
      case Frame.News news ->
          new Frame.News(news.after(), news.arrival(), ahead(news.logs()), news.records());
      default -> frame;
    };
  }

  private static List<LogHead> ahead(List<LogHead> heads) {
    return heads.stream().map(head -> new LogHead(head.log(), AHEAD)).toList();
  }
}
