package io.pychain.core.admission;

import io.pychain.core.message.AddressGroup;
import java.time.Instant;

/// On what terms newcomers are let in at a moment.
///
/// @param mode who may join at all
/// @param tariff what it costs
public record Terms(Mode mode, Tariff tariff) {
  /// For those who have a GUID, which costs nothing.
  public static final Terms FREE = new AdmissionConfig(Mode.OPEN, TariffConfig.DEFAULT).first();

  /// Who may join at all: the setting ADMISSION.
  public enum Mode {
    /// Everybody, at no price.
    OPEN,
    /// Everybody who solves a puzzle, where there is a price.
    PUZZLE,
    /// Whoever has an invitation.
    INVITE
  }

  /// What it costs somebody of this group now.
  ///
  /// @param bid that it makes of its own accord
  public int price(Instant now, AddressGroup group, int bid) {
    return mode == Mode.PUZZLE ? tariff.price(now, group, bid) : 0;
  }

  /// What it costs at least now, somebody of a group that has not come of late.
  public int leastPrice(Instant now) {
    return mode == Mode.PUZZLE ? tariff.leastPrice(now) : 0;
  }

  /// The terms after one of this group was admitted.
  public Terms after(Instant now, AddressGroup group) {
    return new Terms(mode, tariff.after(now, group));
  }

  /// Whether what was paid is enough now.
  public boolean isEnough(int paid, Instant now, AddressGroup group) {
    return switch (mode) {
      case OPEN -> true;
      case PUZZLE -> tariff.isEnough(paid, now, group);
      case INVITE -> false;
    };
  }
}
