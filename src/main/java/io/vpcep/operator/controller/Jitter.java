package io.vpcep.operator.controller;

/** The port to chance, so that tests know what comes. */
public interface Jitter {
  /** A number from 0 (inclusive) to 1 (exclusive). */
  double next();
}
