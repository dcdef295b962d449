package io.vpcep.operator.sync;

import io.vpcep.operator.sync.EndpointService.Failure;
import io.vpcep.operator.sync.EndpointService.Port;
import io.vpcep.operator.sync.EndpointService.Tag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Builders;
import net.jqwik.api.Combinators;

/** Whatever a cloud might send: strings that are no text, ports that are none, ids of any shape. */
final class EndpointServices {
  private EndpointServices() {}

  /** Ids: those of real clouds, Kubernetes names, what made names look like, and nonsense. */
  static Arbitrary<String> ids() {
    Arbitrary<String> shaped =
        Arbitraries.oneOf(
            Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                .as((a, b) -> new UUID(a, b).toString()),
            Arbitraries.strings().withChars("0123456789abcdef").ofLength(40).map(h -> "vpces-" + h),
            Arbitraries.strings().withChars("abAB01-._").ofMinLength(1).ofMaxLength(300));
    return Arbitraries.oneOf(shaped, texts()).filter(id -> !id.isBlank());
  }

  /** Strings, broken ones included. */
  static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "",
            " ",
            ",",
            "a,b",
            "?",
            "-",
            "null",
            "TCP",
            "\u0000",
            "a\u0000b",
            "\n",
            "\u001b[31m",
            "\u2028",
            "é",
            "e\u0301",
            "😀",
            "\ud800",
            "\udc00",
            "\ud800x",
            "?x",
            "\udbffzz",
            "zz",
            "\ufeff",
            "\uffff",
            "a".repeat(63),
            "a".repeat(64),
            "x".repeat(65_536)),
        Arbitraries.of("available", "Creating", "DELETING", "failed", "interface", "VM", "error"),
        Arbitraries.strings().all().ofMaxLength(12),
        Arbitraries.strings().ascii().ofMaxLength(12));
  }

  private static Arbitrary<String> textsOrNone() {
    return texts().injectNull(0.2);
  }

  private static Arbitrary<Long> numbersOrNone() {
    return Arbitraries.oneOf(
            Arbitraries.longs(), Arbitraries.longs().between(0, 70_000), Arbitraries.of(-1L, 0L))
        .injectNull(0.2);
  }

  private static Arbitrary<Port> ports() {
    return Combinators.combine(numbersOrNone(), numbersOrNone(), textsOrNone()).as(Port::new);
  }

  private static Arbitrary<Tag> tags() {
    return Combinators.combine(textsOrNone(), textsOrNone()).as(Tag::new);
  }

  private static Arbitrary<Failure> failures() {
    return Combinators.combine(textsOrNone(), textsOrNone()).as(Failure::new);
  }

  /** One service. */
  static Arbitrary<EndpointService> services() {
    return Builders.withBuilder(() -> EndpointServiceBuilder.bare("id"))
        .use(ids())
        .in(EndpointServiceBuilder::id)
        .use(textsOrNone())
        .in(EndpointServiceBuilder::serviceName)
        .use(textsOrNone())
        .in(EndpointServiceBuilder::status)
        .use(numbersOrNone())
        .in(EndpointServiceBuilder::connectionCount)
        .use(ports().list().ofMaxSize(4))
        .in((b, v) -> b.ports(v))
        .use(failures().list().ofMaxSize(4))
        .in((b, v) -> b.errors(v))
        .use(tags().list().ofMaxSize(4))
        .in((b, v) -> b.tags(v))
        .use(textsOrNone())
        .in(EndpointServiceBuilder::serverType)
        .use(textsOrNone())
        .in(EndpointServiceBuilder::serviceType)
        .use(textsOrNone())
        .in(EndpointServiceBuilder::vpcId)
        .use(Arbitraries.of(true, false).injectNull(0.3))
        .in(EndpointServiceBuilder::approvalEnabled)
        .use(textsOrNone())
        .in((b, v) -> b.portId(v).vipPortId(v).projectId(v).tcpProxy(v))
        .use(textsOrNone())
        .in((b, v) -> b.createdAt(v).updatedAt(v).description(v))
        .use(textsOrNone())
        .in((b, v) -> b.domainId(v).poolId(v).publicBorderGroup(v).ip(v))
        .build(EndpointServiceBuilder::build);
  }

  /** A listing: no id twice. */
  static Arbitrary<List<EndpointService>> listings() {
    return services().list().ofMaxSize(6).uniqueElements(EndpointService::id);
  }

  /** The same services in another order, each with its lists in another order. */
  static List<EndpointService> shuffled(List<EndpointService> services, long seed) {
    Random random = new Random(seed);
    return shuffled(services, random).stream()
        .map(
            service ->
                EndpointServiceBuilder.like(service)
                    .ports(shuffled(service.ports(), random))
                    .errors(shuffled(service.errors(), random))
                    .tags(shuffled(service.tags(), random))
                    .build())
        .toList();
  }

  private static <T> List<T> shuffled(List<T> items, Random random) {
    List<T> copy = new ArrayList<>(items);
    Collections.shuffle(copy, random);
    return copy;
  }
}
