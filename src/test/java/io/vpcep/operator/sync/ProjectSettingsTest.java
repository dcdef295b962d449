package io.vpcep.operator.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vpcep.operator.crd.VpcEndpointProjectSpec;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectSettingsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MINIMAL =
      "{\"endpoint\": \"https://vpcep.example.com\", \"projectId\": \"p1\"}";

  /** The minimal spec with one field, such as {@code /query/pageSize}, set to a JSON value. */
  private static VpcEndpointProjectSpec with(String field, String value) throws IOException {
    ObjectNode spec = (ObjectNode) JSON.readTree(MINIMAL);
    JsonNode json = value == null ? JSON.nullNode() : JSON.readTree(value);
    int slash = field.indexOf('/');
    if (slash < 0) {
      spec.set(field, json);
    } else {
      spec.putObject(field.substring(0, slash)).set(field.substring(slash + 1), json);
    }
    return JSON.treeToValue(spec, VpcEndpointProjectSpec.class);
  }

  private static ProjectSettings settings(String field, String value)
      throws IOException, SyncFailure {
    return ProjectSettings.of(with(field, value));
  }

  @Test
  void fillsInEveryDefault() throws IOException, SyncFailure {
    ProjectSettings settings =
        ProjectSettings.of(JSON.readValue(MINIMAL, VpcEndpointProjectSpec.class));

    assertThat(settings.endpoint()).isEqualTo(URI.create("https://vpcep.example.com"));
    assertThat(settings.projectId()).isEqualTo("p1");
    assertThat(settings.query()).isEqualTo(ServiceQuery.everything(1000));
    assertThat(settings.query().isFiltered()).isFalse();
    assertThat(settings.prune()).isEqualTo(new PruneRules(true, 2, 50));
    assertThat(settings.interval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.staleAfter()).isEqualTo(Duration.ofMinutes(30));
    assertThat(settings.listedFrom()).matches("[0-9a-f]{32}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"query", "prune"})
  void fillsInTheDefaultsOfAnEmptyObject(String field) throws IOException, SyncFailure {
    ProjectSettings settings = settings(field, "{}");

    assertThat(settings.query()).isEqualTo(ServiceQuery.everything(1000));
    assertThat(settings.prune()).isEqualTo(new PruneRules(true, 2, 50));
  }

  @Test
  void readsEveryParameterOfTheQuery() throws IOException, SyncFailure {
    ProjectSettings settings =
        settings(
            "query",
            "{\"serviceName\":\"shop\",\"id\":\"i\",\"status\":\"available\",\"sortKey\":\"created_at\","
                + "\"sortDirection\":\"asc\",\"pageSize\":10}");

    assertThat(settings.query())
        .isEqualTo(new ServiceQuery("shop", "i", "available", "created_at", "asc", 10));
    assertThat(settings.query().isFiltered()).isTrue();
  }

  @Test
  void readsEveryRuleOfPruning() throws IOException, SyncFailure {
    ProjectSettings settings =
        settings("prune", "{\"policy\":\"Orphan\",\"afterMisses\":7,\"maxPercent\":0}");

    assertThat(settings.prune()).isEqualTo(new PruneRules(false, 7, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      value = {
        "endpoint|none|spec.endpoint",
        "endpoint|\" \"|spec.endpoint",
        "endpoint|\"vpcep.example.com\"|spec.endpoint",
        "endpoint|\"ftp://vpcep.example.com\"|spec.endpoint",
        "endpoint|\"https://\"|spec.endpoint",
        "endpoint|\"https:///path\"|spec.endpoint",
        "endpoint|\"https://a b\"|spec.endpoint",
        "endpoint|\"https://user:secret@h\"|spec.endpoint",
        "endpoint|\"https://h?x=y\"|spec.endpoint",
        "endpoint|\"https://h#x\"|spec.endpoint",
        "endpoint|\"https://h:0\"|spec.endpoint",
        "endpoint|\"https://h:65536\"|spec.endpoint",
        "endpoint|\"https://h:99999999999\"|spec.endpoint",
        "projectId|none|spec.projectId",
        "projectId|\"\"|spec.projectId",
        "projectId|\"../other\"|spec.projectId",
        "credentials|{}|spec.credentials",
        "credentials|{\"nodeAgency\":{},\"podIdentity\":{}}|spec.credentials",
        "credentials|{\"nodeAgency\":{},\"secretRef\":{\"name\":\"s\"}}|spec.credentials",
        "credentials|{\"nodeAgency\":{},\"iamEndpoint\":\"iam\"}|spec.credentials.iamEndpoint",
        "credentials|{\"nodeAgency\":{},\"iamEndpoint\":\"ftp://h\"}|spec.credentials.iamEndpoint",
        "credentials|{\"nodeAgency\":{},\"iamEndpoint\":\"https://u:secret@h\"}|spec.credentials.iamEndpoint",
        "credentials|{\"nodeAgency\":{},\"iamEndpoint\":\"https://h:0\"}|spec.credentials.iamEndpoint",
        "credentials|{\"nodeAgency\":{},\"iamEndpoint\":\"https://h/?q\"}|spec.credentials.iamEndpoint",
        "interval|\"4s\"|spec.interval",
        "interval|\"\"|spec.interval",
        "interval|\"soon\"|spec.interval",
        "interval|\"-5m\"|spec.interval",
        "timeout|\"0s\"|spec.timeout",
        "timeout|\"30\"|spec.timeout",
        "staleAfter|\"0h\"|spec.staleAfter",
        "staleAfter|\"30d\"|spec.staleAfter",
        "query/pageSize|0|spec.query.pageSize",
        "query/pageSize|1001|spec.query.pageSize",
        "prune/afterMisses|0|spec.prune.afterMisses",
        "prune/maxPercent|-1|spec.prune.maxPercent",
        "prune/maxPercent|101|spec.prune.maxPercent",
      })
  void refusesWhatMakesNoSenseAndNamesTheField(String field, String value, String named)
      throws IOException {
    VpcEndpointProjectSpec spec = with(field, value);

    SyncFailure failure = catchThrowableOfType(SyncFailure.class, () -> ProjectSettings.of(spec));

    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_SPEC);
    assertThat(failure).hasMessageStartingWith(named + " ");
    assertThat(failure.getMessage()).doesNotContain("secret@").hasSizeLessThan(200);
  }

  @Test
  void readsTheIdentityService() throws IOException, SyncFailure {
    VpcEndpointProjectSpec spec =
        with("credentials", "{\"nodeAgency\":{},\"iamEndpoint\":\"https://iam.example.com/x\"}");

    assertThat(ProjectSettings.iamEndpoint(spec.credentials()))
        .contains(URI.create("https://iam.example.com/x"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"nodeAgency\":{}}", "{\"nodeAgency\":{},\"iamEndpoint\":\"\"}", "null"})
  void knowsNoIdentityServiceWhereNoneIsNamed(String credentials) throws IOException, SyncFailure {
    assertThat(ProjectSettings.iamEndpoint(with("credentials", credentials).credentials()))
        .isEmpty();
  }

  @Test
  void refusesAMissingSpec() {
    SyncFailure failure = catchThrowableOfType(SyncFailure.class, () -> ProjectSettings.of(null));

    assertThat(failure).hasMessageContaining("endpoint").hasMessageContaining("projectId");
  }

  @ParameterizedTest
  @ValueSource(strings = {"5s", "5000ms", "0.1m", "00005s", "87600000000000h"})
  void takesEveryIntervalOfFiveSecondsAndMore(String interval) throws IOException, SyncFailure {
    assertThat(settings("interval", '"' + interval + '"').interval())
        .isBetween(Duration.ofSeconds(5), Duration.ofDays(3650));
  }

  @Test
  void listedFromFollowsWhatIsListedAndNotHow() throws IOException, SyncFailure {
    String everything = settings("interval", "\"2m\"").listedFrom();

    assertThat(settings("query/pageSize", "10").listedFrom()).isEqualTo(everything);
    assertThat(settings("query/sortKey", "\"created_at\"").listedFrom()).isEqualTo(everything);
    assertThat(settings("query/serviceName", "\"\"").listedFrom()).isEqualTo(everything);
    assertThat(settings("query/serviceName", "\"null\"").listedFrom()).isNotEqualTo(everything);
    assertThat(settings("query/status", "\"failed\"").listedFrom()).isNotEqualTo(everything);
    assertThat(settings("projectId", "\"p2\"").listedFrom()).isNotEqualTo(everything);
    assertThat(settings("query", "{\"serviceName\":\"a\\nb\",\"id\":\"c\"}").listedFrom())
        .isNotEqualTo(settings("query", "{\"serviceName\":\"a\",\"id\":\"b\\nc\"}").listedFrom());
  }
}
