package io.vpcep.operator.controller;

import static io.vpcep.operator.controller.ProjectStatusAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.FailureReason;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a project does about the Secrets that it names. */
class SecretTest {
  private static final Map<String, String> TOKEN = Map.of("token", "abc");
  private final VirtualOperator operator = new VirtualOperator();

  @AfterEach
  void stop() {
    operator.close();
  }

  @Test
  void healsWithinAnIntervalOfTheSecretThatWasMissing() {
    operator.sync("prod", new SpecDraft().secret("cloud"));
    operator.runFor(Duration.ofMinutes(61));
    assertThat(operator.status("prod")).isRetrying("SecretNotFound");
    assertThat(operator.cloud.listings()).isZero();
    operator.putSecret("cloud", TOKEN);

    operator.runFor(Duration.ofMinutes(1));

    assertThat(operator.status("prod")).isSynced();
  }

  @ParameterizedTest
  @CsvSource({"AUTHENTICATION_FAILED", "ACCESS_DENIED"})
  void triesAChangedSecretWithinAnInterval(FailureReason reason) {
    operator.putSecret("cloud", TOKEN);
    operator.cloud.fails(reason);
    operator.sync("prod", new SpecDraft().secret("cloud"));
    operator.runFor(Duration.ofHours(2));
    operator.cloud.recovers();
    operator.putSecret("cloud", Map.of("token", "mended"));

    operator.runFor(Duration.ofMinutes(1));

    assertThat(operator.status("prod")).isSynced();
  }

  @Test
  void keepsTheMirrorWhileTheSecretIsGoneAndHealsWhenItIsBack() {
    operator.cloud.shows("a");
    operator.putSecret("cloud", TOKEN);
    operator.sync("prod", new SpecDraft().secret("cloud"));
    Map<String, VpcEndpointService> mirror = operator.services();

    operator.deleteSecret("cloud");
    operator.runFor(Duration.ofMinutes(20));
    assertThat(operator.status("prod")).isRetrying("SecretNotFound");
    assertThat(operator.services()).isEqualTo(mirror);
    operator.putSecret("cloud", TOKEN);
    operator.runFor(Duration.ofMinutes(1));

    assertThat(operator.status("prod")).isSynced();
    assertThat(operator.services()).isEqualTo(mirror);
  }

  @Test
  void usesAChangedSecretAtTheNextSync() {
    operator.putSecret("cloud", TOKEN);
    operator.sync("prod", new SpecDraft().secret("cloud"));
    operator.putSecret("cloud", Map.of("token", "rotated"));

    operator.runFor(Duration.ofMinutes(1));

    assertThat(operator.cloud.lastRequest().credentials())
        .isEqualTo(new Credentials.Token("rotated"));
  }

  @Test
  void noticesAuthoritiesThatComeThoughThereAreNoCredentials() {
    operator.sync("prod", new SpecDraft().authorities("ca"));
    operator.runFor(Duration.ofHours(2));
    assertThat(operator.status("prod")).isRetrying("SecretNotFound");
    operator.putSecret("ca", Map.of("ca.crt", "-----BEGIN CERTIFICATE-----"));

    operator.runFor(Duration.ofMinutes(1));

    assertThat(operator.status("prod")).isSynced();
  }

  @Test
  void stallsAtASecretThatMakesNoSense() {
    operator.putSecret("cloud", Map.of("tokn", "abc"));
    operator.sync("prod", new SpecDraft().secret("cloud"));
    assertThat(operator.status("prod")).isStalled("SecretInvalid");
    operator.putSecret("cloud", TOKEN);

    operator.runFor(Duration.ofMinutes(1));

    assertThat(operator.status("prod")).isSynced();
  }

  @Test
  void triesAnInvalidSpecWithCredentialsEveryQuarterOfAnHourAlone() {
    operator.putSecret("cloud", TOKEN);
    operator.sync("prod", new SpecDraft().projectId("not/an/id").secret("cloud"));

    operator.runFor(Duration.ofHours(1));

    assertThat(operator.registry.get("vpcep.sync").tag("result", "InvalidSpec").counter().count())
        .isEqualTo(5);
  }
}
