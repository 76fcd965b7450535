/**
 * Finds and checks the shared libraries that the build makes of {@code native/src/main/c}.
 *
 * <p>{@link io.tradepit.shim.Shim} opens one and asks what it says of itself. Any thread may call;
 * nothing here holds policy or depends on the appliance.
 */
package io.tradepit.shim;
