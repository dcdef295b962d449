package io.vpcep.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.sync.EndpointService;
import io.vpcep.operator.sync.EndpointService.Failure;
import io.vpcep.operator.sync.EndpointService.Port;
import io.vpcep.operator.sync.EndpointService.Tag;
import io.vpcep.operator.sync.SyncFailure;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceParserTest {
  @Test
  void readsTheFieldsThatTheSpecificationDoesNotShow() throws Exception {
    // When
    EndpointService service =
        service(
            """
            "vip_port_id":"v","tcp_proxy":"proxy_vni","description":"d","domain_id":"dom",
            "pool_id":"pool","public_border_group":"pbg","ip":"10.0.0.1",
            "enable_policy":false,"cidr_type":null,"supported_editions":["a",{"b":[1.5e3]}],
            "tags":[{"key":"team","value":"blue"},{"key":"empty","value":""},{"value":"no key"}]
            """);

    // Then
    assertThat(service.vipPortId()).isEqualTo("v");
    assertThat(service.tcpProxy()).isEqualTo("proxy_vni");
    assertThat(service.description()).isEqualTo("d");
    assertThat(service.domainId()).isEqualTo("dom");
    assertThat(service.poolId()).isEqualTo("pool");
    assertThat(service.publicBorderGroup()).isEqualTo("pbg");
    assertThat(service.ip()).isEqualTo("10.0.0.1");
    assertThat(service.tags()).containsExactly(new Tag("team", "blue"), new Tag("empty", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "null",
      value = {
        "7|7",
        "\"7\"|7",
        "\" 7 \"|7",
        "-1|-1",
        "9223372036854775807|9223372036854775807",
        "9223372036854775808|null",
        "99999999999999999999999999|null",
        "\"99999999999999999999999999\"|null",
        "80.0|80",
        "\"80.0\"|80",
        "-3.000|-3",
        "0.0|0",
        "9223372036854775808.0|null",
        "80.01|null",
        "\"80.\"|null",
        "\".0\"|null",
        "1.5|null",
        "1e3|null",
        "\"1.5\"|null",
        "\"many\"|null",
        "\"\u0667\"|null",
        "\"\"|null",
        "null|null",
        "true|null",
        "{}|null",
        "[7]|null",
      })
  void readsNumbersInAnyForm(String json, Long expected) throws Exception {
    // When
    EndpointService service =
        service("\"connection_count\":%s,\"ports\":[{\"client_port\":%s}]".formatted(json, json));

    // Then
    assertThat(service.connectionCount()).isEqualTo(expected);
    assertThat(service.ports()).containsExactly(new Port(expected, null, "TCP"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "null",
      value = {
        "true|true",
        "false|false",
        "\"true\"|true",
        "\"False\"|false",
        "\"yes\"|null",
        "1|null",
        "null|null",
        "{\"a\":true}|null"
      })
  void readsBooleansInAnyForm(String json, Boolean expected) throws Exception {
    assertThat(service("\"approval_enabled\":" + json).approvalEnabled()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "null",
      value = {
        "2018-01-30T07:42:01Z|2018-01-30T07:42:01Z",
        "2018-01-30T07:42:01.174|2018-01-30T07:42:01.174Z",
        "2018-01-30T07:42:01|2018-01-30T07:42:01Z",
        "2018-01-30T07:42:01+08:00|2018-01-30T07:42:01+08:00",
        "yesterday|yesterday",
        "``|null",
        "` `|null"
      })
  void readsTimestampsWithAndWithoutZone(String text, String expected) throws Exception {
    // When
    EndpointService service =
        service("\"created_at\":\"%s\",\"updated_at\":\"%s\"".formatted(text, text));

    // Then
    assertThat(service.createdAt()).isEqualTo(expected);
    assertThat(service.updatedAt()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"update_at\":\"now\"",
        "\"updated_at\":\"now\"",
        "\"updated_at\":\"now\",\"update_at\":\"before\"",
        "\"update_at\":\"before\",\"updated_at\":\"now\"",
        "\"update_at\":\"now\",\"updated_at\":null",
        "\"updated_at\":\"\",\"update_at\":\"now\"",
      })
  void readsTheTimeOfTheUpdateUnderBothNames(String fields) throws Exception {
    assertThat(service(fields).updatedAt()).isEqualTo("now");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "null",
      value = {
        "{\"protocol\":\"UDP\"}|UDP",
        "{\"protocol\":\"quic\"}|quic",
        "{\"protocol\":\"\"}|TCP",
        "{\"protocol\":null}|TCP",
        "{}|TCP"
      })
  void takesTcpForAProtocolThatIsAbsent(String port, String expected) throws Exception {
    assertThat(service("\"ports\":[" + port + "]").ports())
        .containsExactly(new Port(null, null, expected));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"error_code\":\"E1\",\"error_message\":\"m\"}]",
        "[{\"code\":\"E1\",\"message\":\"m\"}]",
        "{\"error_code\":\"E1\",\"error_message\":\"m\"}",
        "{\"code\":\"E1\",\"message\":\"m\",\"more\":[{}]}",
        "[null,7,{},{\"error_code\":\"E1\",\"error_message\":\"m\"},[1],\" \"]"
      })
  void readsErrorsInEveryShape(String error) throws Exception {
    assertThat(service("\"error\":" + error).errors()).containsExactly(new Failure("E1", "m"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Failed to create a port.", "x"})
  void takesATextForTheMessageOfAnError(String text) throws Exception {
    assertThat(service("\"error\":\"" + text + "\"").errors())
        .containsExactly(new Failure(null, text));
    assertThat(service("\"error\":[{\"code\":\"E1\"},\"" + text + "\"]").errors())
        .containsExactly(new Failure("E1", null), new Failure(null, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "[]", "{}", "[{}]", "[null]", "\"\"", "\" \"", "0", "true", "[[]]"})
  void readsNoErrors(String error) throws Exception {
    assertThat(service("\"error\":" + error).errors()).isEmpty();
  }

  @Test
  void keepsUnknownValuesVerbatim() throws Exception {
    // When
    EndpointService service =
        service("\"status\":\"Frozen!\",\"service_type\":\"gataway\",\"server_type\":7");

    // Then
    assertThat(service.status()).isEqualTo("Frozen!");
    assertThat(service.serviceType()).isEqualTo("gataway");
    assertThat(service.serverType()).isEqualTo("7");
  }

  @Test
  void leavesOutAFieldOfTheWrongShapeAlone() throws Exception {
    // When
    EndpointService service =
        service(
            "\"status\":{\"id\":\"inner\"},\"vpc_id\":[\"x\"],\"ports\":7,\"tags\":\"t\",\"ip\":\"i\"");

    // Then
    assertThat(service.id()).isEqualTo("a");
    assertThat(service.status()).isNull();
    assertThat(service.vpcId()).isNull();
    assertThat(service.ports()).isEmpty();
    assertThat(service.tags()).isEmpty();
    assertThat(service.ip()).isEqualTo("i");
  }

  @Test
  void readsTheLongestString() throws Exception {
    assertThat(service("\"description\":\"" + "x".repeat(65_536) + "\"").description())
        .hasSize(65_536);
  }

  private static EndpointService service(String fields) throws SyncFailure, IOException {
    Page page =
        Pages.parse("{\"endpoint_services\":[{\"id\":\"a\"," + fields + "}],\"total_count\":1}");
    assertThat(page.skipped()).isZero();
    return Pages.read(page).get(0);
  }
}
