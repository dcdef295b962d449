package io.vpcep.operator.sync;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Asks the cloud by id for some of the services that a complete listing lacks. That tells what is
 * gone from what the project's query leaves out, and finds out a listing that lied.
 *
 * <p>It is a sample: a service that was not asked for, or about which there was no answer, is
 * treated as if there were no such questions.
 */
final class Prober {
  /** Questions a sync, at most. */
  static final int MOST = 5;

  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final EndpointServiceCatalog catalog;
  private final InstantSource clock;

  Prober(EndpointServiceCatalog catalog, InstantSource clock) {
    this.catalog = catalog;
    this.clock = clock;
  }

  /** What asking showed: services that the listing had to show, and the fate of others. */
  private record Answers(List<EndpointService> withheld, Map<String, Missing.Fate> fates) {}

  /**
   * Looks into what a complete listing lacks.
   *
   * @param mirrored what was mirrored before the listing began
   * @param end when the time of the whole listing is up; no question outlasts it
   * @return the evidence with what was found out; an incomplete listing, where it lacks what it had
   *     to show
   * @throws InterruptedException when the calling thread was interrupted
   */
  Evidence check(
      SyncTask task, Evidence evidence, Collection<MirroredService> mirrored, Instant end)
      throws InterruptedException {
    if (!evidence.snapshot().isComplete() || evidence.missing().isEmpty()) {
      return evidence;
    }
    Answers answers = ask(task, chosen(task, evidence), end);
    return answers.withheld().isEmpty()
        ? evidence.with(answers.fates())
        : Evidence.of(incomplete(evidence.snapshot(), answers.withheld()), mirrored, task.misses());
  }

  /**
   * Those that were not asked for yet: first what is missing for longest, which is pruned first,
   * and else in an order that differs from sync to sync. What is kept outside the query may go one
   * day: where nothing else is to be asked, one of it is asked for.
   */
  private List<String> chosen(SyncTask task, Evidence evidence) {
    List<String> unknown = idsOf(evidence, Missing.Fate.UNKNOWN);
    if (unknown.isEmpty() && !task.settings().prune().delete()) {
      List<String> kept = idsOf(evidence, Missing.Fate.OUT_OF_QUERY);
      return kept.subList(0, Math.min(1, kept.size()));
    }
    return unknown.subList(0, Math.min(MOST, unknown.size()));
  }

  private List<String> idsOf(Evidence evidence, Missing.Fate fate) {
    List<String> ids = new ArrayList<>();
    evidence
        .missing()
        .forEach(
            (name, missing) -> {
              if (missing.fate() == fate) {
                ResourceNames.literalId(name).ifPresent(ids::add);
              }
            });
    Collections.sort(ids);
    Collections.shuffle(ids, new Random(clock.instant().toEpochMilli()));
    ids.sort(Comparator.comparingInt(id -> -evidence.missing().get(id).listings()));
    return ids;
  }

  private Answers ask(SyncTask task, List<String> ids, Instant end) throws InterruptedException {
    Answers answers = new Answers(new ArrayList<>(), new HashMap<>());
    try {
      for (String id : ids) {
        Duration left = Duration.between(clock.instant(), end);
        if (left.isNegative() || left.isZero()) {
          break;
        }
        Duration timeout = left.compareTo(LONGEST) < 0 ? left : LONGEST;
        note(task, id, catalog.list(task.probe(id, timeout)), answers);
      }
    } catch (SyncFailure e) {
      // A cloud that has trouble is asked no more: nothing depends on these answers.
      return answers;
    }
    return answers;
  }

  /** A cloud may take no notice of the id, or match it as it likes: only the very id counts. */
  private static void note(SyncTask task, String id, Snapshot answer, Answers answers) {
    Optional<EndpointService> found =
        answer.services().stream().filter(service -> service.id().equals(id)).findFirst();
    if (found.isEmpty()) {
      if (answer.isComplete()) {
        answers.fates().put(ResourceNames.ofService(id), Missing.Fate.GONE);
      }
    } else if (task.settings().query().mustShow(found.get())) {
      answers.withheld().add(found.get());
    } else {
      answers.fates().put(ResourceNames.ofService(id), Missing.Fate.OUT_OF_QUERY);
    }
  }

  private static Snapshot incomplete(Snapshot listed, List<EndpointService> withheld) {
    List<EndpointService> services = new ArrayList<>(listed.services());
    services.addAll(withheld);
    String why =
        "it seemed complete and lacked the service %s, which exists: a query of its id shows it"
            .formatted(withheld.get(0).id());
    return new Snapshot(
        services,
        listed.recognized(),
        new Completeness.Incomplete(why),
        listed.skipped(),
        listed.requests());
  }
}
