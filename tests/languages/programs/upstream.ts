import { json } from 'node:stream/consumers';
import { propagation, ROOT_CONTEXT } from '@opentelemetry/api';
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from '@opentelemetry/core';
import { EnvironmentGetter, EnvironmentSetter } from '@opentelemetry/propagator-env-carrier';
import type { Case } from '../cases.ts';
import { adding, readingOf } from './reading.ts';

// The table's column for OpenTelemetry JavaScript: re-injects fields, or reads its own environment.
propagation.setGlobalPropagator(
  new CompositePropagator({ propagators: [new W3CTraceContextPropagator(), new W3CBaggagePropagator()] }),
);

function passOn({ fields, add, baggage }: Case) {
  const extracted = propagation.extract(ROOT_CONTEXT, fields);
  const context = adding(extracted, add, baggage);
  const document = {};
  propagation.inject(context, document);
  const environment = {};
  propagation.inject(context, undefined, new EnvironmentSetter(environment));
  return { reading: readingOf(extracted), document, environment };
}

const answer =
  process.argv[2] === 'environment'
    ? readingOf(propagation.extract(ROOT_CONTEXT, undefined, new EnvironmentGetter()))
    : ((await json(process.stdin)) as Case[]).map(passOn);
process.stdout.write(JSON.stringify(answer));
