package io.vpcep.operator;

final class VpcepOperator {
  private VpcepOperator() {}

  public static void main(String[] args) {}
}
