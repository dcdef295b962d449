package io.vpcep.operator.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Points over a linear axis from zero: what is proportional lies on a straight line. */
final class LinePlot implements Plot {
  private static final int LEFT = 80;
  private static final int TOP = 50;
  private static final int WIDE = 560;
  private static final int HIGH = 300;

  private final String title;
  private final String across;
  private final String up;
  private final List<Series> all = new ArrayList<>();

  /** A point. */
  record Point(double x, double y) {}

  private record Series(String name, List<Point> points, boolean measured) {}

  LinePlot(String title, String across, String up) {
    this.title = title;
    this.across = across;
    this.up = up;
  }

  /** Adds what was measured, in the order of {@code x}. */
  LinePlot points(String name, List<Point> points) {
    all.add(new Series(name, List.copyOf(points), true));
    return this;
  }

  /** Adds a straight line that is compared with. */
  LinePlot reference(String name, Point from, Point to) {
    all.add(new Series(name, List.of(from, to), false));
    return this;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String svg() {
    Svg svg = new Svg(LEFT + WIDE + 40, TOP + HIGH + 60 + 18 * all.size());
    svg.title(title);
    Axis x = Axis.upTo(most(Point::x));
    Axis y = Axis.upTo(most(Point::y));
    grid(svg, x, y);
    for (int i = 0; i < all.size(); i++) {
      draw(svg, all.get(i), Svg.colour(i), x, y);
      double legend = TOP + HIGH + 60 + 18 * i;
      svg.bar(LEFT, legend - 9, 10, 10, Svg.colour(i));
      svg.text(LEFT + 16, legend, Svg.Anchor.START, all.get(i).name());
    }
    return svg.document();
  }

  private double most(ToDoubleFunction<Point> coordinate) {
    return all.stream()
        .flatMap(series -> series.points().stream())
        .mapToDouble(coordinate)
        .max()
        .orElse(1);
  }

  private void grid(Svg svg, Axis x, Axis y) {
    for (double tick = 0; tick <= x.end() * 1.001; tick += x.step()) {
      double at = LEFT + WIDE * tick / x.end();
      svg.line(at, TOP, at, TOP + HIGH, "#eee");
      svg.text(at, TOP + HIGH + 16, Svg.Anchor.MIDDLE, Table.number(tick));
    }
    for (double tick = 0; tick <= y.end() * 1.001; tick += y.step()) {
      double at = TOP + HIGH - HIGH * tick / y.end();
      svg.line(LEFT, at, LEFT + WIDE, at, "#eee");
      svg.text(LEFT - 8, at + 4, Svg.Anchor.END, Table.number(tick));
    }
    svg.text(LEFT + WIDE, TOP + HIGH + 34, Svg.Anchor.END, across);
    svg.text(LEFT - 60, TOP - 8, Svg.Anchor.START, up);
  }

  private static void draw(Svg svg, Series series, String colour, Axis x, Axis y) {
    Point before = null;
    for (Point point : series.points()) {
      double px = LEFT + WIDE * point.x() / x.end();
      double py = TOP + HIGH - HIGH * point.y() / y.end();
      if (series.measured()) {
        svg.dot(px, py, colour);
      }
      if (before != null && series.measured()) {
        svg.line(before.x(), before.y(), px, py, colour);
      } else if (before != null) {
        svg.dashed(before.x(), before.y(), px, py, colour);
      }
      before = new Point(px, py);
    }
  }

  /** From 0 to {@code end}, with a mark at every {@code step}: 1, 2 or 5 times a power of ten. */
  private record Axis(double end, double step) {
    static Axis upTo(double most) {
      double wanted = (most <= 0 ? 1 : most) / 5;
      double power = Math.pow(10, Math.floor(Math.log10(wanted)));
      double digit = wanted / power;
      double step = power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
      return new Axis(step * Math.ceil((most <= 0 ? 1 : most) / step), step);
    }
  }
}
