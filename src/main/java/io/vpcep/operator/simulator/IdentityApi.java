package io.vpcep.operator.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The identity service (IAM): gives tokens for a user's password, {@code POST
 * /v3/auth/tokens?nocatalog=true}. Five wrong passwords in a row lock the user for 15 minutes.
 */
final class IdentityApi {
  static final String PATH = "/v3/auth/tokens";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LOCKED = Duration.ofMinutes(15);
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final Access.Login account;
  private final Set<String> projectIds;
  private final IssuedTokens tokens;
  private final Lockout lockout;

  IdentityApi(
      Access.Login account, Set<String> projectIds, IssuedTokens tokens, InstantSource clock) {
    this.account = account;
    this.projectIds = projectIds;
    this.tokens = tokens;
    this.lockout = new Lockout(LOCKED, clock);
  }

  /** The body of an answer, as far as clients read it. */
  private record Granted(Token token) {}

  private record Token(
      String issuedAt, String expiresAt, List<String> methods, Id project, User user) {}

  private record Id(String id) {}

  private record User(String name, Name domain) {}

  private record Name(String name) {}

  Answer answer(Request request) {
    if (!request.method().equals("POST")) {
      return Answer.identityError(405, "Method Not Allowed", "Tokens are asked for with POST.")
          .with("Allow", "POST");
    }
    JsonNode auth = read(request).path("auth");
    JsonNode user = auth.at("/identity/password/user");
    String projectId = auth.at("/scope/project/id").asText();
    boolean asksByPassword =
        auth.at("/identity/methods/0").asText().equals("password") && user.isObject();
    if (!asksByPassword || projectId.isEmpty()) {
      return Answer.identityError(
          400, "Bad Request", "Expecting a user, its password and the id of a project as JSON.");
    }
    return authenticate(user, projectId);
  }

  private static JsonNode read(Request request) {
    String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    try {
      return type.startsWith("application/json")
          ? JSON.readTree(request.body())
          : JSON.missingNode();
    } catch (IOException malformed) {
      return JSON.missingNode();
    }
  }

  private Answer authenticate(JsonNode user, String projectId) {
    String name = user.path("name").asText();
    if (!name.equals(account.username())
        || !user.at("/domain/name").asText().equals(account.domainName())) {
      return unauthorized("The username or password is wrong.");
    }
    if (lockout.isLocked()) {
      return unauthorized("The user is locked after too many wrong passwords: try again later.");
    }
    boolean right = Authentication.same(account.password(), user.path("password").asText());
    lockout.note(right);
    if (!right) {
      return unauthorized("The username or password is wrong.");
    }
    return projectIds.contains(projectId)
        ? grant(tokens.issue(projectId))
        : Answer.identityError(404, "Not Found", "Could not find project.");
  }

  private static Answer unauthorized(String message) {
    return Answer.identityError(401, "Unauthorized", message);
  }

  private Answer grant(IssuedTokens.Issued token) {
    User user = new User(account.username(), new Name(account.domainName()));
    Token shown =
        new Token(
            text(token.issuedAt()),
            text(token.expiresAt()),
            List.of("password"),
            new Id(token.projectId()),
            user);
    return Answer.json(201, new Granted(shown)).with("X-Subject-Token", token.value());
  }

  private static String text(Instant time) {
    return MICROSECONDS.format(time);
  }
}
