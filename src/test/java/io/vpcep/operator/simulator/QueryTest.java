package io.vpcep.operator.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vpcep.operator.simulator.Query.SortKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "unknown=1",
        "unknown",
        "limit=&offset=&status=&sort_key=&sort_dir=&id=&endpoint_service_name=",
        "limit=10&sort_key=created_at&sort_dir=desc"
      })
  void fallsBackToTheDefaults(String raw) throws ApiError {
    Query query = Query.parse(raw);

    assertThat(query).isEqualTo(new Query("", "", "", SortKey.CREATED, false, 10, 0));
  }

  @Test
  void readsEveryParameter() throws ApiError {
    Query query =
        Query.parse(
            "endpoint_service_name=a%2Fb%20c&id=x&status=failed&sort_key=updated_at"
                + "&sort_dir=asc&limit=50&offset=100");

    assertThat(query).isEqualTo(new Query("a/b c", "x", "failed", SortKey.UPDATED, true, 50, 100));
  }

  @ParameterizedTest
  @CsvSource({"created_at,CREATED", "create_at,CREATED", "updated_at,UPDATED", "update_at,UPDATED"})
  void knowsBothSpellingsOfTheSortKeys(String spelling, SortKey expected) throws ApiError {
    assertThat(Query.parse("sort_key=" + spelling).sortKey()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"creating", "available", "failed", "deleting"})
  void knowsTheStatusesOfTheSpecification(String status) throws ApiError {
    assertThat(Query.parse("status=" + status).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000})
  void acceptsLimitsUpToAThousand(int limit) throws ApiError {
    assertThat(Query.parse("limit=" + limit).limit()).isEqualTo(limit);
  }

  @ParameterizedTest
  @CsvSource({
    "limit=-1,EndPoint.0006",
    "limit=1001,EndPoint.0006",
    "limit=ten,EndPoint.0006",
    "limit=99999999999999999999,EndPoint.0006",
    "offset=0,EndPoint.0010",
    "offset=-1,EndPoint.0010",
    "offset=x,EndPoint.0010",
    "sort_key=name,EndPoint.0017",
    "sort_dir=DESC,EndPoint.0018",
    "status=Available,EndPoint.0019",
    "id=%zz,EndPoint.0002",
    "id=a&id=b,EndPoint.0002"
  })
  void refusesWrongValuesWithTheirCode(String raw, String code) {
    ApiError error = catchThrowableOfType(ApiError.class, () -> Query.parse(raw));

    assertThat(error.code()).isEqualTo(code);
    assertThat(error.httpStatus()).isEqualTo(400);
  }
}
