package io.vpcep.operator.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SimulatorHttpTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SimulatorOptions OPTIONS = SimulatorOptions.defaults().withSize(2, 25);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Simulator simulator = Simulator.start(OPTIONS, InstantSource.system());

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void listsTenServicesByDefaultAndTheTotal() throws Exception {
    HttpResponse<String> response = get(listing(""));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.headers().firstValue("X-Request-Id").get()).matches("[0-9a-f]{32}");
    assertThat(ids(response)).hasSize(10).doesNotHaveDuplicates();
    assertThat(json(response).get("total_count").asInt()).isEqualTo(25);
  }

  @Test
  void listsEachServiceOnceOverItsPages() throws Exception {
    Set<String> listed = new HashSet<>(ids(get(listing("?limit=20"))));
    listed.addAll(ids(get(listing("?limit=20&offset=20"))));

    assertThat(listed)
        .containsExactlyInAnyOrderElementsOf(
            simulator.services(project()).stream().map(SimulatedService::id).toList());
  }

  @Test
  void answersTheSameBytesForTheSameSeed() throws Exception {
    try (Simulator other = Simulator.start(OPTIONS, InstantSource.system())) {
      String path = "/v1/" + project() + "/vpc-endpoint-services?limit=1000";

      String body = get(URI.create(other.baseUrl() + path)).body();

      assertThat(body).isEqualTo(get(listing("?limit=1000")).body());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "?limit=1001,EndPoint.0006",
    "?offset=0,EndPoint.0010",
    "?offset=25,EndPoint.0010",
    "?sort_key=name,EndPoint.0017",
    "?sort_dir=up,EndPoint.0018",
    "?status=gone,EndPoint.0019",
    "?id=a&id=b,EndPoint.0002"
  })
  void refusesWrongParameters(String query, String code) throws Exception {
    HttpResponse<String> response = get(listing(query));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).get("error_code").asText()).isEqualTo(code);
    assertThat(json(response).get("error_msg").asText()).isNotBlank();
    assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/0123/vpc-endpoint-services,400,EndPoint.0014",
    "/v1/00000000000000000000000000000000/vpc-endpoint-services,404,EndPoint.0005",
    "/v1/vpc-endpoint-services,404,APIGW.0101",
    "/v2/x/vpc-endpoint-services,404,APIGW.0101",
    "/,404,APIGW.0101"
  })
  void refusesOtherPathsAndProjects(String path, int status, String code) throws Exception {
    HttpResponse<String> response = get(URI.create(simulator.baseUrl() + path));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(json(response).get("error_code").asText()).isEqualTo(code);
  }

  @Test
  void refusesOtherMethods() throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(listing("")).POST(HttpRequest.BodyPublishers.ofString("{}")).build();

    HttpResponse<String> response = client.send(post, HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("GET");
    assertThat(json(response).get("error_code").asText()).isEqualTo("APIGW.0101");
  }

  @Test
  void refusesHeadWithoutABody() throws Exception {
    HttpRequest head =
        HttpRequest.newBuilder(listing(""))
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();

    HttpResponse<String> response = client.send(head, HttpResponse.BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.body()).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"wrong", "s3cr3", "s3cr3tt", "S3CR3T"})
  void refusesRequestsWithoutTheToken(String token) throws Exception {
    restart(OPTIONS.withToken("s3cr3t"));

    HttpResponse<String> response = get(listing(""), token);

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(json(response).get("error_code").asText()).isEqualTo("EndPoint.0003");
    assertThat(response.body() + response.headers()).doesNotContainIgnoringCase("s3cr3");
  }

  @Test
  void answersRequestsWithTheToken() throws Exception {
    restart(OPTIONS.withToken("s3cr3t"));

    HttpResponse<String> response = get(listing(""), "s3cr3t");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body() + response.headers()).doesNotContain("s3cr3t");
  }

  @Test
  void countsListingsOfEachProjectWhateverTheAnswer() throws Exception {
    get(listing(""));
    get(listing("?limit=x"));
    get(URI.create(simulator.baseUrl() + "/"));

    assertThat(simulator.requests(project())).isEqualTo(2);
    assertThat(simulator.requests(simulator.projectIds().get(1))).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "SERVER_ERROR,500,application/json,EndPoint.0001",
    "THROTTLED,429,application/json,APIGW.0308",
    "FORBIDDEN,403,application/json,EndPoint.0004",
    "EMPTY,200,application/json,'{\"endpoint_services\":[],\"total_count\":0}'",
    "HTML,200,text/html; charset=utf-8,<html>"
  })
  void failsAsTold(Fault fault, int status, String contentType, String content) throws Exception {
    simulator.setFault(project(), fault);

    HttpResponse<String> response = get(listing(""));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Content-Type")).hasValue(contentType);
    assertThat(response.body()).contains(content);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void heals(Fault fault) throws Exception {
    simulator.setFault(project(), fault);
    simulator.setFault(project(), Fault.NONE);

    HttpResponse<String> response = get(listing(""));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(ids(response)).hasSize(10);
  }

  @Test
  void failsOneProjectOnly() throws Exception {
    simulator.setFault(simulator.projectIds().get(1), Fault.SERVER_ERROR);

    assertThat(get(listing("")).statusCode()).isEqualTo(200);
  }

  @Test
  void saysWhenToComeBackWhenThrottled() throws Exception {
    simulator.setFault(project(), Fault.THROTTLED);

    assertThat(get(listing("")).headers().firstValue("Retry-After")).hasValue("1");
  }

  @Test
  void cutsTheBody() {
    simulator.setFault(project(), Fault.CUT_BODY);

    assertThatThrownBy(() -> get(listing("?limit=1000"))).isInstanceOf(IOException.class);
  }

  @Test
  void neverEndsAnEndlessList() throws Exception {
    simulator.setFault(project(), Fault.ENDLESS_LIST);

    HttpResponse<String> first = get(listing("?limit=50"));
    HttpResponse<String> later = get(listing("?limit=50&offset=5000"));

    assertThat(ids(first)).hasSize(50).doesNotContainAnyElementsOf(ids(later));
    assertThat(json(first).get("total_count").asInt()).isEqualTo(100);
    assertThat(json(later).get("total_count").asInt()).isEqualTo(5100);
  }

  @Test
  void sendsHugeStrings() throws Exception {
    simulator.setFault(project(), Fault.HUGE_STRINGS);

    HttpResponse<String> response = get(listing(""));

    assertThat(response.body()).hasSizeGreaterThan(10_000_000);
    assertThat(json(response).at("/endpoint_services/0/description").asText().length())
        .isEqualTo(10_000_000);
  }

  @Test
  void changesTheTotalBetweenPages() throws Exception {
    simulator.setFault(project(), Fault.TORN);

    HttpResponse<String> first = get(listing("?limit=20"));
    HttpResponse<String> second = get(listing("?limit=20&offset=20"));

    assertThat(ids(first)).hasSize(20);
    assertThat(json(first).get("total_count").asInt()).isEqualTo(26);
    assertThat(ids(second)).hasSize(5);
    assertThat(json(second).get("total_count").asInt()).isEqualTo(25);
  }

  @Test
  void tearsListingsOfOnePageToo() throws Exception {
    simulator.setFault(project(), Fault.TORN);

    assertThat(json(get(listing("?limit=1000"))).get("total_count").asInt()).isEqualTo(26);
    assertThat(get(listing("?limit=1000&offset=25")).statusCode()).isEqualTo(400);
  }

  @Test
  void tricklesUntilHealedAndThenSendsTheRest() throws Exception {
    simulator.setFault(project(), Fault.SLOW);
    CompletableFuture<HttpResponse<InputStream>> slow =
        client.sendAsync(
            HttpRequest.newBuilder(listing("?limit=20")).build(),
            HttpResponse.BodyHandlers.ofInputStream());
    InputStream body = slow.get().body();
    byte[] some = body.readNBytes(40);
    assertThat(body.available()).isLessThan(1000);

    simulator.setFault(project(), Fault.NONE);

    String whole =
        new String(some, StandardCharsets.UTF_8)
            + new String(body.readAllBytes(), StandardCharsets.UTF_8);
    assertThat(JSON.readTree(whole)).isEqualTo(json(get(listing("?limit=20"))));
  }

  @Test
  void endsTricklesWhenItIsClosed() throws Exception {
    simulator.setFault(project(), Fault.SLOW);
    CompletableFuture<HttpResponse<String>> slow = getAsync(listing("?limit=20"));
    await().until(() -> simulator.requests(project()) == 1);

    simulator.close();

    await().until(slow::isDone);
  }

  @Test
  void failsFromTheStartAsPlanned() throws Exception {
    restart(
        OPTIONS.withFaults(
            List.of(
                PlannedFault.parse("server-error"), PlannedFault.parse("forbidden:" + project()))));

    assertThat(get(listing("")).statusCode()).isEqualTo(403);
    String other = "/v1/" + simulator.projectIds().get(1) + "/vpc-endpoint-services";
    assertThat(get(URI.create(simulator.baseUrl() + other)).statusCode()).isEqualTo(500);
  }

  @Test
  void survivesClientsThatGoAwayInTheMiddleOfAnAnswer() throws Exception {
    simulator.setFault(project(), Fault.HUGE_STRINGS);
    URI listing = listing("");
    try (Socket socket = new Socket(listing.getHost(), listing.getPort())) {
      String request = "GET " + listing.getPath() + " HTTP/1.1\r\nHost: simulator\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isEqualTo('H');
    }
    simulator.setFault(project(), Fault.NONE);

    HttpResponse<String> response = get(listing);

    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void hangsWithoutHoldingUpOtherProjects() throws Exception {
    simulator.setFault(project(), Fault.HANG);
    List<CompletableFuture<HttpResponse<String>>> hanging =
        IntStream.range(0, 20).mapToObj(i -> getAsync(listing(""))).toList();
    await().until(() -> simulator.requests(project()) == 20);

    String other = "/v1/" + simulator.projectIds().get(1) + "/vpc-endpoint-services";
    HttpResponse<String> response = get(URI.create(simulator.baseUrl() + other));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(hanging).noneMatch(CompletableFuture::isDone);
  }

  @Test
  void closesHangingConnectionsWhenHealed() {
    simulator.setFault(project(), Fault.HANG);
    CompletableFuture<HttpResponse<String>> hanging = getAsync(listing(""));
    await().until(() -> simulator.requests(project()) == 1);

    simulator.setFault(project(), Fault.NONE);

    await().until(hanging::isDone);
  }

  @Test
  void answersAfterTheLatencyButNotOneAfterTheOther() {
    Duration latency = Duration.ofMillis(200);
    restart(OPTIONS.withLatency(latency));
    long start = System.nanoTime();

    List<CompletableFuture<HttpResponse<String>>> all =
        IntStream.range(0, 40).mapToObj(i -> getAsync(listing(""))).toList();
    all.forEach(CompletableFuture::join);

    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertThat(took).isGreaterThanOrEqualTo(latency);
    assertThat(all).allMatch(it -> it.join().statusCode() == 200);
  }

  @Test
  void changesByItselfAtTheGivenRate() {
    restart(OPTIONS.withChurn(Churn.parse("200/s")));
    List<SimulatedService> before = simulator.services(project());

    await().until(() -> !simulator.services(project()).equals(before));

    assertThat(simulator.services(project())).isNotEmpty();
  }

  private void restart(SimulatorOptions options) {
    simulator.close();
    simulator = Simulator.start(options, InstantSource.system());
  }

  private String project() {
    return simulator.projectIds().get(0);
  }

  private URI listing(String query) {
    return URI.create(simulator.baseUrl() + "/v1/" + project() + "/vpc-endpoint-services" + query);
  }

  private HttpResponse<String> get(URI uri) throws Exception {
    return get(uri, null);
  }

  private HttpResponse<String> get(URI uri, String token) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (token != null) {
      request.header("X-Auth-Token", token);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private CompletableFuture<HttpResponse<String>> getAsync(URI uri) {
    return client.sendAsync(
        HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return JSON.readTree(response.body());
  }

  private static List<String> ids(HttpResponse<String> response) throws IOException {
    return json(response).get("endpoint_services").findValuesAsText("id");
  }
}
