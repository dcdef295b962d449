package io.vpcep.operator.cloud;

import static io.vpcep.operator.cloud.CloudFixture.error;
import static io.vpcep.operator.cloud.CloudFixture.json;

import io.vpcep.operator.cloud.auth.LocalIdentity;
import io.vpcep.operator.config.EndpointRules;
import io.vpcep.operator.sync.Credentials;
import io.vpcep.operator.sync.ListingRequest;
import io.vpcep.operator.sync.ServiceQuery;
import io.vpcep.operator.sync.Snapshot;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Dns;

/** A node and a pod that give the operator keys, and a cloud that it lists with them. */
final class OwnIdentityFixture implements AutoCloseable {
  static final Credentials AGENCY = new Credentials.NodeAgency();
  static final Credentials POD = new Credentials.PodIdentity();

  final TestClock clock = new TestClock();
  final MockWebServer node = new MockWebServer();
  final Path tokenFile;
  final CloudFixture cloud;

  OwnIdentityFixture(Path directory) throws Exception {
    node.start(InetAddress.getByName("127.0.0.1"), 0);
    tokenFile = Files.writeString(directory.resolve("token"), "jwt-1\n");
    cloud = fixture(local(Map.of())).started();
  }

  @Override
  public void close() {
    cloud.close();
    node.close();
  }

  CloudFixture fixture(LocalIdentity local) {
    return new CloudFixture(
        EndpointRules.anything(), Dns.SYSTEM, Duration.ofSeconds(10), clock.clocks(), local);
  }

  /** As the environment of a pod says, but for some variables. */
  LocalIdentity local(Map<String, String> changes) {
    Map<String, String> environment = new HashMap<>();
    environment.put("HC_CONTAINER_CREDENTIALS_FULL_URI", node.url("/v1/credentials").toString());
    environment.put("HC_CONTAINER_AUTHORIZATION_TOKEN_FILE", tokenFile.toString());
    environment.putAll(changes);
    LocalIdentity pod = LocalIdentity.of(environment);
    return new LocalIdentity(node.url("/").toString(), pod.podCredentials(), pod.podTokenFile());
  }

  ListingRequest request(Credentials credentials) {
    return new ListingRequest(
        "a project",
        cloud.endpoint("127.0.0.1"),
        "p",
        credentials,
        null,
        ServiceQuery.everything(2),
        Duration.ofSeconds(20));
  }

  Snapshot list(Credentials credentials) throws Exception {
    return cloud.catalog.list(request(credentials));
  }

  static MockResponse agencyKeys(String name, Instant expires) {
    return json(("{\"credential\":{\"access\":\"%1$s\",\"secret\":\"sk\",\"securitytoken\":\"st-%1$s\","
                + "\"expires_at\":\"%2$s\"}}")
            .formatted(name, expires))
        .build();
  }

  static MockResponse podKeys(String name, Instant expires) {
    return json(("{\"credentials\":{\"accessKeyId\":\"%1$s\",\"secretAccessKey\":\"sk\","
                + "\"securityToken\":\"st-%1$s\",\"expiration\":\"%2$s\"}}")
            .formatted(name, expires))
        .build();
  }

  static Instant in(Duration duration) {
    return CloudFixture.NOW.plus(duration);
  }

  void nodeAnswers(MockResponse... answers) {
    for (MockResponse answer : answers) {
      node.enqueue(answer);
    }
  }

  static MockResponse noPages() {
    return json(Pages.json(0, 0, 0)).build();
  }

  static MockResponse unauthorized() {
    return error(401, "{\"error_code\":\"APIGW.0301\",\"error_msg\":\"verify failed\"}").build();
  }

  String signer() throws Exception {
    RecordedRequest page = cloud.server.takeRequest();
    return page.getHeaders().get("Authorization").replaceAll(".*Access=([^,]*),.*", "$1")
        + " "
        + page.getHeaders().get("X-Security-Token");
  }
}
