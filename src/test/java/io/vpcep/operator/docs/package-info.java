/**
 * Keeps the documentation true: what it says is compared with what the code, the files and the
 * build hold.
 */
package io.vpcep.operator.docs;
