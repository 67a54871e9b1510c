# syntax=docker/dockerfile:1
# check=skip=InvalidDefaultArgInFrom
# One target for each image. docker-compose.yml passes the base images from .env. Without Compose, pass them yourself:
#   docker build --target writer --build-arg NODE_IMAGE=… .
ARG NODE_IMAGE
# Only the target k3s needs these. An empty value would be an error for every target.
ARG K3S_IMAGE=scratch
ARG PAUSE_IMAGE=scratch
# The service that the targets dev and dev-playground run.
ARG SERVICE=writer

# Only the files that `npm ci` reads, so that a change to a source file doesn't install the dependencies again.
FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS manifests
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY packages packages
COPY services services
COPY local local
RUN find packages services local -type f ! -name package.json -delete

# No production dependency is platform-specific, so one installation serves all platforms.
FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS install
WORKDIR /app
COPY --from=manifests /app/package.json /app/package-lock.json /app/.npmrc ./
COPY --from=manifests /app/packages packages

FROM install AS writer-files
COPY --from=manifests /app/services/writer services/writer
RUN --mount=type=cache,target=/root/.npm --mount=type=bind,source=docker/image,target=/build \
    sh /build/install.sh @beyond-headers/writer
COPY packages packages
COPY services/writer services/writer

FROM install AS poller-files
COPY --from=manifests /app/services/poller services/poller
RUN --mount=type=cache,target=/root/.npm --mount=type=bind,source=docker/image,target=/build \
    sh /build/install.sh @beyond-headers/poller
COPY packages packages
COPY services/poller services/poller

FROM install AS job-launcher-files
COPY --from=manifests /app/services/job-launcher services/job-launcher
RUN --mount=type=cache,target=/root/.npm --mount=type=bind,source=docker/image,target=/build \
    sh /build/install.sh @beyond-headers/job-launcher
COPY packages packages
COPY services/job-launcher services/job-launcher

FROM install AS report-job-files
COPY --from=manifests /app/services/report-job services/report-job
RUN --mount=type=cache,target=/root/.npm --mount=type=bind,source=docker/image,target=/build \
    sh /build/install.sh @beyond-headers/report-job
COPY packages packages
COPY services/report-job services/report-job

# A report-job starts for every report, and each module that it loads slows down its start. So this target bundles the modules.
FROM install AS report-job-bundle
COPY --from=manifests /app/services/report-job services/report-job
RUN --mount=type=cache,target=/root/.npm \
    npm ci --ignore-scripts --prefer-offline --no-audit --no-fund --workspace @beyond-headers/report-job
COPY packages packages
COPY services/report-job services/report-job
COPY docker/image/bundle.ts docker/image/bundle.ts
RUN node docker/image/bundle.ts

FROM install AS playground-files
COPY --from=manifests /app/services/playground services/playground
RUN --mount=type=cache,target=/root/.npm --mount=type=bind,source=docker/image,target=/build \
    sh /build/install.sh @beyond-headers/playground
COPY packages packages
COPY services/playground services/playground
# The playground serves the tutorial.
COPY docs docs

FROM install AS context-webhook-files
COPY --from=manifests /app/services/context-webhook services/context-webhook
RUN --mount=type=cache,target=/root/.npm --mount=type=bind,source=docker/image,target=/build \
    sh /build/install.sh @beyond-headers/context-webhook
COPY packages packages
COPY services/context-webhook services/context-webhook

# The pods of this cluster are processes in its container, so the image also needs their files.
FROM install AS light-cluster-files
COPY --from=manifests /app/services/report-job services/report-job
COPY --from=manifests /app/local/cluster local/cluster
COPY --from=manifests /app/local/process local/process
RUN --mount=type=cache,target=/root/.npm --mount=type=bind,source=docker/image,target=/build \
    sh /build/install.sh @beyond-headers/report-job @beyond-headers/local-cluster
COPY packages packages
COPY services/report-job services/report-job
COPY local/cluster local/cluster
COPY local/process local/process
COPY docker/light-cluster docker/light-cluster

FROM install AS trace-store-files
COPY --from=manifests /app/local/trace-store local/trace-store
RUN --mount=type=cache,target=/root/.npm --mount=type=bind,source=docker/image,target=/build \
    sh /build/install.sh @beyond-headers/trace-store
COPY packages packages
COPY local/trace-store local/trace-store

# Only the descriptions of the services, which contain their permissions in MongoDB.
FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS descriptions
WORKDIR /app
COPY services services
RUN find services -type f ! -name service.ts ! -name services.ts -delete

FROM install AS tools-files
COPY --from=manifests /app/local/process local/process
RUN --mount=type=cache,target=/root/.npm --mount=type=bind,source=docker/image,target=/build \
    sh /build/install.sh @beyond-headers/service-kit @beyond-headers/traces @beyond-headers/journey @beyond-headers/local-process
