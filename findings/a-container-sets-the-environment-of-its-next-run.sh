#!/usr/bin/env bash
# title: In Kubernetes 1.36, a container sets the environment of its next run
# claim: In Kubernetes since 1.35, an environment variable of a container can get its value from a file in an `emptyDir` volume
#   of the pod, with `fileKeyRef`. An init container usually writes the file. Kubernetes reads the file again each time it
#   restarts a container in its pod, and the container itself can write the file. So a run that fails can leave a context for
#   the next run, without a call to the API server: the next run can then link to the failed run. The pod's spec doesn't show
#   which context a run got, because it has only the name of the file.
# guess: Kubernetes reads the file once, after the init containers. All runs of a container have the same environment.
# versions: Kubernetes 1.36.3, containerd 2.1
# seen:
#   run 1: TRACEPARENT=of-the-init-container
#   run 2: TRACEPARENT=of-run-1
#   run 3: TRACEPARENT=of-run-2
# date: 2026-12-01
# page: docs/explanation/why-the-env-carrier-and-not-annotations.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

use_cluster
minor=$(kubectl get --raw /version | sed -n 's/.*"minor": *"\([0-9]*\).*/\1/p')
((minor >= 35)) || skip "needs Kubernetes 1.35 or later: this is 1.$minor"
k apply --filename - >/dev/null <<YAML
apiVersion: v1
kind: Pod
metadata: { name: job }
spec:
  restartPolicy: OnFailure
  volumes: [{ name: state, emptyDir: {} }]
  initContainers:
    - name: first
      image: $IMAGE
      command: [sh, -c, "echo \"TRACEPARENT='of-the-init-container'\" >/state/env"]
      volumeMounts: [{ name: state, mountPath: /state }]
  containers:
    - name: job
      image: $IMAGE
      # The first two runs fail. The third prints what each run got.
      command:
        - sh
        - -c
        - |
          run=1
          while [ -e /state/run-\$run ]; do run=\$((run + 1)); done
          echo "run \$run: TRACEPARENT=\$TRACEPARENT" >/state/run-\$run
          echo "TRACEPARENT='of-run-\$run'" >/state/env
          [ \$run = 3 ] && cat /state/run-*
      volumeMounts: [{ name: state, mountPath: /state }]
      env:
        - name: TRACEPARENT
          valueFrom: { fileKeyRef: { volumeName: state, path: env, key: TRACEPARENT } }
YAML
k wait pod/job --for=jsonpath='{.status.phase}'=Succeeded --timeout=90s >/dev/null
k logs job --container job | check
