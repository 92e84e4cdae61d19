package io.pychain.node;

import java.time.Duration;

/// A publish that is more than the network lets one member publish. Nothing of it was kept.
public final class PublishLimitedException extends PublishRefusedException {
  private final transient Duration after;

  /// @param after how long it may be published
  public PublishLimitedException(Duration after) {
    super(
        "this network lets no member publish more than this node has; publish again in %d ms"
            .formatted(after.toMillis() + 1));
    this.after = after;
  }

  /// How long to wait before it is published again.
  public Duration after() {
    return after;
  }
}
