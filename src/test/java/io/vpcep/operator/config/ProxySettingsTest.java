package io.vpcep.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySettingsTest {

  @Test
  void callsStraightWhereNothingIsSet() throws Exception {
    assertThat(ProxySettings.read(Map.of("HTTPS_PROXY", " ", "NO_PROXY", "")))
        .isEqualTo(ProxySettings.NONE);
    assertThat(ProxySettings.NONE.proxyFor(true, "cloud.example", 443)).isEmpty();
  }

  @Test
  void tellsCallsOverTlsFromPlainOnes() throws Exception {
    // When
    ProxySettings settings =
        ProxySettings.read(Map.of("HTTPS_PROXY", "http://a:1", "HTTP_PROXY", "http://b:2/"));

    // Then
    assertThat(settings.proxyFor(true, "cloud.example", 443))
        .contains(new HttpProxy("a", 1, null, null));
    assertThat(settings.proxyFor(false, "cloud.example", 80))
        .contains(new HttpProxy("b", 2, null, null));
  }

  @Test
  void prefersUpperCase() throws Exception {
    assertThat(ProxySettings.read(Map.of("https_proxy", "low:1", "HTTPS_PROXY", "up:2")).https())
        .isEqualTo(new HttpProxy("up", 2, null, null));
    assertThat(ProxySettings.read(Map.of("https_proxy", "low:1", "HTTPS_PROXY", "")).https())
        .isEqualTo(new HttpProxy("low", 1, null, null));
  }

  @ParameterizedTest
  @CsvSource({
    "http://p.example:3128, p.example:3128, ",
    "HTTP://P:3128, P:3128, ",
    "10.0.0.1:8080, 10.0.0.1:8080, ",
    "http://[fd00::1]:8080, [fd00::1]:8080, ",
    "http://u:p@h:1, h:1, Basic dTpw",
    "u:p@h:1, h:1, Basic dTpw",
    "http://u@h:1, h:1, Basic dTo=",
    "http://@h:1, h:1, ",
    "http://a%40b:c%3Ad%2Fe+f@h:1, h:1, Basic YUBiOmM6ZC9lK2Y=",
  })
  void readsAProxyAndItsLogin(String url, String address, String authorization) throws Exception {
    // When
    HttpProxy proxy = ProxySettings.read(Map.of("HTTPS_PROXY", url)).https();

    // Then
    assertThat(proxy.address()).isEqualTo(address);
    assertThat(proxy.authorization().orElse(null)).isEqualTo(authorization);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://u:s3cr3t@h",
        "https://u:s3cr3t@h:1",
        "socks5://u:s3cr3t@h:1",
        "http://u:s3cr3t@h:0",
        "http://u:s3cr3t@h:65536",
        "http://u:s3cr3t@h:1/path",
        "http://u:s3cr3t@h:1?q",
        "http://u:s3cr3t@h:1#f",
        "http://u:s3cr3t@@h:1",
        "http://u:s3cr3t%@h:1",
        "http://u:s3cr3t@",
        "u:s3cr3t h:1",
        "s3cr3t",
      })
  void refusesWhatIsNoProxyWithoutShowingIt(String url) {
    // When
    InvalidSettings refusal =
        catchThrowableOfType(
            InvalidSettings.class,
            () -> ProxySettings.read(Map.of("https_proxy", url, "HTTP_PROXY", url)));

    // Then
    assertThat(refusal.problems())
        .hasSize(2)
        .noneMatch(problem -> problem.contains("s3cr3t"))
        .satisfiesExactly(
            problem -> assertThat(problem).startsWith("https_proxy is not a proxy"),
            problem -> assertThat(problem).startsWith("HTTP_PROXY is not a proxy"));
  }

  @Test
  void showsNoPasswordOfAProxy() throws Exception {
    // When
    EndpointRules rules =
        EndpointRules.anything()
            .through(ProxySettings.read(Map.of("HTTPS_PROXY", "http://u:s3cr3t@h:1")));

    // Then
    assertThat(rules.toString()).contains("HttpProxy[h:1]").doesNotContain("s3cr3t", "dTpzM2Ny");
    assertThat(rules.proxies().secrets()).containsExactly("s3cr3t", "dTpzM2NyM3Q=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*|anything.example|443|true",
        "example.com|example.com|443|true",
        "example.com|vpcep.example.com|443|true",
        "EXAMPLE.com|vpcep.Example.COM.|443|true",
        "example.com|notexample.com|443|false",
        ".example.com|vpcep.example.com|443|true",
        ".example.com|example.com|443|false",
        "*.example.com|vpcep.example.com|443|true",
        "*.example.com|example.com|443|false",
        "x , example.com,|example.com|443|true",
        "example.com:443|vpcep.example.com|443|true",
        "example.com:8443|vpcep.example.com|443|false",
        "a_b.example|a_b.example|443|true",
        "10.1.2.3|10.1.2.3|443|true",
        "10.1.2.3|10.1.2.4|443|false",
        "10.1.2.3:443|10.1.2.3|443|true",
        "10.1.2.3:80|10.1.2.3|443|false",
        "10.1.2.3|10.1.2.3.example|443|false",
        "10.0.0.0/8|10.255.0.1|443|true",
        "10.0.0.0/8|11.0.0.1|443|false",
        "10.0.0.0/8|10.example|443|false",
        "10.128.0.0/9|10.127.0.1|443|false",
        "0.0.0.0/0|1.1.1.1|443|true",
        "0.0.0.0/0|2606:4700::1|443|false",
        "fd00::/8|[fd12::1]|443|true",
        "fd00::/8|fe12::1|443|false",
        "2606:4700::1|2606:4700:0::1|443|true",
        "[2606:4700::1]|2606:4700::1|443|true",
        "[2606:4700::1]:443|2606:4700::1|443|true",
        "[2606:4700::1]:80|2606:4700::1|443|false",
        "x|127.0.0.1|443|true",
        "x|127.9.9.9|443|true",
        "x|[::1]|443|true",
        "x|localhost|443|true",
        "x|localhost.example|443|false",
      })
  void knowsWhatIsCalledStraight(String noProxy, String host, int port, boolean straight)
      throws Exception {
    // When
    ProxySettings settings = ProxySettings.read(Map.of("HTTPS_PROXY", "p:1", "NO_PROXY", noProxy));

    // Then
    assertThat(settings.proxyFor(true, host, port).isEmpty()).isEqualTo(straight);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com",
        "a b",
        "10.0.0.0/33",
        "10.0.0.0/x",
        "fd00::/129",
        "example.com/8",
        "a..b",
        ".",
        "*.*.example",
        "[::1",
        "::1::",
        "example.com:port",
        "example.com:99999",
        "\u001b[31m",
      })
  void refusesAnExceptionThatMakesNoSense(String item) {
    // When
    InvalidSettings refusal =
        catchThrowableOfType(
            InvalidSettings.class, () -> ProxySettings.read(Map.of("no_proxy", "ok, " + item)));

    // Then
    assertThat(refusal.problems()).hasSize(1);
    assertThat(refusal.problems().get(0)).startsWith("no_proxy holds \"").doesNotContain("\u001b");
  }

  @Test
  void reportsItsProblemsWithThoseOfTheSettings() {
    // When
    InvalidSettings refusal =
        catchThrowableOfType(
            InvalidSettings.class,
            () ->
                OperatorConfig.read(
                    Map.of("HTTPS_PROXY", "x", "NO_PROXY", "a b", "VPCEP_HTTP_PORT", "x")));

    // Then
    assertThat(refusal.problems()).hasSize(3);
  }
}
