#!/usr/bin/env bash
# title: `kubectl apply` mixes up a variable that is there twice in one container
# claim: If a container in a Kubernetes manifest has the same variable twice, the first `kubectl apply` creates both entries,
#   and warns. The container gets the value of the last entry. If you change this value and apply again, the container still
#   gets the old value. In the script, the file sets `TRACEPARENT` to `stale`, and then again to `first`, `second`, or
#   `third`. The second apply puts `second` before `first`, and the third apply drops `third`. So the container always gets
#   `first`. Server-side apply refuses the file.
# guess: The list of variables in the cluster is always the same as in the file.
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
