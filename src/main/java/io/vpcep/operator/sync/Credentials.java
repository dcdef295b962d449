package io.vpcep.operator.sync;

/** What a listing authenticates with. Never logged: {@code toString} shows the kind alone. */
public sealed interface Credentials {

  /** No credentials are sent. */
  record None() implements Credentials {}

  /** A token, sent as {@code X-Auth-Token}. */
  record Token(String value) implements Credentials {
    @Override
    public String toString() {
      return "Token[redacted]";
    }
  }
}
