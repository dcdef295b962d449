package io.vpcep.operator.cloud;

import static io.vpcep.operator.cloud.CloudFixture.error;
import static io.vpcep.operator.cloud.OwnIdentityFixture.AGENCY;
import static io.vpcep.operator.cloud.OwnIdentityFixture.POD;
import static io.vpcep.operator.cloud.OwnIdentityFixture.agencyKeys;
import static io.vpcep.operator.cloud.OwnIdentityFixture.in;
import static io.vpcep.operator.cloud.OwnIdentityFixture.noPages;
import static io.vpcep.operator.cloud.OwnIdentityFixture.podKeys;
import static io.vpcep.operator.cloud.OwnIdentityFixture.unauthorized;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vpcep.operator.sync.Snapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The identities that the operator has of its own, on real sockets. */
class OwnIdentityTest {
  private OwnIdentityFixture own;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    own = new OwnIdentityFixture(directory);
  }

  @AfterEach
  void stop() {
    own.close();
  }

  @Test
  void showsANewerNodeItsToken() throws Exception {
    // Given
    own.nodeAnswers(
        new MockResponse.Builder().body("meta-token\n").build(),
        agencyKeys("AK1", in(Duration.ofHours(24))));
    own.cloud.answering(noPages());

    // When
    own.list(AGENCY);

    // Then
    RecordedRequest token = own.node.takeRequest();
    assertThat(token.getMethod() + " " + token.getTarget())
        .isEqualTo("PUT /meta-data/latest/api/token");
    assertThat(token.getHeaders().get("X-Metadata-Token-Ttl-Seconds")).isEqualTo("21600");
    RecordedRequest keys = own.node.takeRequest();
    assertThat(keys.getMethod() + " " + keys.getTarget())
        .isEqualTo("GET /openstack/latest/securitykey");
    assertThat(keys.getHeaders().get("X-Metadata-Token")).isEqualTo("meta-token");
    assertThat(own.signer()).isEqualTo("AK1 st-AK1");
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 405})
  void asksAnOlderNodeWithoutAToken(int status) throws Exception {
    // Given
    own.nodeAnswers(error(status, "").build(), agencyKeys("AK1", in(Duration.ofHours(24))));
    own.cloud.answering(noPages());

    // When
    own.list(AGENCY);

    // Then
    own.node.takeRequest();
    assertThat(own.node.takeRequest().getHeaders().get("X-Metadata-Token")).isNull();
    assertThat(own.signer()).isEqualTo("AK1 st-AK1");
  }

  @Test
  void sharesTheKeysBetweenListings() throws Exception {
    // Given
    own.nodeAnswers(error(404, "").build(), agencyKeys("AK1", in(Duration.ofHours(24))));
    own.cloud.answering(noPages(), noPages());
    own.list(AGENCY);

    // When
    own.list(AGENCY);

    // Then
    assertThat(own.node.getRequestCount()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"24h, PT23H20M", "1h, PT30M", "15m, PT7M30S"})
  void looksForNewKeysWellBeforeTheEnd(String lifetime, Duration due) throws Exception {
    // Given
    own.nodeAnswers(
        podKeys("AK1", in(Duration.parse("PT" + lifetime))),
        podKeys("AK2", in(Duration.ofHours(48))));
    own.cloud.answering(noPages(), noPages(), noPages());
    own.list(POD);
    own.clock.pass(due.minusMillis(1));
    own.list(POD);
    int before = own.node.getRequestCount();
    own.clock.pass(Duration.ofMillis(1));

    // When
    own.list(POD);

    // Then
    assertThat(before).isEqualTo(1);
    await().until(() -> own.node.getRequestCount() == 2);
  }

  @Test
  void asksForOtherKeysOnceWhenTheCloudRefusesThem() throws Exception {
    // Given
    own.nodeAnswers(
        error(404, "").build(),
        agencyKeys("AK1", in(Duration.ofHours(24))),
        error(404, "").build(),
        agencyKeys("AK2", in(Duration.ofHours(24))));
    own.cloud.answering(unauthorized(), noPages());

    // When
    Snapshot snapshot = own.list(AGENCY);

    // Then
    assertThat(snapshot.isComplete()).isTrue();
    assertThat(own.signer()).isEqualTo("AK1 st-AK1");
    assertThat(own.signer()).isEqualTo("AK2 st-AK2");
  }

  @Test
  void exchangesThePodsTokenAndReadsItAnewEachTime() throws Exception {
    // Given
    own.nodeAnswers(
        podKeys("AK1", in(Duration.ofHours(1))), podKeys("AK2", in(Duration.ofHours(9))));
    own.cloud.answering(noPages(), noPages());
    own.list(POD);
    Files.writeString(own.tokenFile, "jwt-2");
    own.clock.pass(Duration.ofHours(2));

    // When
    own.list(POD);

    // Then
    for (String token : List.of("jwt-1", "jwt-2")) {
      RecordedRequest asked = own.node.takeRequest();
      assertThat(asked.getMethod() + " " + asked.getTarget()).isEqualTo("POST /v1/credentials");
      assertThat(asked.getHeaders().get("Authorization")).isEqualTo(token);
      assertThat(asked.getBody().utf8()).isEqualTo("{}");
    }
    assertThat(own.signer()).isEqualTo("AK1 st-AK1");
    assertThat(own.signer()).isEqualTo("AK2 st-AK2");
  }
}
