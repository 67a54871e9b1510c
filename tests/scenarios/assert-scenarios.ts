import { printResult } from './print.ts';
import { passed, runScenario, type SystemUrls } from './run-scenario.ts';
import { SCENARIOS } from './scenarios.ts';

/** Runs the named scenarios, or all of them, one after the other. Rejects with the waterfalls of the first that fails. */
export async function assertScenarios(
  urls: SystemUrls,
  names = SCENARIOS.map(({ name }) => name),
): Promise<void> {
  for (const scenario of SCENARIOS.filter(({ name }) => names.includes(name))) {
    const result = await runScenario(scenario, urls);
    if (!passed(result)) throw new Error(printResult(result, false));
  }
}
