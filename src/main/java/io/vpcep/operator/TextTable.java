package io.vpcep.operator;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Columns of text as kubectl prints them: three blanks apart, what is absent as a dash. */
final class TextTable {
  private final List<String[]> rows = new ArrayList<>();
  private final int[] widths;

  TextTable(String... titles) {
    widths = new int[titles.length];
    add((Object[]) titles);
  }

  /** Adds a row; control characters become blanks, since a cloud's text may hold anything. */
  void add(Object... cells) {
    String[] row = new String[widths.length];
    for (int i = 0; i < row.length; i++) {
      row[i] =
          cells[i] == null
              ? "-"
              : cells[i].toString().replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", " ");
      widths[i] = Math.max(widths[i], row[i].length());
    }
    rows.add(row);
  }

  void print(PrintWriter out) {
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 3));
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
