/**
 * The program: {@code VpcepOperator} holds {@code main} and the commands, {@code OperatorAssembly}
 * wires the packages together and is the only class that sees every one of them.
 */
package io.vpcep.operator;
