package io.vpcep.operator.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.VpcEndpointService;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ResourceNamesTest {
  /** RFC 1123 as the API server checks it. */
  private static final String SUBDOMAIN =
      "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

  private static final String LABEL = "(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?";

  @Provide
  Arbitrary<String> ids() {
    return EndpointServices.ids();
  }

  @Provide
  Arbitrary<EndpointService> services() {
    return EndpointServices.services();
  }

  @Provide
  Arbitrary<String> projects() {
    return Arbitraries.strings()
        .withChars("abz019-.")
        .ofMinLength(1)
        .ofMaxLength(253)
        .filter(name -> name.matches(SUBDOMAIN));
  }

  @Property
  void neverGivesTwoIdsOneName(@ForAll("ids") String one, @ForAll("ids") String other) {
    boolean sameName = ResourceNames.ofService(one).equals(ResourceNames.ofService(other));

    assertThat(sameName).isEqualTo(one.equals(other));
  }

  @Property
  void keepsANameApartFromTheIdItWasMadeOf(@ForAll("ids") String id) {
    String name = ResourceNames.ofService(id);

    assertThat(ResourceNames.ofService(name).equals(name)).isEqualTo(name.equals(id));
  }

  @Property
  void namesAreValid(@ForAll("ids") String id) {
    String name = ResourceNames.ofService(id);

    assertThat(name).matches(SUBDOMAIN).hasSizeLessThanOrEqualTo(253);
  }

  @Property
  void labelsAreValid(
      @ForAll("services") EndpointService service, @ForAll("projects") String name) {
    VpcEndpointService resource =
        ServiceMapper.identity(service, new ProjectIdentity("network", name, "uid"));

    assertThat(resource.getMetadata().getLabels().values())
        .allSatisfy(value -> assertThat(value).matches(LABEL).hasSizeLessThanOrEqualTo(63));
  }

  @Test
  void takesAnIdThatIsANameAsItIs() {
    String id = "4189d3c2-8882-4871-a3c2-d380272eed83";

    assertThat(ResourceNames.ofService(id)).isEqualTo(id);
  }

  @Test
  void makesTheSameNameInEveryVersion() {
    assertThat(ResourceNames.ofService("Ünï_code"))
        .isEqualTo("vpces-6dcfe8c8995c3958dd613212d1a344fca76f571c");
  }

  @Test
  void keepsIdsApartThatAreNoText() {
    List<String> ids = List.of("?", "\ud800", "\ud801", "\udc00", "\ud880", "\u0600", "\ufffd");

    Set<String> names = ids.stream().map(ResourceNames::ofService).collect(Collectors.toSet());

    assertThat(names).hasSameSizeAs(ids);
  }

  @Test
  void takesNoIdAsItIsThatLooksLikeAMadeName() {
    String made = ResourceNames.ofService("No Name");

    assertThat(ResourceNames.ofService(made)).isNotEqualTo(made);
  }

  @Test
  void shortensALongProjectNameToALabel() {
    String longName = "a".repeat(63) + ".b";

    String label = ResourceNames.projectLabel(longName);

    assertThat(label).hasSize(63).startsWith("a".repeat(46) + "-").matches(LABEL);
    assertThat(label).isNotEqualTo(ResourceNames.projectLabel(longName + "c"));
  }
}