COPY packages packages
COPY tests/scenarios tests/scenarios
COPY tests/support tests/support
COPY local/process local/process
COPY --from=descriptions /app/services services
COPY docker/mongo docker/mongo
COPY docker/load docker/load

# Mount points of volumes that an unprivileged user writes to. A new volume gets the owner of the folder at its mount point.
FROM --platform=$BUILDPLATFORM ${NODE_IMAGE} AS folders
RUN mkdir -p /cluster/kubeconfig \
  && mkdir -p /tools/credentials/root /tools/credentials/writer /tools/credentials/poller /tools/credentials/report-job

FROM ${NODE_IMAGE} AS node
LABEL org.opencontainers.image.licenses="Apache-2.0"
# Nothing is installed at run time, and removed programs have no vulnerabilities.
RUN rm -rf /usr/local/lib/node_modules /opt/yarn* /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/yarn* /usr/local/bin/corepack
# Node.js itself is process 1, so it receives the signals.
ENTRYPOINT ["node"]
# A number, because Kubernetes can't verify `runAsNonRoot` for a user name.
USER 1000:1000

FROM node AS service
ENV NODE_ENV=production HOST=0.0.0.0
COPY docker/image/healthcheck.ts /app/docker/image/healthcheck.ts
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --start-interval=1s CMD ["node", "/app/docker/image/healthcheck.ts"]
CMD ["--import", "@beyond-headers/telemetry/register", "main.ts"]

FROM service AS writer
LABEL org.opencontainers.image.title="writer" \
      org.opencontainers.image.description="Takes orders and stores them with the context"
ENV OTEL_SERVICE_NAME=writer HEALTH_PORT=8081
COPY --from=writer-files /app /app
WORKDIR /app/services/writer
EXPOSE 8081

FROM service AS poller
LABEL org.opencontainers.image.title="poller" \
      org.opencontainers.image.description="Finds orders in MongoDB and fulfils them"
ENV OTEL_SERVICE_NAME=poller HEALTH_PORT=8082
COPY --from=poller-files /app /app
WORKDIR /app/services/poller
EXPOSE 8082

FROM service AS job-launcher
LABEL org.opencontainers.image.title="job-launcher" \
      org.opencontainers.image.description="Makes a Kubernetes Job for each report"
ENV OTEL_SERVICE_NAME=job-launcher HEALTH_PORT=8083
COPY --from=job-launcher-files /app /app
WORKDIR /app/services/job-launcher
EXPOSE 8083

FROM service AS playground
LABEL org.opencontainers.image.title="playground" \
      org.opencontainers.image.description="A page to send orders from and to look at their traces"
ENV HEALTH_PORT=8080
COPY --from=playground-files /app /app
WORKDIR /app/services/playground
EXPOSE 8080
# Without telemetry: the playground forwards the page's trace context, but records no spans of its own.
CMD ["main.ts"]

# Not part of the demo: k8s/components/context-webhook deploys it to a cluster, where the kubelet probes its health.
FROM node AS context-webhook
LABEL org.opencontainers.image.title="context-webhook" \
      org.opencontainers.image.description="Gives context to Jobs and pods that others make"
ENV NODE_ENV=production HOST=0.0.0.0
COPY --from=context-webhook-files /app /app
WORKDIR /app/services/context-webhook
EXPOSE 8443
CMD ["main.ts"]

# For live updates of a running container (Tiltfile). The container's user owns the source files, and Node.js restarts when a file
# that it has loaded changes. Needs a writable root file system.
FROM ${SERVICE} AS dev
USER 0
RUN chown -R 1000:1000 /app/packages /app/services
USER 1000:1000
# Not in CMD, because a manifest that adds arguments replaces CMD.
ENTRYPOINT ["node", "--watch"]
# A new ENTRYPOINT resets the CMD of the base image.
CMD ["--import", "@beyond-headers/telemetry/register", "main.ts"]

# Without telemetry, like the target playground.
FROM dev AS dev-playground
CMD ["main.ts"]

FROM node AS report-job
LABEL org.opencontainers.image.title="report-job" \
      org.opencontainers.image.description="Writes the report of one order; runs as a Kubernetes Job"
