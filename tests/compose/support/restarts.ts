import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertScenarios } from '../../scenarios/assert-scenarios.ts';
import { LASTING } from '../../../services/services.ts';
import { untilJoined } from './demo.ts';
import { docker } from './docker.ts';
import type { Numbers } from './numbers.ts';
import type { ComposeProject } from './project.ts';

const STOP_BUDGET_MS = 2_000;
/** The time that the engine adds to the stop of a container. */
const DOCKER_MS = 1_500;
/** Less than the time for which a scenario waits for a trace, so a slower system has lost a trace. */
const RECOVERY_BUDGET_MS = 40_000;
/** The project's Node.js programs exit with 0 after SIGTERM. Other programs use other codes. */
const SERVICES = Object.values(LASTING).map(({ name }) => name);
const OURS = [...SERVICES, 'light-cluster'];

/**
 * Stops and kills each container in turn, and expects a joined trace after each. MongoDB comes first, so that the other services stop
 * after they have resumed a change stream: a resumed stream must not delay a stop.
 */
export function restartTests(project: () => ComposeProject, node: string, numbers: Numbers): void {
  const untilJoinedAgain = async () => {
    const tookMs = await untilJoined(project());
    assert.ok(tookMs < RECOVERY_BUDGET_MS, `a joined trace after ${tookMs} ms`);
    return tookMs;
  };

  for (const service of ['mongo', 'jaeger', ...SERVICES, node]) {
    void test(`it holds again after ${service} was stopped`, async () => {
      const { Id } = await project().container(service);
      const start = performance.now();
      await docker(['stop', Id]);
      const tookMs = performance.now() - start;
      if (OURS.includes(service)) {
        assert.equal((await project().container(service)).State.ExitCode, 0);
        assert.ok(tookMs < STOP_BUDGET_MS + DOCKER_MS, `${tookMs} ms`);
      }
      await docker(['start', Id]);
      numbers.recoveryMs[`${service}, SIGTERM`] = await untilJoinedAgain();
    });

    void test(`it holds again after ${service} was killed`, async () => {
      const { Id } = await project().container(service);
      await docker(['kill', '--signal', 'SIGKILL', Id]);
      await docker(['start', Id]);
      numbers.recoveryMs[`${service}, SIGKILL`] = await untilJoinedAgain();
    });
  }

  void test('every scenario holds after all restarts', () => assertScenarios(project()));
}
