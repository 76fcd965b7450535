package io.tradepit.main;

import java.util.function.BiConsumer;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/**
 * An agent whose first failure ends its thread and is told: nothing goes on in a state that no one
 * knows.
 */
final class GuardedAgent implements Agent {
  private final String name;
  private final Agent agent;
  private final BiConsumer<String, Throwable> onFailure;

  /**
   * @param name of the thread that drives it
   */
  GuardedAgent(String name, Agent agent, BiConsumer<String, Throwable> onFailure) {
    this.name = name;
    this.agent = agent;
    this.onFailure = onFailure;
  }

  @Override
  public void onStart() {
    try {
      agent.onStart();
    } catch (Throwable failure) {
      throw ended(failure);
    }
  }

  @Override
  public int doWork() {
    try {
      return agent.doWork();
    } catch (Throwable failure) {
      throw ended(failure);
    }
  }

  @Override
  public void onClose() {
    try {
      agent.onClose();
    } catch (Throwable failure) {
      onFailure.accept(roleName(), failure);
    }
  }

  @Override
  public String roleName() {
    return name;
  }

  private AgentTerminationException ended(Throwable failure) {
    onFailure.accept(roleName(), failure);
    return new AgentTerminationException(failure);
  }
}
