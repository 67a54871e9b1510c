#!/usr/bin/env bash
# title: A quiet Kubernetes informer makes an error span each 30 seconds
# claim: An informer of the Kubernetes client for Node.js watches objects of the cluster with a long HTTP request. After 30
#   seconds without a change, the client aborts this request and sends a new one. OpenTelemetry's instrumentation for undici,
#   the HTTP client of Node.js, records the abort as an error. So while the objects don't change, a failed CLIENT span appears
#   every half minute. The informer reports no error, and continues to work.
# guess: The request has one span without an error, which lasts as long as the server keeps the request open.
# versions: @kubernetes/client-node 2.0.1, @opentelemetry/instrumentation-undici 0.34.0, Kubernetes 1.34.4
# seen:
#   ERROR after 30 s or so, ERROR after 30 s or so
#   errors that the informer reports: 0
# date: 2026-11-29
# page: docs/decisions/instrumentations.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced @kubernetes/client-node@2.0.1 @opentelemetry/instrumentation-undici@0.34.0
use_cluster
cat >"$work/main.mjs" <<'JS'
import { setTimeout } from 'node:timers/promises';
import { SpanStatusCode } from '@opentelemetry/api';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { BatchV1Api, KubeConfig, makeInformer } from '@kubernetes/client-node';
import { exporter, instrument } from './tracing.mjs';

instrument(new UndiciInstrumentation());
const config = new KubeConfig();
config.loadFromDefault();
const [namespace] = process.argv.slice(2);
const api = config.makeApiClient(BatchV1Api);
const informer = makeInformer(config, `/apis/batch/v1/namespaces/${namespace}/jobs`, () => api.listNamespacedJob({ namespace }));
let reported = 0;
informer.on('error', () => reported++);
await informer.start();

const watches = () => exporter.getFinishedSpans().filter(({ attributes }) => /watch=true/.test(attributes['url.query']));
const deadline = Date.now() + 90_000;
while (watches().length < 2 && Date.now() < deadline) await setTimeout(500);
const [watch, next] = watches();
const seconds = (span) => `${Math.round(span.duration[0] / 10) * 10} s or so`;
console.log(watch ? `${SpanStatusCode[watch.status.code]} after ${seconds(watch)}, ${SpanStatusCode[next?.status.code]} after ${next && seconds(next)}` : 'no watch has ended');
console.log(`errors that the informer reports: ${reported}`);
process.exit(0);
JS
cd "$work" && node main.mjs "$namespace" | check
