/**
 * What a segment is told before it starts: the YAML file, read into immutable records, and the
 * credentials of the embedded profile.
 *
 * <p>Runs on the starting thread only. Every problem of a file is found in one reading and is one
 * line that names file and line, key, value and what is allowed. Depends on no station and asks the
 * machine for nothing but the files that the configuration names.
 */
package io.tradepit.config;
