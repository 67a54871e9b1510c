import assert from 'node:assert/strict';
import type { V1EnvVar } from '@kubernetes/client-node';
import type { Contract } from './cluster-under-test.ts';
import { shellJob } from './manifests.ts';

/** Runs a Job whose container prints its environment, and returns the variables. */
export async function environmentOf(
  contract: Contract,
  name: string,
  env: V1EnvVar[],
  envFrom: object[] = [],
): Promise<Record<string, string>> {
  const { image } = contract;
  const container = { command: ['env'], env, envFrom, resources: { limits: { memory: '64Mi' } } };
  const annotations = { 'example.com/note': 'a $(POD)' };
  const { pods } = await contract.runJob(shellJob({ name, image, container, annotations }));
  assert.ok(pods[0]);
  const lines = (await contract.logOf(pods[0])).split('\n').filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}
