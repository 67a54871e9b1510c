#!/bin/sh
# Puts into the cluster what the launcher needs, and gives it a kubeconfig that may do no more than its Role says.
set -eu
umask 077
namespace=beyond-headers
# Inside its own container k3s is 127.0.0.1; its certificate holds for the name as well.
sed 's|https://127.0.0.1:6443|https://k3s:6443|' /admin/kubeconfig >/tmp/admin
export KUBECONFIG=/tmp/admin

kubectl apply -k /opt/beyond-headers/manifests

sed -n 's/^MONGODB_URI=//p' /credentials/mongodb.env | tr -d '\n' >/tmp/uri
kubectl -n "$namespace" create secret generic report-job-mongodb --from-file=uri=/tmp/uri --dry-run=client -o yaml |
  kubectl apply -f -

# For as long as a demo may run without a new `up`, which makes a new one.
token=$(kubectl -n "$namespace" create token job-launcher --duration=720h)
ca=$(kubectl config view --raw -o 'jsonpath={.clusters[0].cluster.certificate-authority-data}')
new=/kubeconfig/job-launcher.new
rm -f "$new"
KUBECONFIG=$new
export KUBECONFIG
kubectl config set-cluster k3s --server=https://k3s:6443
# `set` decodes it itself: the busybox of k3s has no base64.
kubectl config set clusters.k3s.certificate-authority-data "$ca" >/dev/null
kubectl config set-credentials job-launcher --token="$token" >/dev/null
kubectl config set-context k3s --cluster=k3s --user=job-launcher --namespace="$namespace"
kubectl config use-context k3s
mv "$new" /kubeconfig/job-launcher
