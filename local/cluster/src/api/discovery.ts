import { Router } from 'express';
import { openApiIndex, openApiOf } from './openapi.ts';
import { RESOURCES, rootOf, type Resource } from './resources.ts';

// The release whose behavior this cluster follows. The same tests, in tests/conformance/kubernetes, run against a real cluster.
const VERSION = {
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.3+stand-in',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: 'none',
  compiler: 'none',
  platform: `${process.platform}/${process.arch}`,
};
const GROUPS = [...new Set(RESOURCES.map(({ group }) => group))];

/** Serves what kubectl requests first: version, groups, resources, and an OpenAPI document that leaves validation to the server. */
export function discovery(): Router {
  const groups = GROUPS.filter(Boolean).map(groupOf);
  const answers: Record<string, () => object> = {
    '/version': () => VERSION,
    '/api': () => ({ kind: 'APIVersions', versions: ['v1'] }),
    '/apis': () => ({ kind: 'APIGroupList', apiVersion: 'v1', groups }),
    '/openapi/v3': openApiIndex,
  };
  for (const group of groups)
    answers[`/apis/${group.name}`] = () => ({ kind: 'APIGroup', apiVersion: 'v1', ...group });
  for (const group of GROUPS) {
    answers[rootOf(group)] = () => resourceList(group);
    answers[`/openapi/v3${rootOf(group)}`] = () => openApiOf(group);
  }
  const router = Router();
  for (const [path, answer] of Object.entries(answers))
    router.get(path, (_req, res) => void res.json(answer()));
  return router;
}

function groupOf(name: string): { name: string; versions: object[]; preferredVersion: object } {
  const version = { groupVersion: `${name}/v1`, version: 'v1' };
  return { name, versions: [version], preferredVersion: version };
}

function resourceList(group: string): object {
  const resources = RESOURCES.filter((one) => one.group === group).flatMap(resourceEntries);
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: group ? `${group}/v1` : 'v1', resources };
}

function resourceEntries({ plural, group: _group, subresource, ...rest }: Resource): object[] {
  const { namespaced, kind } = rest;
  const below = { name: `${plural}/${subresource}`, singularName: '', namespaced, kind, verbs: ['get'] };
  return [{ name: plural, singularName: kind.toLowerCase(), ...rest }, ...(subresource ? [below] : [])];
}
