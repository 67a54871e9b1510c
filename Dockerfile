# syntax=docker/dockerfile:1
# One target for each image: docker build --target report-job --tag report-job:local .
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS report-job-files
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages packages
COPY services/report-job services/report-job
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund --workspace @beyond-headers/report-job \
  && find packages services -name '*.test.ts' -delete

FROM ${NODE_IMAGE} AS report-job
LABEL org.opencontainers.image.title="report-job" \
      org.opencontainers.image.description="Writes the report of one order; runs as a Kubernetes Job" \
      org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production NODE_COMPILE_CACHE=/app/.compile-cache
WORKDIR /app/services/report-job
COPY --from=report-job-files /app /app
RUN mkdir /app/.compile-cache && chown 1000:1000 /app/.compile-cache
# By number: `runAsNonRoot` can't tell what a name stands for.
USER 1000:1000
# Runs the entry once without a database, so that its modules are in the compile cache: a pod then does not compile them.
# As the user that it runs as, because the cache is kept for each user.
RUN ORDER_ID=000000000000000000000000 MONGODB_URI=mongodb://127.0.0.1:1 OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1 \
    K8S_JOB_NAME=build node --import @beyond-headers/telemetry/register main.ts >/dev/null 2>&1; \
    test -n "$(ls -A /app/.compile-cache)"
CMD ["node", "--import", "@beyond-headers/telemetry/register", "main.ts"]
