package io.vpcep.operator.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.vpcep.operator.sync.Completeness;
import io.vpcep.operator.sync.Snapshot;
import io.vpcep.operator.sync.SyncFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Reads listings of scripted pages within 30 s of a clock that tests set. */
final class PagingFixture {
  static final Answer SHRUNK =
      new Answer.Refused(
          new ApiError(400, "endpoint.0010", "\"Invalid offset\"", "r1", null, null));

  final AtomicLong nanos = new AtomicLong();
  final List<Long> offsets = new ArrayList<>();

  Snapshot read(PageSource source) throws SyncFailure, InterruptedException {
    Deadline deadline = Deadline.after(Duration.ofSeconds(30), nanos::get);
    return new Pager(source, deadline).read();
  }

  PageSource script(Answer... answers) {
    List<Answer> left = new ArrayList<>(Arrays.asList(answers));
    return offset -> {
      offsets.add(offset);
      return left.remove(0);
    };
  }

  static String why(Snapshot snapshot) {
    assertThat(snapshot.isComplete()).isFalse();
    return ((Completeness.Incomplete) snapshot.completeness()).why();
  }
}
