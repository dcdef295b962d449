package io.vpcep.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextTableTest {
  @ParameterizedTest
  @ValueSource(strings = {"\u001b", "\n", "\u009b", "\u202e", "\u2028"})
  void blanksWhatATerminalWouldObey(String obeyed) {
    TextTable table = new TextTable("NAME");
    table.add("a" + obeyed + "b");
    StringWriter printed = new StringWriter();

    table.print(new PrintWriter(printed, true));

    assertThat(printed.toString().lines()).containsExactly("NAME", "a b");
  }
}
