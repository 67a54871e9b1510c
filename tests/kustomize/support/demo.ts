import { kubectl } from './kubectl.ts';

export const NAMESPACE = 'beyond-headers';
export const OVERLAY = 'k8s/overlays/local';

export const inNamespace = (...args: string[]) => kubectl('--namespace', NAMESPACE, ...args);

/** Waits until the demo is available. Rejects with its pods and warnings if it doesn't start. */
export async function untilAvailable(): Promise<void> {
  try {
    await inNamespace('rollout', 'status', 'statefulset/mongo', '--timeout=120s');
    await inNamespace('wait', 'deployment', '--all', '--for=condition=Available', '--timeout=120s');
  } catch (cause) {
    const pods = await inNamespace('get', 'pods').catch(String);
    const events = await inNamespace('get', 'events', '--field-selector', 'type=Warning').catch(String);
    throw new Error(`The demo does not come up.\n${pods}\n${events}`, { cause });
  }
}

export interface RunningPod {
  metadata: { name: string; labels: Record<string, string> };
  spec: {
    volumes?: Array<{ name: string }>;
    containers: Array<{ image: string }>;
  };
  status: { phase: string };
}

export async function runningPods(): Promise<RunningPod[]> {
  const { items } = JSON.parse(await inNamespace('get', 'pods', '--output', 'json')) as {
    items: RunningPod[];
  };
  return items;
}
