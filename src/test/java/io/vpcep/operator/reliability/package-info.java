/**
 * The operator against everything that can go wrong around it: it is cut off after any of its
 * writes and begun anew, the Kubernetes API fails in every way that is known of it, and two
 * processes write at a time. Each test ends with the one right state of the mirror.
 *
 * <p>{@code FaultProxy} stands between the operator and a real API server (or a cloud) and does
 * what its rule says; {@code Sandbox} holds a namespace, a cloud and the operator; {@code Scenario}
 * is the life of a project that every crash must leave as it is. Only these tests use them.
 */
package io.vpcep.operator.reliability;
