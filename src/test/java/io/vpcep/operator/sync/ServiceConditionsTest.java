package io.vpcep.operator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.Condition;
import io.vpcep.operator.sync.EndpointService.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of conditions, as kstatus reads them. */
class ServiceConditionsTest {
  private static final Instant EARLIER = Instant.parse("2026-11-22T10:00:00Z");
  private static final Instant LATER = Instant.parse("2026-11-22T11:00:00.999Z");

  @Provide
  Arbitrary<EndpointService> services() {
    return EndpointServices.services();
  }

  private static List<Condition> conditions(EndpointService service) {
    return ServiceMapper.status(service, ConditionTimes.NONE, EARLIER).conditions();
  }

  private static Condition find(List<Condition> conditions, String type) {
    return conditions.stream().filter(c -> c.type().equals(type)).findFirst().orElse(null);
  }

  private static void assertKstatus(List<Condition> conditions) {
    Condition ready = find(conditions, "Ready");
    boolean reconciling = find(conditions, "Reconciling") != null;
    boolean stalled = find(conditions, "Stalled") != null;
    assertThat(ready).isNotNull();
    assertThat(reconciling && stalled).isFalse();
    assertThat(ready.status().equals("True") && (reconciling || stalled)).isFalse();
    assertThat(conditions)
        .allSatisfy(
            condition -> {
              assertThat(condition.status()).isIn("True", "False", "Unknown");
              assertThat(condition.reason()).matches("[A-Z][A-Za-z]*");
              assertThat(condition.message()).isNotBlank().hasSizeLessThan(1024);
              assertThat(condition.message().codePoints())
                  .noneMatch(c -> Character.isISOControl(c) || isHalf(c));
              assertThat(condition.lastTransitionTime()).hasSize(20).endsWith("Z");
            });
  }

  private static boolean isHalf(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE;
  }

  @Property(tries = 300)
  void holdForWhateverTheCloudSends(@ForAll("services") EndpointService service) {
    assertKstatus(conditions(service));
  }

  @Property
  void lastTransitionTimeMovesOnlyWithTheStatus(
      @ForAll ServicePhase before, @ForAll ServicePhase after) {
    List<Condition> first = ServiceConditions.of(before, "before", List.of(), EARLIER);

    List<Condition> second = ServiceConditions.of(after, "after", first, LATER);

    assertKstatus(second);
    assertThat(second)
        .allSatisfy(
            condition -> {
              Condition was = find(first, condition.type());
              boolean same = was != null && Objects.equals(was.status(), condition.status());
              assertThat(condition.lastTransitionTime())
                  .isEqualTo(same ? "2026-11-22T10:00:00Z" : "2026-11-22T11:00:00Z");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "available, True, Available,",
    "creating, False, Creating, Reconciling",
    "deleting, False, Deleting, Reconciling",
    "failed, False, Failed, Stalled",
    "frozen, Unknown, UnknownAvailability,",
    "'', Unknown, UnknownAvailability,",
    ", Unknown, UnknownAvailability,",
    "AVAILABLE, True, Available,",
    "Failed, False, Failed, Stalled"
  })
  void followTheTable(String availability, String ready, String reason, String companion) {
    EndpointService service = EndpointServiceBuilder.bare("s").status(availability).build();

    List<Condition> conditions = conditions(service);

    assertThat(find(conditions, "Ready").status()).isEqualTo(ready);
    assertThat(conditions).extracting(Condition::reason).containsOnly(reason);
    assertThat(conditions).hasSize(companion == null ? 1 : 2);
    assertThat(companion == null || find(conditions, companion).status().equals("True")).isTrue();
  }

  @Test
  void keepAvailabilityAsTheCloudSpellsIt() {
    EndpointService service = EndpointServiceBuilder.bare("s").status("AVAILABLE").build();

    assertThat(ServiceMapper.status(service, ConditionTimes.NONE, EARLIER).availability())
        .isEqualTo("AVAILABLE");
  }

  @Test
  void nameTheErrorsOfAFailedServiceOnceEach() {
    EndpointService service =
        EndpointServiceBuilder.bare("s")
            .status("failed")
            .errors(
                new Failure("EndPoint.3002", "b"),
                new Failure("EndPoint.3001", "a"),
                new Failure("EndPoint.3002", "c"),
                new Failure(null, "no code"),
                new Failure(" ", null),
                new Failure(null, null))
            .build();

    assertThat(conditions(service).get(0).message())
        .isEqualTo("The service failed: EndPoint.3001, EndPoint.3002, no code");
  }

  @Test
  void cutALongMessageBetweenCharacters() {
    EndpointService service =
        EndpointServiceBuilder.bare("s").status("x" + "😀".repeat(40_000)).build();

    assertThat(conditions(service).get(0).message()).endsWith("x" + "😀".repeat(255) + "…");
  }

  @Test
  void showNothingThatATerminalObeys() {
    EndpointService service =
        EndpointServiceBuilder.bare("s").status("a\u001b[2J\nb\ud800").build();

    assertThat(conditions(service).get(0).message()).endsWith(": a\ufffd[2J\ufffdb\ufffd");
  }

  @ParameterizedTest
  @CsvSource({"nonsense", ",", "''"})
  void startAnewWhereTheTimeIsUnreadable(String time) {
    List<Condition> edited =
        List.of(new Condition("Ready", "True", 1L, time, "Available", "The service is available."));

    List<Condition> conditions =
        ServiceConditions.of(ServicePhase.AVAILABLE, "message", edited, LATER);

    assertThat(conditions.get(0).lastTransitionTime()).isEqualTo("2026-11-22T11:00:00Z");
  }
}
