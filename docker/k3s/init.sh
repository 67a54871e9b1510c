#!/bin/sh
# Creates what the launcher needs in the cluster, and a kubeconfig that has only the permissions of the launcher's Role.
set -eu
umask 077
namespace=beyond-headers
# The kubeconfig has the address that k3s has inside its own container. The certificate is also valid for the name k3s.
sed 's|https://127.0.0.1:6443|https://k3s:6443|' /admin/kubeconfig >/tmp/admin
export KUBECONFIG=/tmp/admin

kubectl apply -k /opt/beyond-headers/manifests

sed -n 's/^MONGODB_URI=//p' /credentials/mongodb.env | tr -d '\n' >/tmp/uri
kubectl -n "$namespace" create secret generic report-job-mongodb --from-file=uri=/tmp/uri --dry-run=client -o yaml |
  kubectl apply -f -

# Longer than a demo is likely to run. Each `up` creates a new token.
token=$(kubectl -n "$namespace" create token job-launcher --duration=720h)
ca=$(kubectl config view --raw -o 'jsonpath={.clusters[0].cluster.certificate-authority-data}')
new=/kubeconfig/job-launcher.new
rm -f "$new"
KUBECONFIG=$new
export KUBECONFIG
kubectl config set-cluster k3s --server=https://k3s:6443
# `kubectl config set` decodes the value. The BusyBox of k3s has no base64.
kubectl config set clusters.k3s.certificate-authority-data "$ca" >/dev/null
kubectl config set-credentials job-launcher --token="$token" >/dev/null
kubectl config set-context k3s --cluster=k3s --user=job-launcher --namespace="$namespace"
kubectl config use-context k3s
mv "$new" /kubeconfig/job-launcher
