import { Router } from 'express';
import { openApiIndex, openApiV3 } from './openapi.ts';
import { RESOURCES, type Resource } from './resources.ts';

// The release whose behaviour this cluster follows; the contract suite holds it against a real one.
const VERSION = {
  major: '1',
  minor: '34',
  gitVersion: 'v1.34.4+stand-in',
  gitCommit: '',
  gitTreeState: 'clean',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: 'none',
  compiler: 'none',
  platform: `${process.platform}/${process.arch}`,
};

/** What kubectl asks before it does anything: version, groups, resources, and that the server checks fields itself. */
export function discovery(address: () => string): Router {
  const router = Router();
  const served = RESOURCES.filter(({ group }) => group !== '');
  const groups = [...new Set(served.map(({ group }) => group))].map(groupOf);
  router.get('/version', (_req, res) => void res.json(VERSION));
  router.get('/api', (_req, res) => {
    const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: address() }];
    res.json({ kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs });
  });
  router.get('/apis', (_req, res) => void res.json({ kind: 'APIGroupList', apiVersion: 'v1', groups }));
  router.get('/api/v1', (_req, res) => void res.json(resourceList('')));
  for (const group of groups) {
    router.get(
      `/apis/${group.name}`,
      (_req, res) => void res.json({ kind: 'APIGroup', apiVersion: 'v1', ...group }),
    );
    router.get(`/apis/${group.name}/v1`, (_req, res) => void res.json(resourceList(group.name)));
  }
  router.get('/openapi/v3', (_req, res) => void res.json(openApiIndex()));
  router.get('/openapi/v3/api/v1', (_req, res) => void res.json(openApiV3('')));
  router.get('/openapi/v3/apis/:group/v1', (req, res) => void res.json(openApiV3(req.params.group)));
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

function resourceEntries(resource: Resource): object[] {
  const { plural, singular, namespaced, kind, verbs, shortNames, categories, subresources = [] } = resource;
  return [
    {
      name: plural,
      singularName: singular,
      namespaced,
      kind,
      verbs,
      ...(shortNames.length > 0 ? { shortNames } : {}),
      ...(categories ? { categories } : {}),
    },
    ...subresources.map((sub) => ({
      name: `${plural}/${sub.name}`,
      singularName: '',
      namespaced,
      kind,
      verbs: sub.verbs,
    })),
  ];
}
