package io.vpcep.operator.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class IdentityApiTest {
  private static final String PATH = "/v3/auth/tokens?nocatalog=true";
  private static final String JSON_TYPE = "application/json; charset=utf-8";
  private static final String PASSWORD = "pa55word";

  private final Visitor visitor =
      new Visitor(
          SimulatorOptions.defaults()
              .withSize(2, 3)
              .withAccess(new Access.Login("ann", PASSWORD, "acme", Duration.ofMinutes(10))));

  @AfterEach
  void stop() {
    visitor.close();
  }

  private static String body(String user, String password, String projectId) {
    return """
        {"auth": {"identity": {"methods": ["password"],
                               "password": {"user": {"name": "%s", "password": "%s",
                                                     "domain": {"name": "acme"}}}},
                  "scope": {"project": {"id": "%s"}}}}
        """
        .formatted(user, password, projectId);
  }

  private HttpResponse<String> login(String user, String password, String projectId)
      throws Exception {
    return visitor.post(PATH, JSON_TYPE, body(user, password, projectId));
  }

  private HttpResponse<String> login(String password) throws Exception {
    return login("ann", password, visitor.project());
  }

  private String token() throws Exception {
    return login(PASSWORD).headers().firstValue("X-Subject-Token").orElseThrow();
  }

  private HttpResponse<String> list(String projectId, String token) throws Exception {
    return visitor.list(projectId, "", Map.of("X-Auth-Token", token));
  }

  private static void assertRefused(HttpResponse<String> response, int status, String message)
      throws Exception {
    assertThat(response.statusCode()).isEqualTo(status);
    JsonNode error = Visitor.json(response).get("error");
    assertThat(error.get("code").isInt()).isTrue();
    assertThat(error.get("code").asInt()).isEqualTo(status);
    assertThat(error.get("title").asText()).isNotBlank();
    assertThat(error.get("message").asText()).contains(message);
    assertThat(response.headers().firstValue("X-Subject-Token")).isEmpty();
    assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
    assertThat(response.body()).doesNotContain(PASSWORD);
  }

  @Test
  void givesATokenInAHeaderAndItsEndInTheBody() throws Exception {
    HttpResponse<String> response = login(PASSWORD);

    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.headers().firstValue("X-Subject-Token").orElseThrow())
        .hasSize(1200)
        .matches("[A-Za-z0-9+/]+");
    JsonNode token = Visitor.json(response).get("token");
    assertThat(token.get("expires_at").asText()).isEqualTo("2026-03-01T12:10:00.000000Z");
    assertThat(token.get("issued_at").asText()).isEqualTo("2026-03-01T12:00:00.000000Z");
    assertThat(token.at("/project/id").asText()).isEqualTo(visitor.project());
    assertThat(token.at("/user/domain/name").asText()).isEqualTo("acme");
    assertThat(response.body()).doesNotContain(PASSWORD);
  }

  @Test
  void givesAnotherTokenEachTime() throws Exception {
    assertThat(token()).isNotEqualTo(token());
    assertThat(visitor.simulator.answers(201)).isEqualTo(2);
  }

  @Test
  void listsForWhoHasAToken() throws Exception {
    assertThat(list(visitor.project(), token()).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesToListWithoutAToken() throws Exception {
    HttpResponse<String> response = visitor.list();

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(Visitor.json(response).get("error_code").asText()).isEqualTo("EndPoint.0003");
  }

  @Test
  void refusesTheTokenOfAnotherProject() throws Exception {
    assertThat(list(visitor.otherProject(), token()).statusCode()).isEqualTo(401);
  }

  @Test
  void refusesTokensAtTheirEnd() throws Exception {
    String token = token();
    visitor.passes(Duration.ofMinutes(10).minusMillis(1));
    assertThat(list(visitor.project(), token).statusCode()).isEqualTo(200);

    visitor.passes(Duration.ofMillis(1));

    assertThat(list(visitor.project(), token).statusCode()).isEqualTo(401);
  }

  @Test
  void refusesTokensThatWereRevoked() throws Exception {
    String token = token();

    visitor.simulator.revokeTokens();

    assertThat(list(visitor.project(), token).statusCode()).isEqualTo(401);
    assertThat(list(visitor.project(), token()).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesWrongPasswords() throws Exception {
    assertRefused(login("guess"), 401, "The username or password is wrong.");
  }

  @Test
  void refusesUnknownUsersWithTheSameWords() throws Exception {
    assertRefused(
        login("bob", PASSWORD, visitor.project()), 401, "The username or password is wrong.");
  }

  @Test
  void locksTheUserAfterFiveWrongPasswordsInARow() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertRefused(login("guess"), 401, "wrong");
    }

    assertRefused(login(PASSWORD), 401, "locked");
  }

  @Test
  void unlocksTheUserAfterAWhile() throws Exception {
    for (int i = 0; i < 5; i++) {
      login("guess");
    }

    visitor.passes(Duration.ofMinutes(15));

    assertThat(login(PASSWORD).statusCode()).isEqualTo(201);
  }

  @Test
  void forgetsWrongPasswordsAfterTheRightOne() throws Exception {
    for (int i = 0; i < 4; i++) {
      login("guess");
    }
    login(PASSWORD);
    login("guess");

    assertThat(login(PASSWORD).statusCode()).isEqualTo(201);
  }

  @Test
  void refusesProjectsThatDoNotExist() throws Exception {
    assertRefused(login("ann", PASSWORD, "0".repeat(32)), 404, "Could not find project");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"auth\":{\"identity\":{\"methods\":[\"token\"]}}}",
        "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":{}}}}}"
      })
  void refusesWhatIsNoLogin(String body) throws Exception {
    assertRefused(visitor.post(PATH, JSON_TYPE, body), 400, "Expecting");
  }

  @Test
  void refusesWhatIsNotSaidToBeJson() throws Exception {
    String body = body("ann", PASSWORD, visitor.project());

    assertRefused(visitor.post(PATH, "text/plain", body), 400, "JSON");
  }

  @Test
  void refusesLoginsThatAreTooLong() throws Exception {
    String body = body("ann", PASSWORD + "x".repeat(100_000), visitor.project());

    assertRefused(visitor.post(PATH, JSON_TYPE, body), 400, "Expecting");
  }

  @Test
  void refusesOtherMethods() throws Exception {
    HttpResponse<String> response = visitor.get(PATH);

    assertRefused(response, 405, "POST");
    assertThat(response.headers().firstValue("Allow")).hasValue("POST");
  }

  @Test
  void isNotThereInCloudsThatGiveNoTokens() throws Exception {
    try (Visitor other = new Visitor(SimulatorOptions.defaults().withToken("t"))) {
      HttpResponse<String> response = other.post(PATH, JSON_TYPE, "{}");

      assertThat(response.statusCode()).isEqualTo(404);
      assertThat(Visitor.json(response).get("error_code").asText()).isEqualTo("APIGW.0101");
    }
  }

  @Test
  void keepsNothingOfCloudsThatGiveNoTokens() throws Exception {
    try (Visitor other = new Visitor(SimulatorOptions.defaults().withToken("t"))) {
      other.simulator.revokeTokens();

      assertThat(other.list(other.project(), "", Map.of("X-Auth-Token", "t")).statusCode())
          .isEqualTo(200);
    }
  }
}
