package io.vpcep.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.vpcep.operator.sync.EndpointService;
import io.vpcep.operator.sync.EndpointService.Port;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.Recognizer;
import io.vpcep.operator.sync.SyncFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        Pages.parse(
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
  void lastOfANameThatComesTwiceCounts() throws Exception {
    // When
    Page page =
        Pages.parse(
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
        Pages.parse(
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
    assertThat(Pages.parse("{\"endpoint_services\":" + services + ",\"total_count\":0}"))
        .isEqualTo(new Page(List.of(), 0L, 0, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\"total_count\":null,", "\"total_count\":{},", "\"total_count\":\"x\","})
  void readsAPageWithoutATotal(String total) throws Exception {
    assertThat(Pages.parse("{" + total + "\"endpoint_services\":[]}").totalCount()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE", "UTF-32BE"})
  void readsEveryEncodingOfJson(String charset) throws Exception {
    // Given
    String json = "{\"endpoint_services\":[{\"id\":\"\u00fc\ud83d\ude00\"}]}";

    // When
    Page page = Pages.parse(json.getBytes(Charset.forName(charset)));

    // Then
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

  @Test
  void knowsAnElementAgainByWhatWasSent() throws Exception {
    // Given
    String element = "{\"id\":\"a\",\"connection_count\":%d,\"x\":[{\"id\":\"b\"}]}";
    String page =
        "{\"endpoint_services\":[%s, %s ,%s]}"
            .formatted(element.formatted(1), element.formatted(1), element.formatted(2));
    Map<Long, String> first = new HashMap<>();
    Recognizer bySent =
        service -> Optional.ofNullable(first.putIfAbsent(service.digest(), "like " + service.id()));

    // When
    List<Page.Shown> services =
        PageParser.parse(new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8)), bySent)
            .services();

    // Then
    assertThat(services)
        .extracting(Page.Shown::name, Page.Shown::isRecognized)
        .containsExactly(tuple("a", false), tuple("like a", true), tuple("a", false));
    assertThat(first).doesNotContainKey(0L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 100, 9000})
  void findsElementsHoweverTheyArrive(int atOnce) throws Exception {
    // Given
    List<EndpointService> services =
        IntStream.range(0, 300).mapToObj(i -> Pages.service("s" + i, "x".repeat(i))).toList();
    InputStream slow = inPieces(ServiceJson.page(services, 300, 0), atOnce);

    // When
    Page page = PageParser.parse(slow, Recognizer.NONE);

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
    IOException e =
        catchThrowableOfType(IOException.class, () -> PageParser.parse(broken, Recognizer.NONE));

    // Then
    assertThat(e).hasMessage("cut");
  }

  @Test
  void readsPastAByteOrderMark() throws Exception {
    assertThat(
            Pages.read(
                Pages.parse(
                    "\ufeff{\"endpoint_services\":[{\"id\":\"a\",\"status\":\"available\"}]}")))
        .containsExactly(Pages.service("a"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0xe4, 0xff, 0xc3, 0x80, 0xfe})
  void refusesBytesThatAreNoUtf8(int octet) {
    // Given
    byte[] body = "{\"endpoint_services\":[{\"id\":\"?x\"}]}".getBytes(StandardCharsets.US_ASCII);
    body[new String(body, StandardCharsets.US_ASCII).indexOf('?')] = (byte) octet;

    // When
    SyncFailure failure = catchThrowableOfType(SyncFailure.class, () -> Pages.parse(body));

    // Then
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
    assertThat(failure).hasMessageStartingWith("the cloud's answer is not JSON");
  }

  private static SyncFailure refusal(String body) {
    SyncFailure failure = catchThrowableOfType(SyncFailure.class, () -> Pages.parse(body));
    assertThat(failure.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
    return failure;
  }
}
