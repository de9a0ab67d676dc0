package org.genrewise.jobs.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GateTest {
  private static Gate gate(int concurrent, int waiting) {
    return new Gate(new ServeLimits(1000, 60, 60, concurrent, waiting));
  }

  @Test
  void letsInNoMoreThanFit() {
    Gate gate = gate(1, 2);
    Gate.Pass first = gate.enter().orElseThrow();
    gate.enter().orElseThrow();
    gate.enter().orElseThrow();
    assertTrue(gate.enter().isEmpty());
    first.close();
    assertTrue(gate.enter().isPresent());
  }

  @Test
  void turnsComeInTheOrderOfAsking() throws Exception {
    Gate gate = gate(1, 3);
    List<Integer> order = new CopyOnWriteArrayList<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Gate.Pass working = gate.enter().orElseThrow()) {
      working.awaitTurn(ahead -> {});
      for (int i = 0; i < 3; i++) {
        int number = i;
        Gate.Pass pass = gate.enter().orElseThrow();
        CountDownLatch waits = new CountDownLatch(1);
        threads.submit(
            () -> {
              try (pass) {
                pass.awaitTurn(
                    ahead -> {
                      if (ahead == number + 1) {
                        waits.countDown();
                      }
                    });
                order.add(number);
              }
              return null;
            });
        assertTrue(waits.await(20, TimeUnit.SECONDS), "the one before it stands ahead of it");
      }
      assertEquals(List.of(), order);
    }
    threads.shutdown();
    assertTrue(threads.awaitTermination(20, TimeUnit.SECONDS));
    assertEquals(List.of(0, 1, 2), order);
  }

  @Test
  void whoGivesUpWaitingLetsTheNextPass() throws Exception {
    Gate gate = gate(1, 2);
    Gate.Pass working = gate.enter().orElseThrow();
    working.awaitTurn(ahead -> {});
    try (Gate.Pass leaving = gate.enter().orElseThrow()) {
      assertThrows(
          IllegalStateException.class,
          () ->
              leaving.awaitTurn(
                  ahead -> {
                    throw new IllegalStateException("gone");
                  }));
    }
    working.close();
    try (Gate.Pass next = gate.enter().orElseThrow()) {
      next.awaitTurn(ahead -> {});
    }
  }

  @Test
  void whoWaitsWhenItClosesIsToldSo() throws Exception {
    Gate gate = gate(1, 1);
    gate.enter().orElseThrow().awaitTurn(ahead -> {});
    Gate.Pass waiting = gate.enter().orElseThrow();
    CountDownLatch waits = new CountDownLatch(1);
    ExecutorService threads = Executors.newSingleThreadExecutor();
    Future<?> turn =
        threads.submit(
            () -> {
              waiting.awaitTurn(ahead -> waits.countDown());
              return null;
            });
    assertTrue(waits.await(20, TimeUnit.SECONDS));
    gate.close();
    ExecutionException refused = assertThrows(ExecutionException.class, turn::get);
    assertEquals(503, ((RequestException) refused.getCause()).status());
    assertTrue(gate.enter().isEmpty());
    threads.shutdown();
  }
}
