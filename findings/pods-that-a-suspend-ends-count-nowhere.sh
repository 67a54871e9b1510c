#!/usr/bin/env bash
# title: In Kubernetes, pods that a suspend ends count nowhere in the status of their Job
# claim: If you suspend a Kubernetes Job, Kubernetes ends and deletes the Job's running pod, but the Job's status doesn't count
#   that pod. So a program that observes only the status doesn't notice that the pod ran. If you delete a pod yourself, the
#   status counts it as failed.
# guess: The status counts the pod as failed, as if you had deleted it.
# versions: Kubernetes 1.34.4 and 1.36.3, containerd 2.1
# seen:
#   suspended: failed [], succeeded []
#   deleted: failed [1], succeeded []
# date: 2026-11-29
# page: docs/decisions/observer-without-state.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

use_cluster
for job in suspended deleted; do
  k apply --filename - >/dev/null <<YAML
apiVersion: batch/v1
kind: Job
metadata: { name: $job }
spec:
  template:
    spec:
      restartPolicy: Never
      terminationGracePeriodSeconds: 0
      containers: [{ name: job, image: $IMAGE, command: [sleep, "600"] }]
YAML
  k wait "job/$job" --for=jsonpath='{.status.ready}'=1 --timeout=60s >/dev/null
done
k patch job/suspended --patch '{"spec":{"suspend":true}}' >/dev/null
k wait job/suspended --for=condition=Suspended --timeout=60s >/dev/null
k wait pod --selector batch.kubernetes.io/job-name=suspended --for=delete --timeout=60s >/dev/null
k delete pod --selector batch.kubernetes.io/job-name=deleted >/dev/null
k wait job/deleted --for=jsonpath='{.status.failed}'=1 --timeout=60s >/dev/null
for job in suspended deleted; do
  status=$(k get "job/$job" --output jsonpath='failed [{.status.failed}], succeeded [{.status.succeeded}]')
  echo "$job: $status"
done | check
