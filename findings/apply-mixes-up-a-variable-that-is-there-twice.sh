#!/usr/bin/env bash
# title: `kubectl apply` mixes up a variable that is there twice
# claim: If a manifest for Kubernetes sets a variable twice in one container, the first `kubectl apply` creates both entries. If
#   you change the value and apply again, kubectl puts the new value before the old one, but the container gets the last value.
#   The third apply brings a stale value back. So the container has a different context than the file says. kubectl only warns
#   about the duplicate. Server-side apply refuses the file.
# guess: The list in the cluster is always the same as in the file.
# versions: Kubernetes 1.34.4 and 1.36.3, kubectl 1.32.4
# seen:
#   warning: hides previous definition
#   first apply:  TRACEPARENT=stale MODE=fast TRACEPARENT=first 
#   warning: hides previous definition
#   second apply: TRACEPARENT=second TRACEPARENT=first MODE=fast 
#   warning: hides previous definition
#   third apply:  TRACEPARENT=stale TRACEPARENT=first MODE=fast 
#   server-side:  duplicate entries
# date: 2026-11-29
# page: docs/how-to/add-to-a-job-launcher.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

use_cluster
apply() {
  k apply "${@:2}" --filename - 2>&1 >/dev/null <<YAML | sed 's/.*\(hides previous definition\).*/warning: \1/' | grep -o 'warning: .*\|duplicate entries' || true
apiVersion: batch/v1
kind: CronJob
metadata: { name: report }
spec:
  schedule: '0 0 1 1 *'
  suspend: true
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers:
            - name: job
              image: $IMAGE
              env:
                - { name: TRACEPARENT, value: stale }
                - { name: MODE, value: fast }
                - { name: TRACEPARENT, value: $1 }
YAML
}
show() { k get cronjob/report --output jsonpath='{range .spec.jobTemplate.spec.template.spec.containers[0].env[*]}{.name}={.value} {end}'; }
{
  apply first
  echo "first apply:  $(show)"
  apply second
  echo "second apply: $(show)"
  apply third
  echo "third apply:  $(show)"
  echo "server-side:  $(apply fourth --server-side --force-conflicts)"
} | check
