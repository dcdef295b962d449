package io.vpcep.operator;

import java.util.List;

/** A command that finds problems which its options alone do not show. */
interface SelfChecking {
  /**
   * Called once before the command is, also when options could not be parsed and are absent.
   *
   * @return what is wrong and what to write instead, a line each; empty: nothing
   */
  List<String> problems();
}
