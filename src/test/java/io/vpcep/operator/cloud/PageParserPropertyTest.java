package io.vpcep.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.vpcep.operator.sync.EndpointService;
import io.vpcep.operator.sync.EndpointService.Failure;
import io.vpcep.operator.sync.EndpointService.Port;
import io.vpcep.operator.sync.EndpointService.Tag;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.SyncFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PageParserPropertyTest {

  @Property(tries = 300)
  void readsBackWhatIsWrittenInAnyVariant(
      @ForAll("services") List<EndpointService> services, @ForAll long variant) throws Exception {
    // Given
    byte[] json = ServiceJson.page(services, services.size(), variant);

    // When
    Page page = Pages.parse(json);

    // Then
    assertThat(Pages.read(page)).isEqualTo(services);
    assertThat(page.totalCount()).isEqualTo(services.size());
    assertThat(page.elements()).isEqualTo(services.size());
    assertThat(page.skipped()).isZero();
  }

  @Property(tries = 500)
  void failsInNoOtherWayOnAMutatedPage(
      @ForAll("services") List<EndpointService> services,
      @ForAll long variant,
      @ForAll List<Integer> positions,
      @ForAll byte replacement) {
    byte[] json = ServiceJson.page(services, services.size(), variant);
    for (int position : positions) {
      json[Math.floorMod(position, json.length)] = replacement;
    }
    parsesOrFails(json);
  }

  @Property
  void failsInNoOtherWayOnGarbage(@ForAll byte[] garbage) {
    parsesOrFails(garbage);
  }

  @Property
  void failsInNoOtherWayOnScrambledTokens(@ForAll("tokens") List<String> tokens) {
    parsesOrFails(String.join("", tokens).getBytes(StandardCharsets.UTF_8));
  }

  private static void parsesOrFails(byte[] body) {
    try {
      assertThat(Pages.read(Pages.parse(body)))
          .allSatisfy(service -> assertThat(service.id()).isNotBlank());
    } catch (SyncFailure e) {
      assertThat(e.reason()).isEqualTo(FailureReason.INVALID_RESPONSE);
      assertThat(e.getMessage()).hasSizeLessThan(200);
    } catch (IOException e) {
      fail("a body at hand breaks nothing", e);
    }
  }

  @Provide
  Arbitrary<List<String>> tokens() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"endpoint_services\"",
            "\"total_count\"",
            "\"id\"",
            "\"ports\"",
            "\"error\"",
            "\"a\"",
            "1",
            "-1.5e9",
            "true",
            "null",
            " ",
            "{\"endpoint_services\":[{\"id\":\"x\",")
        .list()
        .ofMaxSize(40);
  }

  @Provide
  Arbitrary<List<EndpointService>> services() {
    Arbitrary<List<String>> texts = text().list().ofSize(16);
    Arbitrary<Long> counts = Arbitraries.longs().injectNull(0.2);
    Arbitrary<Boolean> booleans = Arbitraries.of(true, false).injectNull(0.3);
    return Combinators.combine(texts, counts, booleans, ports(), failures(), tags())
        .as(PageParserPropertyTest::service)
        .list()
        .ofMaxSize(4);
  }

  private static EndpointService service(
      List<String> text,
      Long count,
      Boolean approval,
      List<Port> ports,
      List<Failure> failures,
      List<Tag> tags) {
    String time = approval == null ? null : "2018-01-30T07:42:01.174Z";
    return new EndpointService(
        "id-" + text.get(0),
        text.get(1),
        text.get(2),
        count,
        ports,
        failures,
        text.get(3),
        text.get(4),
        approval,
        text.get(5),
        text.get(6),
        text.get(7),
        text.get(8),
        text.get(9),
        tags,
        time,
        time,
        text.get(10),
        text.get(11),
        text.get(12),
        text.get(13),
        text.get(14));
  }

  private static Arbitrary<String> text() {
    // Without lone surrogates, which no encoding can carry.
    return Arbitraries.strings()
        .ofMaxLength(12)
        .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text))
        .injectNull(0.2);
  }

  private static Arbitrary<List<Port>> ports() {
    Arbitrary<Long> port = Arbitraries.longs().between(1, 65_535).injectNull(0.1);
    return Combinators.combine(port, port, Arbitraries.of("TCP", "UDP", "other"))
        .as(Port::new)
        .list()
        .ofMaxSize(3);
  }

  private static Arbitrary<List<Failure>> failures() {
    return Combinators.combine(Arbitraries.of("EndPoint.3001", "E"), text())
        .as(Failure::new)
        .list()
        .ofMaxSize(2);
  }

  private static Arbitrary<List<Tag>> tags() {
    return Combinators.combine(text().map(key -> "k" + key), text())
        .as(Tag::new)
        .list()
        .ofMaxSize(2);
  }
}
