// SPDX-License-Identifier: Apache-2.0
package org.wavefed.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wavefed.model.Bytes;
import org.wavefed.model.HashedVersion;
import org.wavefed.model.id.WaveletName;
import org.wavefed.wave.WaveletSummary;

class WaveletLookupTest {
  private static final String ABC = "acmewave.example/w+abc/conv+root";
  private final WaveletLookup lookup =
      lookup(
          ABC,
          "acmewave.example/w+abc/conv+private",
          "acmewave.example/w+abd/conv+root",
          "initech.example/w+xyz/conv+root",
          "other.example/initech.example!w+xyz/conv+other");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "w+abc",
        ABC,
        "wave://" + ABC,
        "acmewave.example/w+abc",
        "w+abc/conv+root",
        "wave://acmewave.example/w+abc"
      })
  void waveletShouldBeFoundByEachOfItsNames(String typed) {
    assertThat(lookup.find(typed)).isEqualTo(WaveletName.parse(ABC));
  }

  @Test
  void waveletShouldBeFoundByAPrefixThatIsEnough() {
    assertThat(lookup.find("w+x").wave().id()).isEqualTo("w+xyz");
    assertThat(lookup.find("w+abd")).isEqualTo(WaveletName.parse("acmewave.example/w+abd"));
  }

  @Test
  void waveletShouldBeFoundByItsShortName() {
    WaveletName other = WaveletName.parse("acmewave.example/w+abc/conv+private");
    assertThat(WaveletLookup.shortName(other)).isEqualTo("w+abc/conv+private");
    assertThat(lookup.find("w+abc/conv+private")).isEqualTo(other);
  }

  @Test
  void findShouldNameTheChoicesWhenThePrefixIsNotEnough() {
    assertThatThrownBy(() -> lookup.find("w+ab"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("w+abc")
        .hasMessageContaining("w+abd")
        .hasMessageContaining("type more");
  }

  @Test
  void findShouldSayWhatToDoWhenNothingMatches() {
    assertThatThrownBy(() -> lookup.find("w+nothing"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("'w+nothing'")
        .hasMessageContaining("wave:list");
  }

  @Test
  void findShouldTakeAFullNameThatIsNotInTheList() {
    assertThat(lookup.find("else.example/w+new"))
        .isEqualTo(WaveletName.parse("else.example/w+new/conv+root"));
  }

  @Test
  void findShouldRefuseAMalformedNameInOneLine() {
    assertThatThrownBy(() -> lookup.find("a/b/c/d/e"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("a/b/c/d/e");
  }

  private static WaveletLookup lookup(String... names) {
    return new WaveletLookup(Stream.of(names).map(WaveletLookupTest::summary).toList());
  }

  private static WaveletSummary summary(String name) {
    return new WaveletSummary(
        WaveletName.parse(name), new HashedVersion(1, Bytes.EMPTY), 0, List.of(), "", true);
  }
}
