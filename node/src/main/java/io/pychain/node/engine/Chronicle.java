package io.pychain.node.engine;

import io.pychain.core.failure.Turn;
import io.pychain.core.message.Certificate;
import io.pychain.core.message.Frame;
import io.pychain.core.message.MemberRecord;
import io.pychain.core.protocol.Answer;
import io.pychain.core.protocol.Effects;
import io.pychain.core.protocol.Input;
import io.pychain.core.protocol.Persist;
import io.pychain.core.protocol.Persist.Delivery;
import io.pychain.core.ring.Guid;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down what happens to a node: at INFO what an operator wants to find afterwards, at DEBUG
/// every frame and every delivery. Payloads and keys are never written.
///
/// What concerns the network goes to network_sync.log, what concerns messages to mempool.log.
final class Chronicle {
  /// Members named in one line.
  private static final int GUIDS_MAX = 32;

  private static final Logger NETWORK = LoggerFactory.getLogger("io.pychain.node.network");
  private static final Logger MEMPOOL = LoggerFactory.getLogger(Chronicle.class);

  void took(Input input) {
    switch (input) {
      case Input.LinkUp up ->
          NETWORK.info(
              "link up guid={} link={} dialled={}", up.record().guid(), up.link(), up.dialled());
      case Input.GuestUp guest ->
          NETWORK.info("newcomer connected host={} link={}", guest.host(), guest.link());
      case Input.LinkDown down ->
          NETWORK.info("link down link={} reason=\"{}\"", down.link(), down.reason());
      case Input.DialFailed failed ->
          NETWORK.debug(
              "dial failed guid={} evidence={} reason=\"{}\"",
              failed.guid(),
              failed.evidence(),
              failed.reason());
      case Input.Received received ->
          NETWORK.debug("received link={} frame={}", received.link(), kind(received.frame()));
      case Input.Unsent unsent ->
          NETWORK.debug("no room link={} frame={}", unsent.link(), kind(unsent.frame()));
      case Input.UnknownOrigin unknown ->
          NETWORK.debug("batch of a stranger link={} log={}", unknown.link(), unknown.log());
      case Input.Misdeed misdeed ->
          NETWORK.warn("misdeed link={} fault={}", misdeed.link(), misdeed.fault().label());
      case Input.Leave _ -> NETWORK.info("leaving");
      case Input.Ban ban -> NETWORK.info("ban guid={} force={}", ban.guid(), ban.force());
      case Input.Unban unban -> NETWORK.info("unban guid={}", unban.guid());
      case Input.Rotate rotate -> NETWORK.info("rotate to key={}", rotate.next().key());
      case Input.LayDown order -> NETWORK.info("to lay down limits={}", order.limits());
      case Input.Publish publish ->
          MEMPOOL.debug(
              "publish ticket={} messages={}", publish.ticket(), publish.messages().size());
      case Input.Survey survey ->
          MEMPOOL.debug("who has message={} wait={}", survey.message(), survey.patience());
      case Input.Found _,
          Input.SyncNow _,
          Input.Persisted _,
          Input.PersistFailed _,
          Input.Wake _ -> {}
    }
  }

  void caused(Effects effects) {
    effects.persist().forEach(Chronicle::written);
    if (NETWORK.isDebugEnabled()) {
      sent(effects);
    }
    for (Effects.Drop drop : effects.drop()) {
      NETWORK.info(
          "close link={} reason={} detail=\"{}\"", drop.link(), drop.reason(), drop.detail());
    }
    if (MEMPOOL.isDebugEnabled()) {
      effects.deliver().forEach(Chronicle::delivered);
    }
    effects.answers().forEach(Chronicle::answered);
    turned(effects.turns());
  }

  /// One line for many: where half a network dies, the log tells it once.
  private static void turned(List<Turn> turns) {
    if (turns.isEmpty()) {
      return;
    }
    for (Turn.Kind kind : Turn.Kind.values()) {
      List<Guid> guids =
          turns.stream().filter(turn -> turn.kind() == kind).map(Turn::guid).toList();
      if (!guids.isEmpty()) {
        NETWORK.info(
            "members {} count={} guids={}{}",
            kind.name().toLowerCase(Locale.ROOT),
            guids.size(),
            guids.subList(0, Math.min(guids.size(), GUIDS_MAX)),
            guids.size() > GUIDS_MAX ? " and more" : "");
      }
    }
  }

