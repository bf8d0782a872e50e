// SPDX-License-Identifier: Apache-2.0
package org.wavefed.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wavefed.configuration.CheckedConfiguration.Fault;

class CheckedConfigurationTest {
  private @interface Config {
    String name() default "usual";

    boolean tls_required() default true;

    @Within(least = 1)
    int calls_max() default 100;

    @Within(least = 65_536, most = 1_000_000)
    long queue_bytes_max() default 70_000;

    int any() default -1;

    @OneOf({"FAST", "SAFE"})
    String way() default "SAFE";
  }

  private static CheckedConfiguration<Config> read(Map<String, ?> properties) {
    return CheckedConfiguration.of(Config.class, "org.wavefed.test.cfg", properties);
  }

  @Test
  void valuesShouldBeTheDefaultsWhereNothingIsSet() {
    Config values = read(Map.of("service.pid", "org.wavefed.test")).orRefuse();
    assertThat(values.name()).isEqualTo("usual");
    assertThat(values.tls_required()).isTrue();
    assertThat(values.calls_max()).isEqualTo(100);
    assertThat(values.queue_bytes_max()).isEqualTo(70_000);
    assertThat(values.annotationType()).isEqualTo(Config.class);
    assertThat(Set.of(values)).contains(values).doesNotContain(read(Map.of()).values());
  }

  @Test
  void valuesShouldBeThoseThatAreSetAsTextOrAsTheyAre() {
    Config values =
        read(Map.of(
                "name",
                "",
                "tls.required",
                " False",
                "calls.max",
                "7 ",
                "queue.bytes.max",
                65_536L,
                "any",
                "-5"))
            .orRefuse();
    assertThat(values.name()).isEmpty();
    assertThat(values.tls_required()).isFalse();
    assertThat(values.calls_max()).isEqualTo(7);
    assertThat(values.queue_bytes_max()).isEqualTo(65_536);
    assertThat(values.any()).isEqualTo(-5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "calls.max | abc | must be a whole number from 1 to 2147483647, not 'abc'",
        "calls.max | 0 | must be a whole number from 1 to 2147483647, not '0'",
        "calls.max | 2147483648 | must be a whole number from 1 to 2147483647, not '2147483648'",
        "calls.max | '' | must be a whole number from 1 to 2147483647, not ''",
        "calls.max | 1.5 | must be a whole number from 1 to 2147483647, not '1.5'",
        "queue.bytes.max | 65535 | must be a whole number from 65536 to 1000000, not '65535'",
        "queue.bytes.max | 99999999999999999999 | must be a whole number from 65536 to 1000000, not '99999999999999999999'",
        "way | slow | must be FAST or SAFE, not 'slow'",
        "tls.required | yes | must be true or false, not 'yes'",
        "tls.required | '' | must be true or false, not ''",
      })
  void faultShouldBeOneLineWithTheFileTheKeyTheValueAndWhatIsAllowed(
      String key, String value, String text) {
    CheckedConfiguration<Config> read = read(Map.of(key, value, "name", "x"));
    String line = key + " in etc/org.wavefed.test.cfg " + text;
    assertThat(read.faults()).extracting(Fault::message).containsExactly(line);
    assertThatThrownBy(read::orRefuse)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(line);
    assertThat(read.values().name()).isEqualTo("x");
  }

  @Test
  void defaultsShouldCountInThePlaceOfFaultsAndThatShouldBeTold() {
    List<String> lines = new ArrayList<>();
    Config values =
        read(Map.of("tls.required", "flase", "calls.max", "many")).orDefaults(lines::add);
    assertThat(values.tls_required()).isTrue();
    assertThat(values.calls_max()).isEqualTo(100);
    assertThat(lines)
        .containsExactly(
            "calls.max in etc/org.wavefed.test.cfg must be a whole number from 1 to 2147483647, not"
                + " 'many'; 100 is used",
            "tls.required in etc/org.wavefed.test.cfg must be true or false, not 'flase'; true is"
                + " used");
  }

  @Test
  void wordShouldBeTakenInAnyCase() {
    assertThat(read(Map.of("way", " fast")).orRefuse().way()).isEqualTo("FAST");
    assertThat(read(Map.of("way", "slow")).values().way()).isEqualTo("SAFE");
  }

  @Test
  void severalTextsShouldBeOneWithCommas() {
    assertThat(read(Map.of("name", new String[] {"a", "b"})).orRefuse().name()).isEqualTo("a,b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "call.max | ; did you mean calls.max?",
        "calls_max | ; did you mean calls.max?",
        "Calls.max | ; did you mean calls.max?",
        "tls.requierd | ; did you mean tls.required?",
        "nam | ; did you mean name?",
        "colour | ''",
        "calls | ''",
      })
  void warningShouldNameTheNearestKeyWhenAKeyIsNone(String key, String advice) {
    CheckedConfiguration<Config> read = read(Map.of(key, "7"));
    assertThat(read.warnings())
        .containsExactly(
            key + " in etc/org.wavefed.test.cfg is not a key and does nothing" + advice);
    assertThat(read.orRefuse().calls_max()).isEqualTo(100);
  }

  @Test
  void warningShouldNotLookForTheNearestKeyOfWhatIsFarTooLong() {
    assertThat(read(Map.of("name".repeat(25) + "n", "7")).warnings())
        .singleElement()
        .asString()
        .endsWith("is not a key and does nothing");
  }

  @Test
  void warningShouldNotBeGivenOfKeysOfOthers() {
    Map<String, ?> properties =
        Map.of(
            "service.pid", "org.wavefed.test",
            "felix.fileinstall.filename", "file:/x",
            "component.id", 7L,
            ".private", "x",
            "dns.kind", "test",
            "name", "x");
    assertThat(CheckedConfiguration.of(Config.class, "x.cfg", properties, "dns.kind").warnings())
        .isEmpty();
  }
}
