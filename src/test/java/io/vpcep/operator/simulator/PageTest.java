package io.vpcep.operator.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  private static final ServiceGenerator GENERATOR = new ServiceGenerator("0".repeat(32));

  /** Created in the order a, b, c; last updated in the order b, c, a. */
  private static final List<SimulatedService> SERVICES =
      List.of(
          service("a", "ae-ad-1.Shop.1", "available", 10, 90),
          service("b", "billing", "failed", 20, 70),
          service("c", "workshop", "available", 30, 80));

  @ParameterizedTest
  @CsvSource({
    "'',cba",
    "sort_dir=asc,abc",
    "sort_key=created_at&sort_dir=asc,abc",
    "sort_key=create_at&sort_dir=desc,cba",
    "sort_key=updated_at,acb",
    "sort_key=update_at&sort_dir=asc,bca"
  })
  void sorts(String raw, String expected) throws ApiError {
    Page page = Page.select(SERVICES, Query.parse(raw));

    assertThat(ids(page)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "endpoint_service_name=SHOP,ca",
    "endpoint_service_name=shop.,a",
    "endpoint_service_name=nothing,''",
    "id=b,b",
    "id=B,''",
    "status=available,ca",
    "status=deleting,''",
    "status=available&endpoint_service_name=work&id=c,c",
    "status=failed&id=c,''"
  })
  void filtersByAllThatIsGiven(String raw, String expected) throws ApiError {
    Page page = Page.select(SERVICES, Query.parse(raw));

    assertThat(ids(page)).isEqualTo(expected);
    assertThat(page.totalCount()).isEqualTo(expected.length());
  }

  @ParameterizedTest
  @CsvSource({
    "limit=2,cb",
    "limit=2&offset=1,ba",
    "offset=2,a",
    "limit=0,''",
    "limit=0&offset=2,''"
  })
  void cutsWithoutTouchingTheTotal(String raw, String expected) throws ApiError {
    Page page = Page.select(SERVICES, Query.parse(raw));

    assertThat(ids(page)).isEqualTo(expected);
    assertThat(page.totalCount()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"offset=3", "offset=999999999", "offset=2&status=available", "offset=1&id=none"})
  void refusesOffsetsBeyondTheMatchingServices(String raw) throws ApiError {
    Query query = Query.parse(raw);

    ApiError error = catchThrowableOfType(ApiError.class, () -> Page.select(SERVICES, query));

    assertThat(error.code()).isEqualTo("EndPoint.0010");
  }

  @Test
  void answersAnEmptyProjectWithAnEmptyPage() throws ApiError {
    assertThat(Page.select(List.of(), Query.parse(""))).isEqualTo(new Page(List.of(), 0));
  }

  @Property(tries = 400)
  void pagesAddUpToTheWholeListWithoutDuplicates(
      @ForAll long seed,
      @ForAll @IntRange(max = 300) int count,
      @ForAll @IntRange(min = 1, max = 40) int limit,
      @ForAll boolean ascending)
      throws ApiError {
    // Few different times, so that the order within one second matters.
    Random random = new Random(seed);
    List<SimulatedService> services =
        IntStream.range(0, count)
            .mapToObj(i -> service("id-" + i, "n", "available", random.nextInt(5), 9))
            .toList();
    String order = "sort_dir=" + (ascending ? "asc" : "desc");

    List<SimulatedService> listed = new ArrayList<>();
    while (listed.isEmpty() || listed.size() < count) {
      String offset = listed.isEmpty() ? "" : "&offset=" + listed.size();
      Page page = Page.select(services, Query.parse(order + "&limit=" + limit + offset));
      assertThat(page.totalCount()).isEqualTo(count);
      if (page.endpointServices().isEmpty()) {
        break;
      }
      listed.addAll(page.endpointServices());
    }

    assertThat(listed)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(services)
        .isEqualTo(Page.select(services, Query.parse(order + "&limit=1000")).endpointServices());
  }

  private static SimulatedService service(
      String id, String name, String status, long created, long updated) {
    ServiceSettings settings = GENERATOR.service(new Random(0), status, Instant.EPOCH).settings();
    return new SimulatedService(
        id,
        name,
        status,
        0,
        Instant.ofEpochSecond(created),
        Instant.ofEpochSecond(updated),
        List.of(),
        settings);
  }

  private static String ids(Page page) {
    return String.join("", page.endpointServices().stream().map(SimulatedService::id).toList());
  }
}
