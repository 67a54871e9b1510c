#!/usr/bin/env bash
# title: A Kubernetes Job that is too large is refused for its labels
# claim: etcd, the database of Kubernetes, refuses objects that are larger than 1.5 MiB. If a Deployment is too large, the API
#   server answers "request is too large". But if a Job is too large, the answer is an error about labels that you did not
#   set. The cause is that the API server tries a second time to store the Job. For this try, it leaves out `managedFields`
#   (the record of who set which field), and gives the Job a new uid. The Job's labels still contain the old uid, so the
#   validation fails.
# guess: The API server refuses both the Job and the Deployment as too large.
# versions: Kubernetes 1.34.4, etcd 3.6
# seen:
#   Job: is invalid,metadata.labels[batch.kubernetes.io/controller-uid],metadata.labels[controller-uid]
#   Deployment: request is too large
# date: 2026-11-29
# page: docs/reference/numbers.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

use_cluster
# 1.6 MB of environment, in values that each fit into a process. A request may have 3 MB, the store takes 1.5 MiB.
variables() {
  for i in {1..16}; do
    printf '{ "name": "FILLED_%d", "value": "%s" },' "$i" "$(head -c 100000 /dev/zero | tr '\0' v)"
  done
}
pod() { echo "\"containers\": [{ \"name\": \"main\", \"image\": \"$IMAGE\", \"env\": [$(variables) { \"name\": \"LAST\" }] }]"; }
create() {
  # Of an answer that repeats all labels, what it is about.
  { k create --filename - 2>&1 >/dev/null || true; } | grep -oE 'is invalid|metadata\.labels\[[a-z./-]+\]|request is too large' |
    sort --unique | paste --serial --delimiters=, | sed "s/^/$1: /"
}
{
  create Job <<JSON
{ "apiVersion": "batch/v1", "kind": "Job", "metadata": { "name": "large" },
  "spec": { "template": { "spec": { "restartPolicy": "Never", $(pod) } } } }
JSON
  create Deployment <<JSON
{ "apiVersion": "apps/v1", "kind": "Deployment", "metadata": { "name": "large" },
  "spec": { "selector": { "matchLabels": { "app": "large" } },
    "template": { "metadata": { "labels": { "app": "large" } }, "spec": { $(pod) } } } }
JSON
} | check
