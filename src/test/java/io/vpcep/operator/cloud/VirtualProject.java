package io.vpcep.operator.cloud;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A requester that lists every interval, as the controller does it, page by page. */
final class VirtualProject {
  private final ThrottledApi api;
  private final String name;
  private final Duration interval;
  private final int pages;
  final List<Long> due = new ArrayList<>();
  final List<Long> begun = new ArrayList<>();
  final List<Long> ended = new ArrayList<>();
  final List<Long> sent = new ArrayList<>();

  VirtualProject(ThrottledApi api, String name, Duration interval, int pages) {
    this.api = api;
    this.name = name;
    this.interval = interval;
    this.pages = pages;
  }

  void start(Duration in) {
    api.in(in.toNanos(), this::dueNow);
  }

  private void dueNow() {
    due.add(api.now);
    ask();
  }

  private void ask() {
    Duration wait = api.budget.untilTurn(name, api.now);
    if (wait.isZero()) {
      api.budget.takeTurn(name);
      begun.add(api.now);
      send(1);
    } else {
      api.in(wait.toNanos(), this::ask);
    }
  }

  private void send(int page) {
    sent.add(api.now);
    api.send(
        name,
        () -> answered(page),
        () -> api.in(api.pauseAfterThrottling().toNanos(), () -> askForPage(new Object(), page)));
  }

  private void answered(int page) {
    if (page < pages) {
      askForPage(new Object(), page + 1);
    } else {
      ended.add(api.now);
      long begin = begun.get(begun.size() - 1);
      api.in(Math.max(1, begin + interval.toNanos() - api.now), this::dueNow);
    }
  }

  private void askForPage(Object ticket, int page) {
    Duration wait = api.budget.takePage(ticket, api.now);
    if (wait.isZero()) {
      send(page);
    } else {
      api.in(wait.toNanos(), () -> askForPage(ticket, page));
    }
  }

  @Override
  public String toString() {
    return name;
  }

  /** The longest of the times between one listing's beginning and the next, since then. */
  Duration longestCycle(long since) {
    long longest = 0;
    for (int i = 1; i < begun.size(); i++) {
      if (begun.get(i - 1) >= since) {
        longest = Math.max(longest, begun.get(i) - begun.get(i - 1));
      }
    }
    return Duration.ofNanos(longest);
  }

  /** The longest of the times that it waited for its turn, of turns that were due since then. */
  Duration longestWait(long since) {
    long longest = 0;
    for (int i = 0; i < due.size(); i++) {
      long until = i < begun.size() ? begun.get(i) : api.now;
      if (due.get(i) >= since) {
        longest = Math.max(longest, until - due.get(i));
      }
    }
    return Duration.ofNanos(longest);
  }
}
