/**
 * The resource types {@code vpcep.io/v1alpha1}: spec and status as records, their labels,
 * annotations and conditions. The CRD files below {@code crds/} are generated from these classes.
 *
 * <p>A leaf: every package may use it, it uses none of ours. The types decode anything that the API
 * server can hold; what a value has to look like is said by the schema, and checked again where it
 * is used.
 */
package io.vpcep.operator.crd;
