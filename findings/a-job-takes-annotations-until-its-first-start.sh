#!/usr/bin/env bash
# title: A suspended Kubernetes Job takes new annotations for its pods until its first start
# claim: A program can create a Kubernetes Job as suspended, and start it later. Until the Job first starts, you can change
#   the annotations and labels in its pod template. So the program can add a context to these annotations just before it
#   starts the Job. You can never change the environment variables of the containers. After the first start, Kubernetes 1.34.4
#   refuses changes to the annotations, even if you suspend the Job again. Kubernetes 1.36.3 accepts changes if the Job is
#   suspended again and has no pod, so the last line of the output is different there.
# guess: The pod template of a Job can't change after the Job is created.
# versions: Kubernetes 1.34.4
# seen:
#   suspended, never started: annotation: taken
#   suspended, never started: environment: refused
#   started: annotation: refused
#   suspended again, no pod left: annotation: refused
# date: 2026-11-29
# page: docs/explanation/why-the-env-carrier-and-not-annotations.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

use_cluster
k apply --filename - >/dev/null <<YAML
apiVersion: batch/v1
kind: Job
metadata: { name: report }
spec:
  suspend: true
  template:
    spec:
      restartPolicy: Never
      terminationGracePeriodSeconds: 0
      containers: [{ name: job, image: $IMAGE, command: [sleep, "600"], env: [{ name: TRACEPARENT, value: first }] }]
YAML
try() {
  if k patch job/report --type strategic --patch "{\"spec\":{\"template\":$2}}" >/dev/null 2>&1; then echo "$1: taken"; else echo "$1: refused"; fi
}
annotation='{"metadata":{"annotations":{"tracing.k8s.io/traceparent":"'
environment='{"spec":{"containers":[{"name":"job","env":[{"name":"TRACEPARENT","value":"second"}]}]}}'
suspend() { k patch job/report --patch "{\"spec\":{\"suspend\":$1}}" >/dev/null; }
{
  try 'suspended, never started: annotation' "${annotation}a\"}}}"
  try 'suspended, never started: environment' "$environment"
  suspend false
  k wait job/report --for=jsonpath='{.status.active}'=1 --timeout=60s >/dev/null
  try 'started: annotation' "${annotation}b\"}}}"
  suspend true
  k wait job/report --for=condition=Suspended --timeout=60s >/dev/null
  k wait pod --selector batch.kubernetes.io/job-name=report --for=delete --timeout=60s >/dev/null
  try 'suspended again, no pod left: annotation' "${annotation}c\"}}}"
} | check
