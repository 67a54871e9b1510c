#!/bin/sh
# Healthy means that a Job would start at once: the node is ready and has the image.
set -eu
export KUBECONFIG=/admin/kubeconfig
kubectl get --raw /readyz >/dev/null
kubectl wait --for=condition=Ready node/k3s --timeout=1s
ctr --namespace k8s.io images ls --quiet | grep -qx docker.io/library/report-job:local
