package io.vpcep.operator.cloud;

import io.vpcep.operator.sync.SyncFailure;
import java.net.UnknownHostException;

/** Carries the refusal of an address through OkHttp, whose name lookup knows this type alone. */
final class AddressRefusedException extends UnknownHostException {
  private final transient SyncFailure failure;

  AddressRefusedException(SyncFailure failure) {
    super(failure.getMessage());
    this.failure = failure;
  }

  SyncFailure failure() {
    return failure;
  }
}
