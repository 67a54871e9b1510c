import { propagation, type TextMapPropagator } from '@opentelemetry/api';

/** Runs a function with a global propagator, and then removes the propagator. */
export function withPropagator<T>(propagator: TextMapPropagator, fn: () => T): T {
  propagation.setGlobalPropagator(propagator);
  try {
    return fn();
  } finally {
    propagation.disable();
  }
}
