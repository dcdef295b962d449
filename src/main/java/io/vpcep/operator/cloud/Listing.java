package io.vpcep.operator.cloud;

import io.vpcep.operator.sync.Completeness;
import io.vpcep.operator.sync.EndpointService;
import io.vpcep.operator.sync.FailureReason;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the pages of one listing showed so far: knows when to stop, and whether the listing proves
 * itself complete. It does when its ids are unique, their number equals total_count, and
 * total_count was the same on every page; the API knows neither a cursor nor a snapshot, so that
 * what is created or deleted while paging shows as a duplicate or a gap.
 */
final class Listing {
  /** Services of one cloud project. */
  static final int MAX_SERVICES = 100_000;

  /** Pages of one listing: with pages of ten, enough for as many services. */
  static final int MAX_PAGES = 10_000;

  /** Those that may have to be written, by the name of their resource. */
  private final Map<String, EndpointService> services = new LinkedHashMap<>();

  /** Names of the resources of the others. */
  private final Set<String> recognized = new HashSet<>();

  private long received;
  private int pages;
  private int skipped;
  private int duplicates;
  private Long firstTotal;
  private Long lastTotal;
  private boolean totalMissing;
  private Long otherTotal;
  private boolean tooMany;
  private boolean stuck;
  private boolean contradicted;

  /** Takes the next page in. */
  void add(Page page) {
    int before = size();
    page.services().forEach(this::add);
    countTotal(page.totalCount());
    pages++;
    received += page.elements();
    skipped += page.skipped();
    // Elements without an id may be new ones, and must not cost those behind them.
    stuck = size() == before && page.skipped() == 0;
    contradicted = page.elements() == 0 && lastTotal != null && received < lastTotal;
  }

  /** Of one that comes twice the last counts. */
  private void add(Page.Shown shown) {
    String name = shown.name();
    boolean again = services.remove(name) != null || recognized.contains(name);
    if (again) {
      duplicates++;
    } else if (size() == MAX_SERVICES) {
      tooMany = true;
      return;
    }
    if (shown.isRecognized()) {
      recognized.add(name);
    } else {
      recognized.remove(name);
      services.put(name, shown.service());
    }
  }

  private int size() {
    return services.size() + recognized.size();
  }

  private void countTotal(Long total) {
    if (pages == 0) {
      firstTotal = total;
    }
    lastTotal = total;
    totalMissing |= total == null;
    if (total != null && firstTotal != null && !total.equals(firstTotal)) {
      otherTotal = total;
    }
  }

  /** True when asking for another page makes no sense: offset = total_count is an error. */
  boolean hasEnded() {
    boolean nothingLeft = lastTotal != null && received >= lastTotal;
    return nothingLeft || stuck || tooMany || pages == MAX_PAGES;
  }

  /**
   * True when what makes the listing incomplete may be that it shifted while it was read, so that
   * another reading may prove itself. Nothing shifts within one page; an element without an id, and
   * a total that is missing or that an empty page belies at once, will be there the next time, too.
   */
  boolean mayHaveShifted() {
    return pages > 1
        && !totalMissing
        && skipped == 0
        && !contradicted
        && !(judge() instanceof Completeness.Complete);
  }

  /** True when both show the same services and totals: what is wrong with them is no shift. */
  boolean isLike(Listing other) {
    return names().equals(other.names())
        && duplicates == other.duplicates
        && Objects.equals(firstTotal, other.firstTotal)
        && Objects.equals(otherTotal, other.otherTotal)
        && Objects.equals(lastTotal, other.lastTotal);
  }

  private Set<String> names() {
    Set<String> names = new HashSet<>(recognized);
    names.addAll(services.keySet());
    return names;
  }

  /** True when nothing says where the listing ends, so that only the cloud's refusal does. */
  boolean endIsUnknown() {
    return pages > 0 && lastTotal == null;
  }

  /** Elements so far, which is the next offset; also where the cloud caps pages below the limit. */
  long received() {
    return received;
  }

  /** Such as {@code 7 services in 2 pages}. */
  String extent() {
    return count(size(), "service") + " in " + count(pages, "page");
  }

  /**
   * The listing as it stands.
   *
   * @throws SyncFailure {@code IncompleteListing} where it went past every limit: it may be made
   *     up, and none of it is to be mirrored
   */
  Snapshot snapshot(int requests) throws SyncFailure {
    if (tooMany) {
      throw endless("there are more than " + MAX_SERVICES + " services");
    }
    if (pages == MAX_PAGES && received < total()) {
      throw endless("the listing did not end after " + MAX_PAGES + " pages");
    }
    return snapshot(judge(), requests);
  }

  /** The failure of a listing that did not end; nothing of it is mirrored. */
  static SyncFailure endless(String why) {
    return new SyncFailure(FailureReason.INCOMPLETE_LISTING, why);
  }

  /** The listing as it stands, broken off. */
  Snapshot brokenOff(String why, int requests) {
    return snapshot(new Completeness.Incomplete(why), requests);
  }

  private Snapshot snapshot(Completeness completeness, int requests) {
    return new Snapshot(
        List.copyOf(services.values()), recognized, completeness, skipped, requests);
  }

  private Completeness judge() {
    if (totalMissing) {
      return incomplete("total_count is missing, the pages held " + held());
    }
    if (otherTotal != null) {
      return incomplete(
          "total_count changed from %d to %d while paging, the pages held %s"
              .formatted(firstTotal, otherTotal, held()));
    }
    if (size() != lastTotal || duplicates > 0 || skipped > 0) {
      return incomplete("total_count is %d, but the pages held %s".formatted(lastTotal, held()));
    }
    return new Completeness.Complete();
  }

  private long total() {
    return lastTotal == null ? Long.MAX_VALUE : lastTotal;
  }

  private String held() {
    StringBuilder held = new StringBuilder(count(size(), "service"));
    if (duplicates > 0) {
      held.append(", ").append(count(duplicates, "element")).append(" repeating one");
    }
    if (skipped > 0) {
      held.append(", ").append(count(skipped, "element")).append(" without a usable id");
    }
    return held.toString();
  }

  private static Completeness incomplete(String why) {
    return new Completeness.Incomplete(why);
  }

  private static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
