package io.vpcep.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import org.junit.jupiter.api.Test;

class RunCommandTest {

  @Test
  void saysWhatKeptItFromStarting() {
    assertThat(RunCommand.reason(new BindException("Address already in use")))
        .isEqualTo("BindException: Address already in use");
  }

  @Test
  void looksForAMessageInTheCauses() {
    Exception wrapped =
        new IllegalStateException(
            " ", new IOException(null, new BindException("Permission denied")));

    assertThat(RunCommand.reason(wrapped)).isEqualTo("BindException: Permission denied");
  }

  @Test
  void namesTheClassAndThePlaceWhereNobodySaidAnything() {
    assertThat(RunCommand.reason(new NullPointerException()))
        .startsWith("java.lang.NullPointerException without a message, at ")
        .contains("RunCommandTest.java:");
  }

  @Test
  void isNotCaughtInACircleOfCauses() {
    Exception one = new IllegalStateException((String) null);
    one.initCause(new IllegalStateException(null, one));

    assertThat(RunCommand.reason(one)).contains("IllegalStateException without a message");
  }
}
