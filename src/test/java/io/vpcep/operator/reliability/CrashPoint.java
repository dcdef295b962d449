package io.vpcep.operator.reliability;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A moment to die at.
 *
 * @param number the how manieth write of services and projects of a process, from 1 on
 * @param committed whether the API server still does that write, unheard
 */
record CrashPoint(int number, boolean committed) {
  /**
   * Cuts the operator of {@code sandbox} off at this moment.
   *
   * @param kill ends it in earnest, before
   */
  FaultProxy.Rule rule(Sandbox sandbox, Runnable kill) {
    AtomicInteger writes = new AtomicInteger();
    return request -> {
      if (!request.writesOurs() || writes.incrementAndGet() != number) {
        return Reaction.FORWARD;
      }
      kill.run();
      if (committed) {
        return Reaction.CUT_OFF_AFTER;
      }
      sandbox.proxy().cutOff();
      return Reaction.CUT_BEFORE;
    };
  }
}
