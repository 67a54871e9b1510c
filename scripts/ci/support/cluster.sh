# Starts a real cluster for the tests, with the program that TEST_CLUSTER names or, by default, with kind. Source it after steps.sh.
. scripts/ci/support/tools.sh
has_docker || { left_out "$(basename "$0") on a real cluster, for no Docker engine answers"; exit; }
if [ -z "${TEST_CLUSTER:-}" ]; then
  for program in go kubectl; do has "$program" || { left_out "$(basename "$0") on a real cluster, for there is no $program"; exit; }; done
  export TEST_CLUSTER=$PWD/scripts/ci/support/kind
  step "$TEST_CLUSTER" up
  # A kind node is a container, so the address of the node isn't the address of this machine.
  HOST_FOR_PODS=$("$TEST_CLUSTER" host)
  export HOST_FOR_PODS
else
  step "$TEST_CLUSTER" up
fi
