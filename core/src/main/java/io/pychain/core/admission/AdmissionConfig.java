package io.pychain.core.admission;

/// How a boot node admits newcomers.
///
/// @param mode who may join at all. Default [Terms.Mode#PUZZLE]
/// @param tariff what it costs
public record AdmissionConfig(
    Terms.Mode mode, TariffConfig tariff, CertificateConfig certificates) {
  /// The defaults.
  public static final AdmissionConfig DEFAULT =
      new AdmissionConfig(Terms.Mode.PUZZLE, TariffConfig.DEFAULT);

  /// On such terms, with certificates that hold for ever.
  public AdmissionConfig(Terms.Mode mode, TariffConfig tariff) {
    this(mode, tariff, CertificateConfig.DEFAULT);
  }

  /// The same with certificates that hold for so long.
  public AdmissionConfig with(CertificateConfig changed) {
    return new AdmissionConfig(mode, tariff, changed);
  }

  /// The terms as long as nobody has come.
  public Terms first() {
    return new Terms(mode, Tariff.quiet(tariff));
  }
}
