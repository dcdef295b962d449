package io.vpcep.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.SyncFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageLimitsTest {
  @ParameterizedTest
  @ValueSource(strings = {"\"id\"", "\"other\"", "\"other\":[{\"x\":1}],\"ports\""})
  void refusesALongStringWhereverItIs(String field) {
    // When
    String text = "x".repeat(65_537);

    // Then
    assertThat(refusal("{\"endpoint_services\":[{" + field + ":\"" + text + "\"}]}"))
        .hasMessage("the cloud's answer is over a limit: a string of more than 65536 characters");
    assertThat(refusal("{\"other\":\"" + text + "\"}")).hasMessageContaining("65536 characters");
    assertThat(refusal("{\"" + text + "\":1}")).hasMessageContaining("65536 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void refusesDeepNesting(String open) {
    assertThat(refusal("{\"x\":" + open.repeat(100_000)))
        .hasMessage("the cloud's answer is over a limit: a nesting of more than 32 levels");
  }

  @Test
  void refusesALongNumber() {
    assertThat(refusal("{\"total_count\":" + "1".repeat(101) + "}"))
        .hasMessage("the cloud's answer is over a limit: a number of more than 100 digits");
  }

  @Test
  void refusesALargePage() {
    // Given
    String element = "{\"id\":\"a\",\"description\":\"" + "x".repeat(60_000) + "\"},";

    // Then
    assertThat(refusal("{\"endpoint_services\":[" + element.repeat(300)))
        .hasMessage("the cloud's answer is over a limit: a page of more than 16 MiB");
  }

  @Test
  void refusesAPageOfTooManySmallThings() {
    assertThat(refusal("{\"endpoint_services\":[" + "{},".repeat(1_000_001)))
        .hasMessage("the cloud's answer is over a limit: a page of more than 2000000 elements");
  }

  @Test
  void collectsNoMoreServicesThanAListingMayHold() throws Exception {
    // When
    Page page =
        Pages.parse("{\"endpoint_services\":[{\"id\":1}" + ",{\"id\":1}".repeat(200_000) + "]}");

    // Then
    assertThat(page.services()).hasSize(100_001);
    assertThat(page.elements()).isEqualTo(200_001);
  }

  @Test
  void refusesAnElementThatIsTooLarge() {
    // Given
    String tags = "{\"key\":\"%s\"},".formatted("k".repeat(60_000)).repeat(20);

    // When
    SyncFailure failure = refusal("{\"endpoint_services\":[{\"id\":\"a\",\"tags\":[" + tags);

    // Then
    assertThat(failure)
        .hasMessage("the cloud's answer is over a limit: an element of more than 1 MiB");
  }

  @Test
  void holdsNoneOfWhatIsBetweenElements() throws Exception {
    // Given
    String page =
        "{\"endpoint_services\":[{\"id\":\"a\"},%s{\"id\":\"b\"}]}".formatted(" ".repeat(2 << 20));

    // When / Then
    assertThat(Pages.parse(page).services()).extracting(Page.Shown::name).containsExactly("a", "b");
  }

  private static SyncFailure refusal(String body) {
    SyncFailure failure = catchThrowableOfType(SyncFailure.class, () -> Pages.parse(body));
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
    return failure;
  }
}
