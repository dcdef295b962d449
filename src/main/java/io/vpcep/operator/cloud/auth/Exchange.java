package io.vpcep.operator.cloud.auth;

import io.vpcep.operator.sync.SyncFailure;

/** Has temporary credentials for ones that no request can carry. */
interface Exchange {

  /** What is had is shared by all that have the same key, which tells no secret. */
  String key();

  /** Exchanges of the same turn are made one after the other. */
  String turn();

  /** Who gives the credentials, for messages. */
  String service();

  /**
   * Whether the exchange may be tried now.
   *
   * @throws SyncFailure that of an earlier try, while that is not to be repeated
   */
  void check() throws SyncFailure;

  /** Asks for credentials; returns or fails within the time that a few calls may take. */
  Temporary perform() throws SyncFailure;
}
