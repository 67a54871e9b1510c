#!/usr/bin/env bash
# title: A suspended Kubernetes Job takes new annotations for its pods until its first start
# claim: In Kubernetes, you can change the annotations and labels in the pod template of a suspended Job until the Job first
#   starts. A program that queues Jobs can therefore add a context to these annotations. After the first start, you can't change
#   them, even if you suspend the Job again. You can never change the environment of the containers. On Kubernetes 1.36.3, the
#   last line of the output is different: you can change the annotations of a Job that you suspend again, if it has no pod.
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
