import { PROBES, type LastingService, type SystemValue } from '@beyond-headers/service-kit/service';
import { JOBS, usualPort } from '../../../services/services.ts';

/** Returns the Deployment of a service, hardened as `tests/conformance/hardening` requires. */
export function deployment(service: LastingService): string {
  const { name, needs } = service;
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  labels:
    app.kubernetes.io/name: ${name}
    # Components and overlays select Deployments by these labels.
    beyond-headers/service: 'true'
${obeysSwitches(service) ? "    beyond-headers/obeys-switches: 'true'\n" : ''}\
spec:
  selector:
    matchLabels:
      app.kubernetes.io/name: ${name}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${name}
    spec:
      serviceAccountName: ${name}
${needs.kubernetes ? '      # The service calls the Kubernetes API.\n' : ''}\
      automountServiceAccountToken: ${needs.kubernetes !== undefined}
      # Kubernetes would set ${service.port.variable}=tcp://…, which the service would read as its port.
      enableServiceLinks: false
      # Covers preStop and the 9 s that the service takes at most to stop.
      terminationGracePeriodSeconds: 15
      securityContext:
        runAsNonRoot: true
        runAsUser: 1000
        runAsGroup: 1000
        fsGroup: 1000
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: ${name}
          image: beyond-headers/${name}
          imagePullPolicy: IfNotPresent
${needs.mongodb ? ARGS_WITH_CREDENTIALS : ''}\
          env:
${environment(service)}\
          ports:
            - name: http
              containerPort: ${service.port.number}
          startupProbe:
            httpGet: { path: ${PROBES.startup}, port: http }
            periodSeconds: 1
            failureThreshold: 60
          readinessProbe:
            httpGet: { path: ${PROBES.readiness}, port: http }
            periodSeconds: 5
            timeoutSeconds: 3
          livenessProbe:
            httpGet: { path: ${PROBES.liveness}, port: http }
            periodSeconds: 10
            timeoutSeconds: 3
          lifecycle:
            # Waits until no proxy sends new connections to this pod.
            preStop: { sleep: { seconds: 3 } }
          resources:
            requests: { cpu: 50m, memory: 128Mi }
            limits: { cpu: '1', memory: 192Mi }
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities:
              drop: [ALL]
          volumeMounts:
            - name: tmp
              mountPath: /tmp
${needs.mongodb ? CREDENTIALS_MOUNT : ''}\
      volumes:
        - name: tmp
          emptyDir: { sizeLimit: 64Mi }
${needs.mongodb ? credentialsVolume(name) : ''}`;
}

const obeysSwitches = ({ environment: told }: LastingService): boolean =>
  Object.values(told).includes('demo-controls');

// The password comes from a file, because anyone who may read a pod can see its environment.
const ARGS_WITH_CREDENTIALS = `          args:
            - --env-file=/credentials/mongodb.env
            - --import
            - '@beyond-headers/telemetry/register'
            - main.ts
`;

const CREDENTIALS_MOUNT = `            - name: credentials
              mountPath: /credentials
              readOnly: true
`;

const credentialsVolume = (name: string): string => `        - name: credentials
          secret:
            secretName: ${name}-mongodb
            # 0440: readable by the pod's group.
            defaultMode: 288
`;

type Value = string | { fieldPath: string } | undefined;

const OTLP = 'http://jaeger:4318';
const job = JOBS.reportJob.name;

/** Values that this system sets. For other values, the service's default applies, or a component of the overlay sets the value. */
const SYSTEM: Partial<Record<SystemValue, Value>> = {
  'traces-query': 'http://jaeger:16686',
  'job-namespace': { fieldPath: 'metadata.namespace' },
  // A literal, so that you can replace it with the image's full name when you deploy.
  'job-image': `beyond-headers/${job}`,
  'job-service-account': job,
  'job-mongodb-secret': `${job}-mongodb`,
  otlp: OTLP,
};

/** Variables from which telemetry builds the resource of the pod's spans. */
const OWN_POD = (name: string): Record<string, Value> => ({
  K8S_NAMESPACE: { fieldPath: 'metadata.namespace' },
  K8S_NODE_NAME: { fieldPath: 'spec.nodeName' },
  K8S_POD_NAME: { fieldPath: 'metadata.name' },
  K8S_POD_UID: { fieldPath: 'metadata.uid' },
  K8S_CONTAINER_NAME: name,
});

function environment({ name, isTraced, needs, environment: told }: LastingService): string {
  const called = Object.entries(needs.services ?? {}).map(([variable, other]) => [variable, urlOf(other)]);
  const values = Object.entries(told).map(([variable, value]) => [variable, SYSTEM[value]]);
  const env: Record<string, Value> = {
    ...(isTraced && OWN_POD(name)),
    OTEL_EXPORTER_OTLP_ENDPOINT: OTLP,
    ...Object.fromEntries(called),
    ...Object.fromEntries(values),
  };
  return Object.entries(env).map(variableOf).join('');
}

function variableOf([name, value]: [string, Value]): string {
  if (value === undefined) return '';
  const source =
    typeof value === 'string'
      ? `value: ${value}`
      : `valueFrom: { fieldRef: { fieldPath: ${value.fieldPath} } }`;
  return `            - name: ${name}\n              ${source}\n`;
}

const urlOf = (name: string): string => `http://${name}:${usualPort(name)}`;
