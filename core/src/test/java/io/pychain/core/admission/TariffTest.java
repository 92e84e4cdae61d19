package io.pychain.core.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.pychain.core.Cast;
import io.pychain.core.admission.TariffConfig.Bucket;
import io.pychain.core.message.AddressGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TariffTest {
  private static final TariffConfig CONFIG =
      new TariffConfig(
          new Bucket(10, 5, Duration.ofSeconds(1)),
          new Bucket(3, 2, Duration.ofSeconds(10)),
          20,
          8);
  private static final AddressGroup HERE = AddressGroup.of("127.0.0.1");
  private static final AddressGroup OFFICE = AddressGroup.of("192.0.2.7");
  private static final AddressGroup ELSEWHERE = AddressGroup.of("198.51.100.7");

  private Tariff tariff = Tariff.quiet(CONFIG);

  @Test
  void quietTimesCostNothing() {
    assertThat(tariff.price(Cast.NOON, OFFICE)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"9, 0", "10, 1", "14, 1", "15, 2", "20, 3", "1000, 20"})
  void priceRisesByTheRule(int admitted, int price) {
    admit(admitted, HERE);

    assertThat(tariff.price(Cast.NOON, ELSEWHERE)).isEqualTo(price);
  }

  @Test
  void priceFallsAsTheBucketLeaks() {
    admit(20, HERE);

    assertThat(tariff.price(Cast.NOON.plusSeconds(5), ELSEWHERE)).isEqualTo(2);
    assertThat(tariff.price(Cast.NOON.plusSeconds(11), ELSEWHERE)).isZero();
  }

  @Test
  void oneGroupPaysForItselfAndNoOther() {
    admit(5, OFFICE);

    assertThat(tariff.price(Cast.NOON, OFFICE)).isEqualTo(2);
    assertThat(tariff.price(Cast.NOON, ELSEWHERE)).isZero();
  }

  @Test
  void bothPricesAddUp() {
    admit(11, OFFICE);

    assertThat(tariff.price(Cast.NOON, ELSEWHERE)).isEqualTo(1);
    assertThat(tariff.price(Cast.NOON, OFFICE)).isEqualTo(1 + 5);
  }

  @Test
  void thisMachineHasNoGroupToPayFor() {
    admit(9, HERE);

    assertThat(tariff.price(Cast.NOON, HERE)).isZero();
  }

  @Test
  void workMayComeToTwiceThePriceAndWhatWasFreeIsFreeNoMore() {
    admit(15, HERE);
    assertThat(tariff.price(Cast.NOON, ELSEWHERE)).isEqualTo(2);

    assertThat(tariff.isEnough(0, Cast.NOON, ELSEWHERE)).isFalse();
    assertThat(tariff.isEnough(1, Cast.NOON, ELSEWHERE)).isTrue();
    admit(5, HERE);
    assertThat(tariff.isEnough(1, Cast.NOON, ELSEWHERE)).isFalse();
  }

  @Test
  void groupsThatAreRememberedAreBoundedAndTheLeastDemandingGoesFirst() {
    admit(5, OFFICE);
    for (int i = 0; i < 20; i++) {
      admit(1, AddressGroup.of("203.0." + i + ".1"));
    }

    assertThat(tariff.price(Cast.NOON.plusSeconds(100), OFFICE)).isZero();
    assertThat(tariff.price(Cast.NOON, OFFICE) - tariff.price(Cast.NOON, HERE)).isEqualTo(2);
  }

  /// Whatever is paid: in the long run as many are admitted as leak, and those who pay are never
  /// asked for more than the most.
  @Test
  void longRunIsAsFastAsTheLeakAndNoFaster() {
    SplittableRandom random = new SplittableRandom(1);
    Instant now = Cast.NOON;
    int admitted = 0;
    for (int second = 0; second < 2_000; second++) {
      now = now.plusSeconds(1);
      for (int i = 0; i < 50; i++) {
        AddressGroup group = AddressGroup.of("10." + random.nextInt(256) + ".0.1");
        int price = tariff.price(now, group);
        assertThat(price).isBetween(0, CONFIG.priceMax());
        if (price <= 10) {
          tariff = tariff.after(now, group);
          admitted++;
        }
      }
    }

    assertThat(admitted).isBetween(1_900, 2_100);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.7, 192.0.2.0/24",
    "2001:db8:7:1:0:0:0:9, 2001:db8:7::/48",
    "0:0:0:0:0:0:0:1, 0:0:0::/48",
    "node-17, node-17",
    "999.x.1.2, 999.x.1.2",
  })
  void groupsAreOfOneOwner(String host, String group) {
    assertThat(AddressGroup.of(host).name()).isEqualTo(group);
  }

  private void admit(int count, AddressGroup group) {
    for (int i = 0; i < count; i++) {
      tariff = tariff.after(Cast.NOON, group);
    }
  }
}
