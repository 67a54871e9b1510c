#!/usr/bin/env bash
# title: A Docker build joins the shell's trace
# claim: Docker's own commands send spans if the shell has `OTEL_EXPORTER_OTLP_ENDPOINT` set. The spans go to the collector
#   that this variable names, which is meant for your services. If the shell also has `TRACEPARENT` set, the spans of `docker
#   build` join the trace that `TRACEPARENT` names. With `docker compose build`, Compose starts a separate trace for its own
#   spans. But it also runs a build (`bake` in the output), whose spans join the trace of `TRACEPARENT`.
# guess: Docker's commands send no spans, or all their spans join the trace that `TRACEPARENT` names.
# versions: Docker 28.5.2, buildx 0.29.1, Compose 2.40.3, Jaeger 2.13.0
# seen:
#   under the shell's span: buildx "bake", buildx "build ."
#   spans of compose: some, in the shell's trace 0
# date: 2026-11-29
# page: docs/explanation/why-the-env-carrier-and-not-annotations.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

docker compose version >/dev/null 2>&1 && docker buildx version >/dev/null 2>&1 && docker info >/dev/null 2>&1 ||
  skip 'needs a Docker engine with Compose and buildx'
start_jaeger
mkdir "$work/project"
cd "$work/project"
cat >Dockerfile <<'DOCKER'
FROM scratch
COPY compose.yaml /
DOCKER
echo 'services: { job: { build: . } }' >compose.yaml
export COMPOSE_PROJECT_NAME=finding-$RANDOM
undo+=("docker image rm $COMPOSE_PROJECT_NAME-job")

cat >"$work/main.mjs" <<'JS'
import { setTimeout } from 'node:timers/promises';

const [traceId, spanId, wanted] = process.argv.slice(2);
const get = async (path) => (await (await fetch(`${process.env.JAEGER_QUERY}/api/v3/traces${path}`)).json()).result?.resourceSpans ?? [];
const spansOf = (resourceSpans) =>
  resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = resource.attributes.find(({ key }) => key === 'service.name').value.stringValue;
    return scopeSpans.flatMap(({ spans = [] }) => spans.map((span) => ({ ...span, service })));
  });
const now = Date.now();
const time = (offset) => new Date(now + offset).toISOString();
const search = `?query.service_name=compose&query.start_time_min=${time(-600_000)}&query.start_time_max=${time(60_000)}&query.num_traces=50&raw_traces=true`;
for (let tries = 0; tries < 100; tries++) {
  const children = spansOf(await get(`/${traceId}?raw_traces=true`)).filter(({ parentSpanId }) => parentSpanId === spanId);
  const ofCompose = spansOf(await get(search));
  if (children.some(({ name }) => name === wanted) && ofCompose.length > 0) {
    console.log(`under the shell's span: ${children.map(({ service, name }) => `${service} "${name}"`).toSorted().join(', ')}`);
    console.log(`spans of compose: some, in the shell's trace ${ofCompose.filter((span) => span.traceId === traceId).length}`);
    break;
  }
  await setTimeout(100);
}
JS
trace=0af7651916cd43dd8448eb211c80319c
span=b7ad6b7169203331
export TRACEPARENT=00-$trace-$span-01 OTEL_EXPORTER_OTLP_ENDPOINT=$JAEGER_OTLP_GRPC
docker buildx build --quiet --output type=cacheonly . >/dev/null 2>&1
docker compose build --quiet >/dev/null 2>&1
node "$work/main.mjs" $trace $span bake | check
