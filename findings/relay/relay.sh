# Sourced beside support/lib.sh: one hop of a trace context from environment to environment, by OpenTelemetry's env carriers.

relays=(JavaScript Python Go Java)

install_relays() {
  command -v go >/dev/null || skip 'needs Go 1.25 or later'
  command -v mvn >/dev/null || skip 'needs Maven and a JDK 17 or later'
  install_npm @opentelemetry/{api@1.10.0,sdk-trace@3.1.1,core@3.1.1,propagator-env-carrier@0.222.0}
  install_python opentelemetry-sdk==1.45.2
  install_java io.opentelemetry:opentelemetry-{sdk:1.68.0,sdk-testing:1.68.0,api-incubator:1.68.0-alpha}
  cp "$findings"/relay/relay.{mjs,py,go} "$findings/relay/Relay.java" "$work"
  (cd "$work" && javac -cp 'java/*' Relay.java)
  build_go relay relay.go \
    go.opentelemetry.io/otel@v1.47.0 go.opentelemetry.io/otel/sdk@v1.47.0 go.opentelemetry.io/contrib/propagators/envcar@v0.71.0
}

# relay LANGUAGE NAME=VALUE…: what the program gets, and prints as its child's.
relay() {
  local language=$1
  shift
  (
    cd "$work"
    case $language in
      JavaScript) env "$@" node relay.mjs ;;
      Python) env "$@" python/bin/python relay.py ;;
      Go) env "$@" ./relay ;;
      Java) env "$@" java -cp 'java/*:.' Relay ;;
    esac
  )
}
