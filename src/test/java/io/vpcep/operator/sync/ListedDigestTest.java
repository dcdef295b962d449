package io.vpcep.operator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.sync.EndpointService.Failure;
import io.vpcep.operator.sync.EndpointService.Port;
import io.vpcep.operator.sync.EndpointService.Tag;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ListedDigestTest {
  private static final ProjectIdentity PROD = new ProjectIdentity("network", "prod", "uid-1");
  private static final EndpointService SERVICE =
      EndpointServiceBuilder.available("4189d3c2-8882-4871-a3c2-d380272eed83").build();

  private static long digest(EndpointService service) {
    return new ListedDigest(PROD).of(service);
  }

  static Stream<RecordComponent> components() {
    return Arrays.stream(EndpointService.class.getRecordComponents());
  }

  @ParameterizedTest
  @MethodSource("components")
  void dependsOnEachField(RecordComponent component) throws ReflectiveOperationException {
    RecordComponent[] all = EndpointService.class.getRecordComponents();
    Object[] values = new Object[all.length];
    for (int i = 0; i < all.length; i++) {
      Object value = all[i].getAccessor().invoke(SERVICE);
      values[i] = all[i].getName().equals(component.getName()) ? other(component, value) : value;
    }

    EndpointService changed =
        (EndpointService) EndpointService.class.getDeclaredConstructors()[0].newInstance(values);

    assertThat(digest(changed)).isNotEqualTo(digest(SERVICE));
  }

  private static Object other(RecordComponent component, Object value) {
    return switch (component.getName()) {
      case "ports" -> List.of(new Port(8080L, 90L, "TCP"));
      case "errors" -> List.of(new Failure("EndPoint.3001", "no port"));
      case "tags" -> List.of(new Tag("stage", "prod"), new Tag("team", "blue"));
      case "connectionCount" -> 3L + (1L << 32);
      case "approvalEnabled" -> true;
      default -> value + "x";
    };
  }

  @Test
  void tellsFieldsApart() {
    EndpointService one = EndpointServiceBuilder.bare("a").serviceName("b").build();
    EndpointService other = EndpointServiceBuilder.bare("a").status("b").build();

    assertThat(digest(one)).isNotEqualTo(digest(other));
  }

  @Test
  void tellsPartsOfListsApart() {
    EndpointService one =
        EndpointServiceBuilder.bare("a").tags(new Tag("x", "yz"), new Tag("", "")).build();
    EndpointService other =
        EndpointServiceBuilder.bare("a").tags(new Tag("xy", "z"), new Tag("", "")).build();

    assertThat(digest(one)).isNotEqualTo(digest(other));
  }

  @Test
  void tellsProjectsApart() {
    ProjectIdentity recreated = new ProjectIdentity("network", "prod", "uid-2");

    assertThat(new ListedDigest(recreated).of(SERVICE)).isNotEqualTo(digest(SERVICE));
  }

  @Test
  void isTheSameForTheSameWhateverCameBefore() {
    ListedDigest used = new ListedDigest(PROD);
    used.of(EndpointServiceBuilder.bare("b").description("long ".repeat(5000)).build());

    assertThat(used.of(SERVICE)).isEqualTo(digest(SERVICE)).isNotZero();
  }
}
