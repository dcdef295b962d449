/**
 * The settings of the operator: environment and options in, one immutable record out, with every
 * problem reported at once. A leaf: every package may use it, it uses none of ours.
 */
package io.vpcep.operator.config;
