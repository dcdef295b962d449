package io.vpcep.operator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Rows of text and numbers, as Markdown that is legible on a terminal too. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... columns) {
    rows.add(List.of(columns));
  }

  /** Adds a row; numbers get the digits that mean something, {@code NaN} a dash. */
  void row(Object... cells) {
    rows.add(List.of(cells).stream().map(Table::text).toList());
  }

  private static String text(Object cell) {
    return cell instanceof Double number ? number(number) : String.valueOf(cell);
  }

  /** Three digits, or all before the point. */
  static String number(double number) {
    if (Double.isNaN(number)) {
      return "–";
    }
    double size = Math.abs(number);
    int decimals =
        size >= 100 || size == Math.rint(size) ? 0 : size >= 10 ? 1 : size >= 0.1 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", number);
  }

  /** The whole table. */
  String markdown() {
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < rows.get(0).size(); column++) {
      int at = column;
      widths.add(rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
    }
    StringBuilder text = new StringBuilder(line(rows.get(0), widths));
    text.append(line(widths.stream().map("-"::repeat).toList(), widths));
    rows.subList(1, rows.size()).forEach(row -> text.append(line(row, widths)));
    return text.toString();
  }

  private static String line(List<String> cells, List<Integer> widths) {
    List<String> padded = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      padded.add(cells.get(i) + " ".repeat(widths.get(i) - cells.get(i).length()));
    }
    return padded.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
