package io.pychain.core.admission;

/// How a boot node admits newcomers.
///
/// @param mode who may join at all. Default [Terms.Mode#PUZZLE]
/// @param tariff what it costs
public record AdmissionConfig(Terms.Mode mode, TariffConfig tariff) {
  /// The defaults.
  public static final AdmissionConfig DEFAULT =
      new AdmissionConfig(Terms.Mode.PUZZLE, TariffConfig.DEFAULT);

  /// The terms as long as nobody has come.
  public Terms first() {
    return new Terms(mode, Tariff.quiet(tariff));
  }
}
