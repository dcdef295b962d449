package io.vpcep.operator.bench;

import java.util.ArrayList;
import java.util.List;

/** Horizontal bars in groups, each with its number: who takes how long for the same. */
final class BarPlot implements Plot {
  private static final int LEFT = 250;
  private static final int WIDE = 430;
  private static final int BAR = 18;
  private static final int GAP = 26;
  private static final int TOP = 50;

  private final String title;
  private final String unit;
  private final List<Bar> bars = new ArrayList<>();

  private record Bar(String group, String name, double value) {}

  BarPlot(String title, String unit) {
    this.title = title;
    this.unit = unit;
  }

  /** Adds a bar; those of a group follow each other, and are scaled by the longest of the group. */
  BarPlot bar(String group, String name, double value) {
    if (!Double.isNaN(value)) {
      bars.add(new Bar(group, name, value));
    }
    return this;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String svg() {
    long groups = bars.stream().map(Bar::group).distinct().count();
    int height = TOP + (int) (bars.size() * (BAR + 4) + groups * GAP) + 10;
    Svg svg = new Svg(LEFT + WIDE + 120, height);
    svg.title(title);
    double y = TOP;
    String group = null;
    int series = 0;
    for (Bar bar : bars) {
      if (!bar.group().equals(group)) {
        group = bar.group();
        series = 0;
        y += GAP;
        svg.text(16, y - 8, Svg.Anchor.START, group);
      }
      double wide = WIDE * bar.value() / longest(group);
      svg.text(LEFT - 8, y + BAR - 5, Svg.Anchor.END, bar.name());
      svg.bar(LEFT, y, wide, BAR, Svg.colour(series));
      svg.text(
          LEFT + wide + 6, y + BAR - 5, Svg.Anchor.START, Table.number(bar.value()) + " " + unit);
      y += BAR + 4;
      series++;
    }
    return svg.document();
  }

  private double longest(String group) {
    return bars.stream()
        .filter(bar -> bar.group().equals(group))
        .mapToDouble(Bar::value)
        .max()
        .orElse(1);
  }
}
