import { syncBuiltinESMExports } from 'node:module';
import type { Mock, TestContext } from 'node:test';

type Method = (...args: never[]) => unknown;

/** Replaces a function of a module of Node.js until the test ends, also for modules that import it by its name. */
export function replaceBuiltin<M extends object>(
  t: TestContext,
  module: M,
  name: keyof M & string,
  replacement: Method,
): Mock<Method> {
  const method = t.mock.method(module as Record<string, Method>, name, replacement);
  syncBuiltinESMExports();
  t.after(() => {
    method.mock.restore();
    syncBuiltinESMExports();
  });
  return method;
}
