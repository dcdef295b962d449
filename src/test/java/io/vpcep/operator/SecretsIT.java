package io.vpcep.operator;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.Credentials;
import io.vpcep.operator.crd.VpcEndpointProjectSpec.SecretReference;
import io.vpcep.operator.simulator.Access;
import io.vpcep.operator.simulator.Simulator;
import io.vpcep.operator.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Every kind of Secret, right and wrong, against clouds that check it, one of which echoes what it
 * refused; then all that the operator says anywhere is searched for what must not be said.
 */
class SecretsIT {
  private static final String ACCESS_KEY = "AKQWERTZUIOPASDFGH";
  private static final String SECRET_KEY = "right-secret-key-5f3a";
  private static final String SECURITY_TOKEN = "right/security+token==77ab";
  private static final String PASSWORD = "right \"password\" & ümlaut 91";
  private static final String WRONG_KEY = "wrong-secret-key-0c1d";
  private static final String WRONG_PASSWORD = "wrong \"password\" & more 22";
  private static final String TOKEN = "a-token-of-my-own-36ee";
  private static final String WRONG_TOKEN = "wrong-token-88aa99bb";

  private static final List<String> SECRETS =
      List.of(
          ACCESS_KEY,
          SECRET_KEY,
          SECURITY_TOKEN,
          PASSWORD,
          WRONG_KEY,
          WRONG_PASSWORD,
          TOKEN,
          WRONG_TOKEN,
          // As JSON and URLs write them.
          "right \\\"password\\\"",
          "wrong \\\"password\\\"",
          "right%2Fsecurity%2Btoken");

  private final Queue<String> logged = new ConcurrentLinkedQueue<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
  private final Logger own = (Logger) LoggerFactory.getLogger("io.vpcep");
  private final Capture capture = new Capture();
  private final RunningOperator operator = new RunningOperator();
  private final Simulator signing =
      cloud(1, new Access.KeyPair(ACCESS_KEY, SECRET_KEY, Optional.of(SECURITY_TOKEN)));
  private final Simulator login =
      cloud(2, new Access.Login("reader", PASSWORD, "account", Duration.ofMinutes(10)));
  private final Simulator fixed = cloud(3, new Access.Token(TOKEN));

  private final class Capture extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      logged.add(
          event.getFormattedMessage()
              + event.getKeyValuePairs()
              + (event.getThrowableProxy() == null
                  ? ""
                  : ThrowableProxyUtil.asString(event.getThrowableProxy())));
    }
  }

  /** Of a seed of its own, since a service of two projects is a conflict. */
  private static Simulator cloud(long seed, Access access) {
    return Simulator.start(
        SimulatorOptions.defaults().withSeed(seed).withSize(1, 3).withAccess(access),
        Environment.time().clock());
  }

  @AfterEach
  void stop() {
    root.detachAppender(capture);
    own.setLevel(null);
    operator.close();
    List.of(signing, login, fixed).forEach(Simulator::close);
  }

  private void createProject(String name, Simulator cloud, Map<String, String> secret) {
    operator
        .admin()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withNamespace(operator.namespace())
                .withName(name)
                .endMetadata()
                .withStringData(secret)
                .build())
        .create();
    String iam = secret.containsKey("password") ? cloud.baseUrl().toString() : null;
    operator.createProject(
        name,
        new VpcEndpointProjectSpec(
            cloud.baseUrl().toString(),
            cloud.projectIds().get(0),
            new Credentials(new SecretReference(name), null, null, iam),
            null,
            "5s",
            null,
            "5s",
            null,
            null,
            null,
            null));
  }

  private static Map<String, String> keys(String secretKey) {
    return Map.of("accessKey", ACCESS_KEY, "secretKey", secretKey, "securityToken", SECURITY_TOKEN);
  }

  private static Map<String, String> user(String password) {
    return Map.of("username", "reader", "password", password, "domainName", "account");
  }

  @Test
  void areNowhereToBeRead() throws IOException, InterruptedException {
    capture.setContext(root.getLoggerContext());
    capture.start();
    root.addAppender(capture);
    own.setLevel(Level.DEBUG);
    createProject("keys", signing, keys(SECRET_KEY));
    createProject("user", login, user(PASSWORD));
    createProject("token", fixed, Map.of("token", TOKEN));
    operator.awaitReason("keys", "Synced");
    operator.awaitReason("user", "Synced");
    operator.awaitReason("token", "Synced");
    createProject("wrong-keys", signing, keys(WRONG_KEY));
    createProject("wrong-user", login, user(WRONG_PASSWORD));
    createProject("wrong-token", fixed, Map.of("token", WRONG_TOKEN));
    createProject("mixture", fixed, Map.of("token", TOKEN, "secretKey", SECRET_KEY));
    operator.awaitReason("wrong-keys", "AuthenticationFailed");
    operator.awaitReason("wrong-user", "AuthenticationFailed");
    operator.awaitReason("wrong-token", "AuthenticationFailed");
    operator.awaitReason("mixture", "SecretInvalid");
    login.revokeTokens();
    operator.sync("user");
    operator.awaitReason("user", "Synced");

    List<String> said = said();

    assertThat(login.answers(201)).as("one token, and another when that was revoked").isEqualTo(2);
    assertThat(said).anySatisfy(text -> assertThat(text).contains("APIGW.0301"));
    assertThat(said)
        .allSatisfy(text -> assertThat(text).doesNotContain(SECRETS.toArray(String[]::new)));
  }

  /** Statuses, events, metrics and logs, down to DEBUG. */
  private List<String> said() throws IOException, InterruptedException {
    List<String> said = new ArrayList<>(logged);
    var json = operator.admin().getKubernetesSerialization();
    for (String project :
        List.of("keys", "user", "token", "wrong-keys", "wrong-user", "wrong-token", "mixture")) {
      said.add(json.asJson(operator.project(project)));
    }
    operator.services().forEach(service -> said.add(json.asJson(service)));
    operator
        .admin()
        .v1()
        .events()
        .inNamespace(operator.namespace())
        .list()
        .getItems()
        .forEach(event -> said.add(json.asJson(event)));
    URI metrics = URI.create("http://127.0.0.1:" + operator.httpPort() + "/metrics");
    said.add(
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
            .body());
    assertThat(said).hasSizeGreaterThan(20);
    return said;
  }
}
