package io.vpcep.operator.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProjectTest {
  private final Project project = new Project(new ServiceGenerator("0".repeat(32)), List.of());
  private final AtomicInteger released = new AtomicInteger();

  @Test
  void letsGoAtOnceOfWhatCameAfterTheHangHadHealed() {
    project.hold(released::incrementAndGet);

    assertThat(released).hasValue(1);
  }

  @Test
  void letsGoOnceOfWhatItHeldWhenTheFaultChanges() {
    project.setFault(Fault.HANG);
    project.hold(released::incrementAndGet);
    project.setFault(Fault.HANG);
    assertThat(released).hasValue(0);

    project.setFault(Fault.HTML);
    project.setFault(Fault.NONE);

    assertThat(released).hasValue(1);
  }
}