  /// Many a second: asked for only where it is written.
  private static void sent(Effects effects) {
    for (Effects.Send send : effects.send()) {
      NETWORK.debug("send link={} frame={}", send.link(), kind(send.frame()));
    }
    for (Effects.Dial dial : effects.dial()) {
      NETWORK.debug("dial guid={} addresses={}", dial.guid(), dial.addresses());
    }
  }

  private static void written(Persist write) {
    switch (write) {
      case Persist.StoreAllocation(long _, var certificate) ->
          NETWORK.info("admitted guid={} epoch={}", certificate.guid(), certificate.epoch());
      case Persist.StoreFork(long _, var proof) ->
          NETWORK.warn(
              "fork log={} one={} other={}: nothing more of that log is taken",
              proof.log(),
              proof.one(),
              proof.other());
      case Persist.StoreCertificate(long _, var certificate) ->
          NETWORK.warn("new epoch guid={} epoch={}", certificate.guid(), certificate.epoch());
      case Persist.StoreRecord(long _, MemberRecord record) ->
          NETWORK.info(
              "member guid={} status={} number={} addresses={}",
              record.guid(),
              record.contact().status(),
              record.number(),
              record.contact().addresses());
      case Persist.StoreParameters(long _, var parameters) ->
          NETWORK.info(
              "parameters number={} messages_per_second={} bytes_per_second={} burst={}",
              parameters.number(),
              parameters.limits().messagesPerSecond(),
              parameters.limits().bytesPerSecond(),
              parameters.limits().burst());
      case Persist.StoreAnchors(long _, var members) -> NETWORK.debug("anchors guids={}", members);
      case Persist.StoreBatch _, Persist.Probe _ -> {}
    }
  }

  private static void delivered(Delivery delivery) {
    MEMPOOL.debug(
        "delivered batch={} offset={} via={} hops={}",
        delivery.batch(),
        delivery.firstOffset(),
        delivery.via(),
        delivery.hops());
  }

  private static void answered(Answer answer) {
    switch (answer) {
      case Answer.Synced synced ->
          NETWORK.info(
              "full sync ended peers={} batches={} records={}",
              synced.peers(),
              synced.batches(),
              synced.records());
      case Answer.Refused refused ->
          MEMPOOL.debug(
              "publish refused ticket={} reason=\"{}\"", refused.ticket(), refused.reason());
      case Answer.Limited limited ->
          MEMPOOL.debug(
              "publish over the limit ticket={} wait={}", limited.ticket(), limited.after());
      case Answer.Left _ -> NETWORK.info("left the network");
      case Answer.Ruled(long _, MemberRecord record) ->
          NETWORK.warn(
              "ruled guid={} status={} epoch={}",
              record.guid(),
              record.contact().status(),
              record.certificate().epoch());
      case Answer.Overruled overruled ->
          NETWORK.info("not ruled reason={} detail=\"{}\"", overruled.why(), overruled.detail());
      case Answer.Rotated(long _, Certificate certificate) ->
          NETWORK.warn(
              "rotated key={} epoch={}: takes effect at the next start",
              certificate.key(),
              certificate.epoch());
      case Answer.NotRotated refused -> NETWORK.info("not rotated reason=\"{}\"", refused.reason());
      case Answer.Covered covered when covered.done() ->
          MEMPOOL.debug(
              "coverage ticket={} reached={} members={}",
              covered.ticket(),
              covered.coverage().reached(),
              covered.coverage().members());
      case Answer.Published _,
          Answer.LaidDown _,
          Answer.NotLaidDown _,
          Answer.Covered _,
          Answer.NotHeld _ -> {}
    }
  }

  private static String kind(Frame frame) {
    return frame.getClass().getSimpleName();
  }
}
