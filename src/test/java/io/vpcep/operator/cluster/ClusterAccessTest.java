package io.vpcep.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.OAuthTokenProvider;
import org.junit.jupiter.api.Test;

class ClusterAccessTest {
  private static ConfigBuilder config() {
    return new ConfigBuilder(Config.empty()).withMasterUrl("https://127.0.0.1:1");
  }

  private static OAuthTokenProvider tokens(ConfigBuilder config) {
    try (ClusterAccess cluster = ClusterAccess.to(config.build())) {
      return cluster.client().getConfiguration().getOauthTokenProvider();
    }
  }

  @Test
  void looksForNoTokenBesideACertificate() {
    OAuthTokenProvider tokens = tokens(config().withClientCertData("Y2VydGlmaWNhdGU="));

    assertThat(tokens).isNotNull();
    assertThat(tokens.getToken()).isNull();
  }

  @Test
  void renewsTheTokenOfAServiceAccount() {
    assertThat(tokens(config().withAutoOAuthToken("mounted"))).isNull();
  }

  @Test
  void renewsATokenThatIsGivenBesideACertificate() {
    assertThat(
            tokens(config().withClientCertData("Y2VydGlmaWNhdGU=").withAutoOAuthToken("by-plugin")))
        .isNull();
  }

  @Test
  void keepsTheTokensThatItIsGiven() {
    OAuthTokenProvider given = () -> "given";

    assertThat(
            tokens(config().withClientCertData("Y2VydGlmaWNhdGU=").withOauthTokenProvider(given)))
        .isSameAs(given);
  }
}
