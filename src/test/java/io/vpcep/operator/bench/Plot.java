package io.vpcep.operator.bench;

/** A picture of numbers. */
interface Plot {
  String title();

  /** The picture as a document of its own. */
  String svg();
}
