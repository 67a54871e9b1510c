import { json } from 'node:stream/consumers';
import {
  extractContext,
  extractFromEnvironment,
  injectContext,
  processEnvCarrier,
  StrictTraceContextPropagator,
  v1EnvVarCarrier,
} from '@beyond-headers/propagation';
import { propagation } from '@opentelemetry/api';
import { CompositePropagator, W3CBaggagePropagator } from '@opentelemetry/core';
import type { Case } from '../cases.ts';
import { adding, readingOf } from './reading.ts';

// The table's column for this library: re-injects fields, or reads its own environment.
propagation.setGlobalPropagator(
  new CompositePropagator({ propagators: [new StrictTraceContextPropagator(), new W3CBaggagePropagator()] }),
);

function passOn({ fields, add, baggage }: Case) {
  const extracted = extractContext(fields);
  const context = adding(extracted, add, baggage);
  return {
    reading: readingOf(extracted),
    document: injectContext(context, {}),
    environment: injectContext(context, {}, processEnvCarrier),
    job: injectContext(context, [], v1EnvVarCarrier),
  };
}

const answer =
  process.argv[2] === 'environment'
    ? readingOf(extractFromEnvironment())
    : ((await json(process.stdin)) as Case[]).map(passOn);
process.stdout.write(JSON.stringify(answer));
