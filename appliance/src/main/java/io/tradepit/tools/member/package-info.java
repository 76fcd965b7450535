/**
 * The interactive trading client: a person's commands become OUCH messages, the venue's answers
 * become words, orders and positions.
 *
 * <p>One thread polls the connections and runs the commands ({@link
 * io.tradepit.tools.member.MemberDesk}); another reads what is typed. It serves people: it
 * allocates.
 */
package io.tradepit.tools.member;