ENV NODE_ENV=production NODE_COMPILE_CACHE=/app/.compile-cache
COPY --from=report-job-files /app /app
WORKDIR /app/services/report-job
COPY --from=report-job-bundle /app/services/report-job/dist dist
USER 0
RUN mkdir /app/.compile-cache && chown 1000:1000 /app/.compile-cache
USER 1000:1000
# Runs the job once without a database to fill the compile cache, so that pods don't compile the modules. Runs as the user of the pods,
# because each user has a separate cache. The job fails without its database, and telemetry never ends a process. So the check reads
# the output to find out whether both were loaded.
RUN said=$(ORDER_ID=000000000000000000000000 MONGODB_URI=mongodb://127.0.0.1:1 OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:1 \
    K8S_JOB_NAME=build node --import ./dist/register.mjs dist/main.mjs 2>&1); \
    ! echo "$said" | grep -E 'ERR_MODULE_NOT_FOUND|failed to start' && test -n "$(ls -A /app/.compile-cache)"
CMD ["--import", "./dist/register.mjs", "dist/main.mjs"]

FROM service AS light-cluster
LABEL org.opencontainers.image.title="light-cluster" \
      org.opencontainers.image.description="The part of Kubernetes that the demo uses, without privileges"
ENV HEALTH_PORT=8084 NODE_COMPILE_CACHE=/app/.compile-cache
COPY --from=light-cluster-files /app /app
COPY --from=report-job /app/services/report-job/dist /app/services/report-job/dist
COPY --from=report-job /app/.compile-cache /app/.compile-cache
COPY --from=folders --chown=1000:1000 /cluster /
WORKDIR /app
EXPOSE 8084
CMD ["docker/light-cluster/main.ts"]

FROM service AS trace-store
LABEL org.opencontainers.image.title="trace-store" \
      org.opencontainers.image.description="Takes log lines over OTLP and shows those of a trace"
ENV TRACE_STORE_HOST=0.0.0.0 HEALTH_PORT=16686
COPY --from=trace-store-files /app /app
WORKDIR /app/local/trace-store
# Without telemetry, because the requests to the trace store would become traces themselves.
CMD ["--max-old-space-size=160", "src/main.ts"]

FROM node AS tools
LABEL org.opencontainers.image.title="tools" \
      org.opencontainers.image.description="Prepares MongoDB, runs the scenarios, makes load"
ENV NODE_ENV=production HEALTH_PORT=8085
COPY --from=tools-files /app /app
COPY docker/image/healthcheck.ts /app/docker/image/healthcheck.ts
COPY --from=folders --chown=1000:1000 /tools /
WORKDIR /app
CMD ["tests/scenarios/main.ts"]

# k3s can't read the images of the Docker engine that it runs in, so it gets this image as an archive. The stage starts from the
# image, so the variables have the image's values. Their names, the command, and the user are repeated here, and a test compares them.
FROM report-job AS report-job-archive
ARG TARGETARCH
USER 0
RUN --mount=type=bind,source=docker/image,target=/tmp/pack \
    node /tmp/pack/archive.ts --root / --output /archive/report-job.tar --name docker.io/library/report-job:local \
      --arch "$TARGETARCH" --user 1000:1000 --workdir "$PWD" --entrypoint node \
      --env PATH --env NODE_VERSION --env YARN_VERSION --env NODE_EXTRA_CA_CERTS \
      --env NODE_ENV --env NODE_COMPILE_CACHE \
      -- --import ./dist/register.mjs dist/main.mjs

FROM ${PAUSE_IMAGE} AS pause

# Every pod needs the pause image. Without this archive, k3s would pull it from the Internet for the first pod.
FROM ${NODE_IMAGE} AS pause-archive
ARG TARGETARCH
ARG PAUSE_IMAGE
COPY --from=pause / /pause
RUN --mount=type=bind,source=docker/image,target=/tmp/pack \
    node /tmp/pack/archive.ts --root /pause --output /archive/pause.tar --name "docker.io/$PAUSE_IMAGE" \
      --arch "$TARGETARCH" --user 65535:65535 --entrypoint /pause

FROM ${K3S_IMAGE} AS k3s
LABEL org.opencontainers.image.title="k3s" \
      org.opencontainers.image.description="k3s with the image of report-job in it"
# Not in the folder that k3s imports archives from. That folder is in a volume, which would keep the archives of an earlier build.
COPY --from=pause-archive /archive /opt/beyond-headers/images
COPY --from=report-job-archive /archive /opt/beyond-headers/images
COPY docker/k3s /opt/beyond-headers
COPY k8s/base/job-launcher/service-account.yaml /opt/beyond-headers/manifests/job-launcher.yaml
COPY k8s/base/job-launcher/role.yaml k8s/base/job-launcher/role-binding.yaml /opt/beyond-headers/manifests/
COPY k8s/base/report-job/service-account.yaml /opt/beyond-headers/manifests/report-job.yaml
COPY --from=folders --chown=1000:1000 /cluster /
ENTRYPOINT ["sh", "/opt/beyond-headers/start.sh"]
CMD ["server"]
