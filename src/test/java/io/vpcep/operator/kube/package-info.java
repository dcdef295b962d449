/** A real Kubernetes API server for the tests of every package. */
package io.vpcep.operator.kube;
