package io.pychain.core.protocol;

import io.pychain.core.admission.AdmissionConfig;
import io.pychain.core.failure.FailureConfig;
import io.pychain.core.link.LinkConfig;
import io.pychain.core.ring.Base;
import io.pychain.core.sync.SyncConfig;

/// Every bound and delay of the protocol.
///
/// @param base arcs per level of the ring; all nodes of a network use the same. Default: ADR 0003
/// @param links when links are tried, given up and dialled
/// @param sync when network sync asks
/// @param failure how deaths are found out
/// @param admission on what terms newcomers are admitted, by a boot node
/// @param batchBytesMax most payload bytes sealed into one batch of several messages; one message
///   alone may be as large as `messageBytesMax`. Default 256 KiB
/// @param batchMessagesMax most messages in one batch. Default 2,048
/// @param messageBytesMax largest payload. Default 1 MiB
/// @param publishQueueBytesMax bytes that may wait to be sealed before publishing is refused; a
///   request larger than that is taken when nothing else waits. Default 16 MiB
/// @param unpersistedBytesMax bytes handed to the store's writer and not yet durable, beyond which
///   batches of others are passed on but not taken; sync brings them later. Default 64 MiB
/// @param pendingBytesMax bytes of batches that wait for a gap before them to close. Default 16 MiB
public record ProtocolConfig(
    Base base,
    LinkConfig links,
    SyncConfig sync,
    FailureConfig failure,
    AdmissionConfig admission,
    int batchBytesMax,
    int batchMessagesMax,
    int messageBytesMax,
    int publishQueueBytesMax,
    int unpersistedBytesMax,
    int pendingBytesMax) {
  /// What suits a network of 2 to 10,000 nodes.
  public static final ProtocolConfig DEFAULT =
      new ProtocolConfig(
          Base.of(4),
          LinkConfig.DEFAULT,
          SyncConfig.DEFAULT,
          FailureConfig.DEFAULT,
          AdmissionConfig.DEFAULT,
          256 << 10,
          2_048,
          1 << 20,
          16 << 20,
          64 << 20,
          16 << 20);

  /// The same with other bounds and delays for finding out who is dead.
  public ProtocolConfig with(FailureConfig changed) {
    return with(changed, admission);
  }

  /// The same with newcomers admitted on other terms.
  public ProtocolConfig with(AdmissionConfig changed) {
    return with(failure, changed);
  }

  private ProtocolConfig with(FailureConfig deaths, AdmissionConfig joining) {
    return new ProtocolConfig(
        base,
        links,
        sync,
        deaths,
        joining,
        batchBytesMax,
        batchMessagesMax,
        messageBytesMax,
        publishQueueBytesMax,
        unpersistedBytesMax,
        pendingBytesMax);
  }
}
