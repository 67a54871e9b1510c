#!/usr/bin/env bash
# title: In Kubernetes, a mutating policy with ApplyConfiguration cannot apply a field reference
# claim: With a MutatingAdmissionPolicy, Kubernetes changes objects when they are created, for example to add a variable to
#   each pod. The policy describes the change as an ApplyConfiguration or as a JSONPatch. An ApplyConfiguration can add a
#   variable with a `value`, but not a variable with a `fieldRef`, which gets its value from a field of the pod. The reason is
#   that `fieldRef` is an atomic field: a field that is always written as a whole. An ApplyConfiguration may not write atomic
#   fields. A JSONPatch can add both kinds of variables.
# guess: An ApplyConfiguration can write everything that `kubectl apply --server-side` can write.
# versions: Kubernetes 1.34.4 and 1.36.3, admissionregistration.k8s.io/v1beta1
# seen:
#   value: [{"name":"TRACEPARENT","value":"from a policy"}]
#   reference: may not mutate atomic arrays, maps or structs: .spec.containers[0].env[0].valueFrom.fieldRef
#   patch: [{"name":"TRACEPARENT","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.name"}}}]
# date: 2026-11-29
# page: docs/explanation/why-the-env-carrier-and-not-annotations.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

use_cluster
kubectl get --raw /apis/admissionregistration.k8s.io/v1beta1 2>/dev/null | grep -q mutatingadmissionpolicies ||
  skip 'needs a cluster that serves MutatingAdmissionPolicy v1beta1 (1.34, behind its feature gate, to 1.36)'

# add_policy NAME MUTATION
add_policy() {
  undo+=("kubectl delete mutatingadmissionpolicy,mutatingadmissionpolicybinding $namespace-$1")
  kubectl apply --filename - >/dev/null <<YAML
apiVersion: admissionregistration.k8s.io/v1beta1
kind: MutatingAdmissionPolicy
metadata: { name: $namespace-$1 }
spec:
  failurePolicy: Fail
  reinvocationPolicy: Never
  matchConstraints:
    resourceRules: [{ apiGroups: [''], apiVersions: [v1], resources: [pods], operations: [CREATE] }]
  mutations: [$2]
---
apiVersion: admissionregistration.k8s.io/v1beta1
kind: MutatingAdmissionPolicyBinding
metadata: { name: $namespace-$1 }
spec:
  policyName: $namespace-$1
  matchResources:
    namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: $namespace } }
    objectSelector: { matchLabels: { policy: $1 } }
YAML
}
apply_configuration() {
  echo "{ patchType: ApplyConfiguration, applyConfiguration: { expression: 'Object{ spec: Object.spec{ containers: [
    Object.spec.containers{ name: \"job\", env: [Object.spec.containers.env{ name: \"TRACEPARENT\", $1 }] }] } }' } }"
}
reference='valueFrom: Object.spec.containers.env.valueFrom{ fieldRef: Object.spec.containers.env.valueFrom.fieldRef{ fieldPath: "metadata.name" } }'
add_policy value "$(apply_configuration 'value: "from a policy"')"
add_policy reference "$(apply_configuration "$reference")"
add_policy patch "{ patchType: JSONPatch, jsonPatch: { expression: '[JSONPatch{ op: \"add\", path: \"/spec/containers/0/env\", value: [] },
  JSONPatch{ op: \"add\", path: \"/spec/containers/0/env/-\", value: Object.spec.containers.env{ name: \"TRACEPARENT\", $reference } }]' } }"

create() {
  k create --dry-run=server --output jsonpath='{.spec.containers[0].env}' --filename - 2>&1 <<YAML
apiVersion: v1
kind: Pod
metadata: { name: pod, labels: { policy: $1 } }
spec: { containers: [{ name: job, image: $IMAGE }] }
YAML
}
# A policy takes a second or two to act.
acts() { [[ $(create "$1" || true) ]]; }
for policy in value reference patch; do
  until_ready acts $policy
  echo "$policy: $(create $policy | grep -o 'may not mutate atomic.*\|^\[.*' || true)"
done | check
