package io.vpcep.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.vpcep.operator.crd.VpcEndpointService;
import io.vpcep.operator.crd.VpcEndpointServiceSpec;
import io.vpcep.operator.crd.VpcEndpointServiceSpec.ProjectReference;
import io.vpcep.operator.sync.ContentDigest;
import io.vpcep.operator.sync.MirroredService;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class MirrorIndexTest {
  private final MirrorIndex index = new MirrorIndex();

  private static MirroredService service(String name, String project, String version) {
    VpcEndpointService resource = new VpcEndpointService();
    resource.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace("network")
            .withName(name)
            .withResourceVersion(version)
            .build());
    resource.setSpec(new VpcEndpointServiceSpec(new ProjectReference(project), name));
    return MirroredService.of(resource, new ContentDigest());
  }

  private String version(String name) {
    return index.find("network", name).resourceVersion();
  }

  @Test
  void findsByNameAndByProject() {
    index.observed("network", service("a", "prod", "1"));
    index.observed("network", service("b", "test", "2"));
    index.observed("other", service("c", "prod", "3"));

    assertThat(index.find("network", "a").claimant()).isEqualTo("prod");
    assertThat(index.find("network", "c")).isNull();
    assertThat(index.find("nowhere", "a")).isNull();
    assertThat(index.claimedBy("network", "prod"))
        .extracting(MirroredService::name)
        .containsExactly("a");
    assertThat(index.claimedBy("network", "nobody")).isEmpty();
    assertThat(index.claimedBy("nowhere", "prod")).isEmpty();
    assertThat(index.size()).isEqualTo(3);
  }

  @Test
  void leavesOutEventsOlderThanAWriteOfOurs() {
    index.written("network", null, service("a", "prod", "10"));

    index.observed("network", service("a", "prod", "9"));

    assertThat(version("a")).isEqualTo("10");
  }

  @Test
  void believesEventsNewerThanAWriteOfOurs() {
    index.written("network", null, service("a", "prod", "10"));

    index.observed("network", service("a", "prod", "11"));

    assertThat(version("a")).isEqualTo("11");
  }

  @Test
  void believesAVersionThatGoesBackOnceOurWriteWasSeen() {
    index.written("network", null, service("a", "prod", "10"));
    index.observed("network", service("a", "prod", "10"));

    index.observed("network", service("a", "prod", "3"));

    assertThat(version("a")).isEqualTo("3");
  }

  @Test
  void believesVersionsThatAreNoNumbers() {
    index.written("network", null, service("a", "prod", "x-1"));

    index.observed("network", service("a", "prod", "x-0"));

    assertThat(version("a")).isEqualTo("x-0");
  }

  @Test
  void keepsALaterEditThatIsSeenBeforeTheAnswerToAWrite() {
    index.observed("network", service("a", "prod", "1"));
    MirroredService before = index.find("network", "a");
    index.observed("network", service("a", "prod", "11"));

    index.written("network", before, service("a", "prod", "10"));

    assertThat(version("a")).isEqualTo("11");
  }

  @Test
  void keepsADeletionThatIsSeenBeforeTheAnswerToAWrite() {
    index.observed("network", service("a", "prod", "1"));
    MirroredService before = index.find("network", "a");
    index.removed("network", "a");

    index.written("network", before, service("a", "prod", "10"));

    assertThat(index.find("network", "a")).isNull();
    assertThat(index.claimedBy("network", "prod")).isEmpty();
  }

  @Test
  void keepsADeletionThatIsSeenBeforeTheAnswerToARead() {
    index.observed("network", service("a", "prod", "1"));
    MirroredService before = index.find("network", "a");
    index.removed("network", "a");

    index.read("network", before, service("a", "prod", "10"));

    assertThat(index.find("network", "a")).isNull();
  }

  @Test
  void takesInAnAnswerNewerThanWhatWasSeenMeanwhile() {
    index.observed("network", service("a", "prod", "1"));
    MirroredService before = index.find("network", "a");
    index.observed("network", service("a", "prod", "5"));

    index.written("network", before, service("a", "prod", "10"));

    assertThat(version("a")).isEqualTo("10");
  }

  @Test
  void waitsForNoEventOfAWriteWhoseEventWasFirst() {
    index.observed("network", service("a", "prod", "10"));
    index.written("network", null, service("a", "prod", "10"));

    index.observed("network", service("a", "prod", "3"));

    assertThat(version("a")).isEqualTo("3");
  }

  @Test
  void waitsForNoEventOfAWriteThatChangedNothing() {
    index.observed("network", service("a", "prod", "10"));
    index.written("network", index.find("network", "a"), service("a", "prod", "10"));

    index.observed("network", service("a", "prod", "3"));

    assertThat(version("a")).isEqualTo("3");
  }

  @Test
  void believesAReadOfARestoredServer() {
    index.observed("network", service("a", "prod", "10"));

    index.read("network", index.find("network", "a"), service("a", "prod", "3"));

    assertThat(version("a")).isEqualTo("3");
  }

  @Test
  void forgetsWhatIsGone() {
    index.written("network", null, service("a", "prod", "10"));

    index.removed("network", "a");

    assertThat(index.find("network", "a")).isNull();
    assertThat(index.claimedBy("network", "prod")).isEmpty();
  }

  @Test
  void takesInWhatIsCreatedAnewAfterADeletion() {
    index.written("network", null, service("a", "prod", "10"));
    index.removed("network", "a");

    index.observed("network", service("a", "prod", "4"));

    assertThat(version("a")).isEqualTo("4");
  }

  @Test
  void movesAServiceToItsNewProject() {
    index.observed("network", service("a", "prod", "1"));

    index.observed("network", service("a", "test", "2"));

    assertThat(index.claimedBy("network", "prod")).isEmpty();
    assertThat(index.claimedBy("network", "test")).hasSize(1);
  }

  @Test
  void keepsBothViewsAlikeUnderConcurrentChanges() throws InterruptedException {
    int threads = 8;
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int seed = t;
      Thread thread =
          new Thread(
              () -> {
                awaitUninterruptibly(start);
                for (int i = 0; i < 2_000; i++) {
                  String name = "s" + (i * 31 + seed) % 50;
                  String project = "p" + (i + seed) % 3;
                  switch ((i + seed) % 4) {
                    case 0 -> index.removed("network", name);
                    case 1 ->
                        index.written(
                            "network", index.find("network", name), service(name, project, "" + i));
                    default -> index.observed("network", service(name, project, "" + i));
                  }
                }
              });
      thread.start();
      all.add(thread);
    }

    start.countDown();
    for (Thread thread : all) {
      thread.join();
    }

    int byProject = 0;
    for (String project : List.of("p0", "p1", "p2")) {
      for (MirroredService service : index.claimedBy("network", project)) {
        assertThat(index.find("network", service.name())).isSameAs(service);
        byProject++;
      }
    }
    assertThat(byProject).isEqualTo(index.size());
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
