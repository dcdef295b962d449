package io.vpcep.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vpcep.operator.sync.EndpointService;
import io.vpcep.operator.sync.EndpointService.Failure;
import io.vpcep.operator.sync.EndpointService.Port;
import io.vpcep.operator.sync.EndpointService.Tag;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.ListedService;
import io.vpcep.operator.sync.SyncFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageParserTest {

  @Test
  void readsTheExampleOfTheSpecification() throws Exception {
    // When
    Page page =
        parse(
            """
            {
               "endpoint_services":[
                     {
                       "id":"4189d3c2-8882-4871-a3c2-d380272eed83",
                       "port_id":"4189d3c2-8882-4871-a3c2-d380272eed88",
                       "vpc_id":"4189d3c2-8882-4871-a3c2-d380272eed80",
                       "status":"available",
                       "approval_enabled":false,
                       "service_name":"test123",
                       "server_type":"VM",
                       "service_type":"interface",
                       "ports":[
                            {"client_port":8080, "server_port":90, "protocol":"TCP"},
                            {"client_port":8081, "server_port":80, "protocol":"TCP"}
                         ],
                       "project_id":"6e9dfd51d1124e8d8498dce894923a0d",
                       "created_at":"2018-01-30T07:42:01Z",
                       "update_at":"2018-01-30T07:42:01Z"
                     }
                 ],
               "total_count":100
            }
            """);

    // Then
    assertThat(page.totalCount()).isEqualTo(100);
    assertThat(page.elements()).isEqualTo(1);
    assertThat(Pages.read(page))
        .containsExactly(
            new EndpointService(
                "4189d3c2-8882-4871-a3c2-d380272eed83",
                "test123",
                "available",
                null,
                List.of(new Port(8080L, 90L, "TCP"), new Port(8081L, 80L, "TCP")),
                List.of(),
                "VM",
                "interface",
                false,
                "4189d3c2-8882-4871-a3c2-d380272eed80",
                "4189d3c2-8882-4871-a3c2-d380272eed88",
                null,
                "6e9dfd51d1124e8d8498dce894923a0d",
                null,
                List.of(),
                "2018-01-30T07:42:01Z",
                "2018-01-30T07:42:01Z",
                null,
                null,
                null,
                null,
                null));
  }

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
  void lastOfANameThatComesTwiceCounts() throws Exception {
    // When
    Page page =
        parse(
            """
            {"endpoint_services":[{"id":"x"},7],"total_count":9,"total_count":1,
             "endpoint_services":[{"id":"a","status":"old","status":"new"}]}
            """);

    // Then
    assertThat(Pages.read(page)).containsExactly(Pages.service("a", "new"));
    assertThat(page.totalCount()).isEqualTo(1);
    assertThat(page.elements()).isEqualTo(1);
    assertThat(page.skipped()).isZero();
  }

  @Test
  void skipsElementsThatMakeNoSenseAndKeepsTheOthers() throws Exception {
    // When
    Page page =
        parse(
            """
            {"endpoint_services":[null,{"status":"available"},[{"id":"no"}],"x",{"id":""},
             {"id":null},{"id":{}},{"id":"a","status":"available"},{"id":5,"status":"available"}],
             "total_count":"9"}
            """);

    // Then
    assertThat(Pages.read(page)).containsExactly(Pages.service("a"), Pages.service("5"));
    assertThat(page.elements()).isEqualTo(9);
    assertThat(page.skipped()).isEqualTo(7);
    assertThat(page.totalCount()).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null"})
  void readsAPageWithoutElements(String services) throws Exception {
    assertThat(parse("{\"endpoint_services\":" + services + ",\"total_count\":0}"))
        .isEqualTo(new Page(List.of(), 0L, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\"total_count\":null,", "\"total_count\":{},", "\"total_count\":\"x\","})
  void readsAPageWithoutATotal(String total) throws Exception {
    assertThat(parse("{" + total + "\"endpoint_services\":[]}").totalCount()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE", "UTF-32BE"})
  void readsEveryEncodingOfJson(String charset) throws Exception {
    // Given
    String json = "{\"endpoint_services\":[{\"id\":\"\u00fc\ud83d\ude00\"}]}";

    // When
    Page page = PageParser.parse(new ByteArrayInputStream(json.getBytes(Charset.forName(charset))));

    // Then
    assertThat(page.services().get(0).id()).isEqualTo("\u00fc\ud83d\ude00");
    assertThat(Pages.read(page).get(0).id()).isEqualTo("\u00fc\ud83d\ude00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|is empty",
        "` `|is empty",
        "[]|no object",
        "\"x\"|no object",
        "null|no object",
        "{}|has no endpoint_services",
        "{\"total_count\":1}|has no endpoint_services",
        "{\"error_code\":\"E\"}|has no endpoint_services",
        "{\"endpoint_services\":{}}|no array",
        "{\"endpoint_services\":7}|no array",
        "{\"endpoint_services\":[]|cut off",
        "{\"endpoint_services\":[{\"id\":\"a|cut off",
        "{\"endpoint_services\":[]}x|not JSON",
        "{\"endpoint_services\":[]}{}|goes on after",
        "{\"endpoint_services\":[,]}|not JSON",
        "{\"endpoint_services\":[{\"id\":NaN}]}|not JSON",
        "{\"endpoint_services\":[{\"id\":-Infinity}]}|not JSON",
        "{\"endpoint_services\":[{\"id\":01}]}|not JSON",
        "{\"endpoint_services\":[{\"id\":0x10}]}|not JSON",
        "{\"endpoint_services\":[{\"id\":1.}]}|not JSON",
        "{\"endpoint_services\":[{\"id\":'a'}]}|not JSON",
        "{\"endpoint_services\":[],}|not JSON",
        "{\"endpoint_services\":[]} // comment|not JSON",
        "<html>|not JSON",
      })
  void refusesWhatIsNoPage(String body, String message) {
    assertThat(refusal(body)).hasMessageContaining(message);
  }

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

  @Test
  void readsTheLongestString() throws Exception {
    assertThat(service("\"description\":\"" + "x".repeat(65_536) + "\"").description())
        .hasSize(65_536);
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
    Page page = parse("{\"endpoint_services\":[{\"id\":1}" + ",{\"id\":1}".repeat(200_000) + "]}");

    // Then
    assertThat(page.services()).hasSize(100_001);
    assertThat(page.elements()).isEqualTo(200_001);
  }

  @Test
  void knowsAnElementAgainByWhatWasSent() throws Exception {
    // Given
    String element = "{\"id\":\"a\",\"connection_count\":%d,\"x\":[{\"id\":\"b\"}]}";
    String page = "{\"endpoint_services\":[%s, %s ,%s]}";

    // When
    List<ListedService> services =
        parse(page.formatted(element.formatted(1), element.formatted(1), element.formatted(2)))
            .services();

    // Then
    assertThat(services).extracting(ListedService::id).containsExactly("a", "a", "a");
    assertThat(services.get(1).digest()).isEqualTo(services.get(0).digest()).isNotZero();
    assertThat(services.get(2).digest()).isNotEqualTo(services.get(0).digest());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100, 9000})
  void findsElementsHoweverTheyArrive(int atOnce) throws Exception {
    // Given
    List<EndpointService> services =
        IntStream.range(0, 300).mapToObj(i -> Pages.service("s" + i, "x".repeat(i))).toList();
    InputStream slow = inPieces(ServiceJson.page(services, 300, 0), atOnce);

    // When
    Page page = PageParser.parse(slow);

    // Then
    assertThat(Pages.read(page)).isEqualTo(services);
  }

  private static InputStream inPieces(byte[] bytes, int atOnce) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] into, int offset, int most) {
        return super.read(into, offset, Math.min(most, atOnce));
      }
    };
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
    assertThat(parse(page).services()).extracting(ListedService::id).containsExactly("a", "b");
  }

  @Test
  void leavesAConnectionThatBreaksToTheCaller() {
    // Given
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("cut");
          }
        };

    // When
    IOException e = catchThrowableOfType(IOException.class, () -> PageParser.parse(broken));

    // Then
    assertThat(e).hasMessage("cut");
  }

  @Test
  void readsPastAByteOrderMark() throws Exception {
    assertThat(
            Pages.read(
                parse("\ufeff{\"endpoint_services\":[{\"id\":\"a\",\"status\":\"available\"}]}")))
        .containsExactly(Pages.service("a"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0xe4, 0xff, 0xc3, 0x80, 0xfe})
  void refusesBytesThatAreNoUtf8(int octet) {
    // Given
    byte[] body = "{\"endpoint_services\":[{\"id\":\"?x\"}]}".getBytes(StandardCharsets.US_ASCII);
    body[new String(body, StandardCharsets.US_ASCII).indexOf('?')] = (byte) octet;

    // When
    SyncFailure failure =
        catchThrowableOfType(
            SyncFailure.class, () -> PageParser.parse(new ByteArrayInputStream(body)));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
    assertThat(failure).hasMessageStartingWith("the cloud's answer is not JSON");
  }

  private static Page parse(String json) throws SyncFailure, IOException {
    return PageParser.parse(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static EndpointService service(String fields) throws SyncFailure, IOException {
    Page page = parse("{\"endpoint_services\":[{\"id\":\"a\"," + fields + "}],\"total_count\":1}");
    assertThat(page.skipped()).isZero();
    return Pages.read(page).get(0);
  }

  private static SyncFailure refusal(String body) {
    SyncFailure failure = catchThrowableOfType(SyncFailure.class, () -> parse(body));
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
    return failure;
  }
}
