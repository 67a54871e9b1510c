import { propagation, type TextMapPropagator } from '@opentelemetry/api';

/** Runs a function with a global propagator, and takes it away again. */
export function withPropagator<T>(propagator: TextMapPropagator, fn: () => T): T {
  propagation.setGlobalPropagator(propagator);
  try {
    return fn();
  } finally {
    propagation.disable();
  }
}
