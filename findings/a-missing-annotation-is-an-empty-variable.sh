#!/usr/bin/env bash
# title: In a Kubernetes pod, a missing annotation is an empty variable
# claim: In Kubernetes, an environment variable of a container can get its value from an annotation of the pod, with
#   `fieldRef`. If the pod lacks the annotation, the variable is set to an empty string (`TRACEPARENT=`). Kubernetes reads the
#   annotation again each time it restarts a container in its pod. So if you change the annotation before a restart, the two
#   runs of the container are in different traces.
# guess: Without the annotation, Kubernetes refuses the pod or does not set the variable. All runs of a container have the same
#   environment.
# versions: Kubernetes 1.34.4 and 1.36.3, containerd 2.1
# seen:
#   first run, no annotation: TRACEPARENT=
#   after the restart, annotated meanwhile: TRACEPARENT=of-another-trace
# date: 2026-11-29
# page: docs/explanation/why-the-env-carrier-and-not-annotations.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

use_cluster
k apply --filename - >/dev/null <<YAML
apiVersion: v1
kind: Pod
metadata: { name: job }
spec:
  restartPolicy: OnFailure
  terminationGracePeriodSeconds: 0
  volumes: [{ name: state, emptyDir: {} }]
  containers:
    - name: job
      image: $IMAGE
      # Runs until it finds the file, and fails; the second run ends well.
      command: [sh, -c, 'env | grep ^TRACEPARENT || echo unset; [ -e /state/ran ] && exit 0; touch /state/ran; until [ -e /state/fail ]; do sleep 0.1; done; exit 1']
      volumeMounts: [{ name: state, mountPath: /state }]
      env:
        - name: TRACEPARENT
          valueFrom: { fieldRef: { fieldPath: "metadata.annotations['tracing.k8s.io/traceparent']" } }
YAML
k wait pod/job --for=condition=Ready --timeout=60s >/dev/null
{
  echo "first run, no annotation: $(k logs job)"
  k annotate pod/job tracing.k8s.io/traceparent=of-another-trace >/dev/null
  k exec job -- touch /state/fail
  k wait pod/job --for=jsonpath='{.status.phase}'=Succeeded --timeout=60s >/dev/null
  echo "after the restart, annotated meanwhile: $(k logs job)"
} | check
