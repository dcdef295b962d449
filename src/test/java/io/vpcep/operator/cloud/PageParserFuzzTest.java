package io.vpcep.operator.cloud;

import static org.junit.jupiter.api.condition.OS.LINUX;
import static org.junit.jupiter.api.condition.OS.MAC;
import static org.junit.jupiter.api.condition.OS.WINDOWS;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vpcep.operator.sync.EndpointService;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.SyncFailure;
import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.EnabledOnOs;

/** Whatever a cloud sends is a page or an invalid response, and takes no more than it was. */
@EnabledOnOs(
    value = {LINUX, MAC, WINDOWS},
    architectures = {"amd64", "x86_64", "aarch64"},
    disabledReason = "the fuzzer has no native part for this platform")
class PageParserFuzzTest {

  @FuzzTest(maxDuration = "10s")
  void readsOrRefuses(byte[] body) throws IOException {
    try {
      checkBounds(Pages.parse(body), body.length);
    } catch (SyncFailure e) {
      check(e.reason() == FailureReason.INVALID_RESPONSE, "refused with " + e.reason());
      check(e.getMessage().length() < 200, "a long message: " + e.getMessage());
      check(e.getMessage().chars().allMatch(c -> c >= ' ' && c < 127), "shows what it read");
    }
  }

  private static void checkBounds(Page page, int bytes) {
    check(page.services().size() + page.skipped() <= page.elements(), "counts more than there is");
    check(page.elements() <= bytes, "more elements than bytes");
    long kept = 0;
    for (EndpointService service : Pages.read(page)) {
      check(!service.id().isBlank(), "a service without an id");
      kept += texts(service).peek(PageParserFuzzTest::checkLength).mapToLong(String::length).sum();
      kept += service.ports().size() + service.errors().size() + service.tags().size();
    }
    // Some characters are added to what is sent: a zone, a protocol.
    check(kept <= 2L * bytes, "keeps " + kept + " of " + bytes);
  }

  private static void checkLength(String text) {
    check(text.length() <= Json.MAX_STRING + 1, "a text of " + text.length());
  }

  private static Stream<String> texts(EndpointService service) {
    Stream<String> own =
        Stream.of(
            service.id(),
            service.serviceName(),
            service.status(),
            service.serverType(),
            service.serviceType(),
            service.vpcId(),
            service.portId(),
            service.vipPortId(),
            service.projectId(),
            service.tcpProxy(),
            service.createdAt(),
            service.updatedAt(),
            service.description(),
            service.domainId(),
            service.poolId(),
            service.publicBorderGroup(),
            service.ip());
    Stream<String> inner =
        Stream.of(
                service.ports().stream().map(EndpointService.Port::protocol),
                service.errors().stream().flatMap(e -> Stream.of(e.code(), e.message())),
                service.tags().stream().flatMap(tag -> Stream.of(tag.key(), tag.value())))
            .flatMap(texts -> texts);
    return Stream.concat(own, inner).filter(Objects::nonNull);
  }

  /** Quicker than an assertion library, millions of times. */
  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
