package io.vpcep.operator.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.cloud.auth.VendorSigner;
import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that the vendor's own signer signs, and such as nobody should answer. */
@Timeout(30)
class SignatureAuthenticationTest {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final List<String> PAIR = List.of("AKEXAMPLE", "SKexample/+1");
  private static final List<String> WRONG_PAIR = List.of("AKEXAMPLE", "SKexample/+2");
  private static final String SECURITY_TOKEN = "tEmP+tOkEn/=";

  private Visitor visitor = visitor(Optional.empty());

  @AfterEach
  void stop() {
    visitor.close();
  }

  private static Visitor visitor(Optional<String> securityToken) {
    Access access = new Access.KeyPair(PAIR.get(0), PAIR.get(1), securityToken);
    return new Visitor(SimulatorOptions.defaults().withSize(2, 25).withAccess(access));
  }

  private void temporary() {
    visitor.close();
    visitor = visitor(Optional.of(SECURITY_TOKEN));
  }

  /** Headers to sign that are right for the first project. */
  private Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    headers.put("X-Sdk-Date", DATE.format(visitor.now()));
    headers.put("X-Project-Id", visitor.project());
    return headers;
  }

  private String signature(List<String> pair, String query, Map<String, String> headers) {
    List<Map.Entry<String, String>> parameters =
        query.isEmpty()
            ? List.of()
            : Arrays.stream(query.substring(1).split("&"))
                .map(it -> it.split("="))
                .map(it -> Map.entry(it[0], URLDecoder.decode(it[1], StandardCharsets.UTF_8)))
                .toList();
    return VendorSigner.authorization(
        pair,
        visitor.simulator.baseUrl().toString(),
        "/v1/" + visitor.project() + "/vpc-endpoint-services",
        parameters,
        headers);
  }

  private HttpResponse<String> list(List<String> pair, String query, Map<String, String> headers)
      throws Exception {
    Map<String, String> sent = new HashMap<>(headers);
    sent.put("Authorization", signature(pair, query, headers));
    return visitor.list(visitor.project(), query, sent);
  }

  private static void assertRefused(HttpResponse<String> response, String why) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(401);
    assertThat(Visitor.json(response).get("error_code").asText()).isEqualTo("APIGW.0301");
    assertThat(Visitor.json(response).get("error_msg").asText()).contains(why);
    assertThat(Visitor.json(response).get("request_id").asText())
        .isEqualTo(response.headers().firstValue("X-Request-Id").orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "?limit=7",
        "?sort_dir=asc&limit=20&offset=20&sort_key=created_at",
        "?endpoint_service_name=shop%20%26%20co%2A~%2B%C3%BC%2F%3D&limit=7"
      })
  void answersWhatTheVendorsSignerSigned(String query) throws Exception {
    HttpResponse<String> response = list(PAIR, query, headers());

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  @Test
  void answersTemporaryKeys() throws Exception {
    temporary();
    Map<String, String> headers = headers();
    headers.put("X-Security-Token", SECURITY_TOKEN);

    assertThat(list(PAIR, "?limit=7", headers).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesAnotherSecretKeyAndRepeatsWhatWasSigned() throws Exception {
    temporary();
    Map<String, String> headers = headers();
    headers.put("X-Security-Token", SECURITY_TOKEN);

    HttpResponse<String> response = list(WRONG_PAIR, "?limit=7", headers);

    assertRefused(response, "verify aksk signature fail, canonicalRequest:GET|/v1/");
    assertThat(Visitor.json(response).get("error_msg").asText())
        .contains("|limit=7|host:127.0.0.1:", "|x-security-token:" + SECURITY_TOKEN + "||host;")
        .doesNotContain(PAIR.get(1));
  }

  @Test
  void refusesWhatWasChangedAfterItWasSigned() throws Exception {
    Map<String, String> headers = headers();
    Map<String, String> sent = new HashMap<>(headers);
    sent.put("Authorization", signature(PAIR, "?limit=7", headers));

    HttpResponse<String> response = visitor.list(visitor.project(), "?limit=8", sent);

    assertRefused(response, "verify aksk signature fail");
  }

  @ParameterizedTest
  @ValueSource(longs = {-900, 900})
  void answersClocksThatAreAQuarterOfAnHourOff(long seconds) throws Exception {
    Map<String, String> headers = headers();
    visitor.passes(Duration.ofSeconds(seconds));

    assertThat(list(PAIR, "", headers).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(longs = {-901, 901})
  void refusesClocksThatAreFurtherOff(long seconds) throws Exception {
    Map<String, String> headers = headers();
    visitor.passes(Duration.ofSeconds(seconds));

    assertRefused(list(PAIR, "", headers), "signature expired");
  }

  @Test
  void refusesDatesThatAreNone() throws Exception {
    Map<String, String> headers = headers();
    headers.put("X-Sdk-Date", "20260230T120000Z");

    assertRefused(list(PAIR, "", headers), "signature expired");
  }

  @Test
  void refusesTheIdOfAnotherProject() throws Exception {
    Map<String, String> headers = headers();
    headers.put("X-Project-Id", visitor.otherProject());

    assertRefused(list(PAIR, "", headers), "X-Project-Id is not the project of the path");
  }

  @Test
  void refusesHeadersThatAreNotSigned() throws Exception {
    Map<String, String> headers = headers();
    headers.remove("X-Project-Id");

    assertRefused(list(PAIR, "", headers), "a header is not signed");
  }

  @Test
  void refusesTemporaryKeysWithoutTheirToken() throws Exception {
    temporary();

    assertRefused(list(PAIR, "", headers()), "X-Security-Token is not that of the key");
  }

  @Test
  void refusesTokensThatArePutOnPermanentKeys() throws Exception {
    Map<String, String> headers = headers();
    headers.put("X-Security-Token", SECURITY_TOKEN);

    assertRefused(list(PAIR, "", headers), "X-Security-Token is not that of the key");
  }

  @Test
  void refusesUnknownKeys() throws Exception {
    assertRefused(
        list(List.of("AKOTHER", PAIR.get(1)), "", headers()),
        "Get secretKey failed,ak:AKOTHER,err:ak not exist");
  }

  @Test
  void refusesWhatIsNotSigned() throws Exception {
    assertRefused(visitor.list(), "Authorization is not of the form of SDK-HMAC-SHA256");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer abc",
        "SDK-HMAC-SHA256 Access=AKEXAMPLE, SignedHeaders=host, Signature=zz"
      })
  void refusesOtherSchemes(String authorization) throws Exception {
    HttpResponse<String> response =
        visitor.list(visitor.project(), "", Map.of("Authorization", authorization));

    assertRefused(response, "Authorization is not of the form of SDK-HMAC-SHA256");
    assertThat(visitor.simulator.answers(401)).isEqualTo(1);
  }

  @Test
  void locksTheKeyAfterFiveFailuresInARow() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertRefused(list(WRONG_PAIR, "", headers()), "verify aksk signature fail");
    }

    assertRefused(list(PAIR, "", headers()), "AK access failed to reach the limit,forbidden.");
  }

  @Test
  void unlocksTheKeyAfterFiveMinutes() throws Exception {
    for (int i = 0; i < 5; i++) {
      list(WRONG_PAIR, "", headers());
    }
    visitor.passes(Duration.ofMinutes(5).minusSeconds(1));
    assertThat(list(PAIR, "", headers()).statusCode()).isEqualTo(401);

    visitor.passes(Duration.ofSeconds(1));

    assertThat(list(PAIR, "", headers()).statusCode()).isEqualTo(200);
  }

  @Test
  void forgetsFailuresAfterASuccess() throws Exception {
    for (int i = 0; i < 4; i++) {
      list(WRONG_PAIR, "", headers());
    }
    list(PAIR, "", headers());
    list(WRONG_PAIR, "", headers());

    assertThat(list(PAIR, "", headers()).statusCode()).isEqualTo(200);
  }
}
