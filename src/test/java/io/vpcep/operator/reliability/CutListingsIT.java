package io.vpcep.operator.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.crd.VpcEndpointProjectSpec.Query;
import io.vpcep.operator.kube.ApiServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The answers of the cloud end early, at every page of a listing: nothing of it is mirrored. */
class CutListingsIT {
  private static final int SERVICES = 40;
  private static final int PAGE = 10;

  private static Sandbox sandbox;
  private static FaultProxy cloud;

  @BeforeAll
  static void mirror() {
    ApiServer.require();
    sandbox = new Sandbox(SERVICES);
    cloud = FaultProxy.of(sandbox.cloud().baseUrl());
    sandbox.startOperator();
    Query query = new Query(null, null, null, null, null, PAGE);
    sandbox.createProject(sandbox.spec(cloud.url().toString(), "1h", query, null));
    sandbox.awaitSynced();
  }

  @AfterAll
  static void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
    if (cloud != null) {
      cloud.close();
    }
  }

  static Stream<Arguments> cuts() {
    return Stream.of(0, PAGE, 2 * PAGE, 3 * PAGE)
        .flatMap(
            offset ->
                Stream.of(Reaction.CUT_BEFORE, Reaction.CUT_AFTER, Reaction.CUT_HALFWAY)
                    .map(cut -> Arguments.of(offset, cut)));
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void keepsTheMirrorWhereverAListingIsCut(int offset, Reaction cut) {
    MirrorState before = MirrorState.of(sandbox);
    long writes = sandbox.count(request -> request.writes(ApiRequest.SERVICES));
    sandbox.changeEverything();
    cloud.react(request -> isPage(request, offset), cut);

    sandbox.syncFails("EndpointUnreachable");

    assertThat(sandbox.count(request -> request.writes(ApiRequest.SERVICES))).isEqualTo(writes);
    assertThat(MirrorState.of(sandbox).services()).isEqualTo(before.services());
    cloud.behave();
    sandbox.sync();
    sandbox.assertMirrored();
    assertThat(sandbox.count(request -> request.writes(ApiRequest.SERVICES)))
        .isEqualTo(writes + SERVICES);
  }

  private static boolean isPage(ApiRequest request, int offset) {
    return offset == 0
        ? !request.target().contains("offset=")
        : request.target().matches(".*[?&]offset=" + offset + "(&.*)?");
  }
}
