import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseEnv } from 'node:util';
import { ATTR, METRIC } from '@beyond-headers/contracts';
import { parse } from 'yaml';
import { read } from '../../scripts/project-files.ts';
import { queriesOf, readDashboard } from './dashboard.ts';

const { panels, templating, links } = readDashboard();

test('panels have ids of their own, and none lies on another', () => {
  assert.equal(new Set(panels.map(({ id }) => id)).size, panels.length);
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) => {
    assert.ok(x + w <= 24, 'within the grid');
    return Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`);
  });
  assert.equal(new Set(cells).size, cells.length);
});

test('queries name the metrics and attributes that the services declare', () => {
  const metrics = Object.values<string>(METRIC).map((name) => name.replaceAll('.', '_'));
  const attributes = Object.values<string>(ATTR).map((name) => name.replaceAll('.', '_'));
  for (const { expr } of queriesOf(readDashboard())) {
    const names = (expr.match(/\b(?:messaging|demo|otel|error)_[a-z_]+/g) ?? []).map((name) =>
      name.replace(/_(total|count|bucket)$/, ''),
    );
    assert.ok(names.length > 0, expr);
    const unknown = names.filter((name) => !metrics.includes(name) && !attributes.includes(name));
    assert.deepEqual(unknown, [], expr);
  }
});

test('links use only variables that are there', () => {
  const known = new Set([...templating.list.map(({ name }) => name), '__from', '__to']);
  const urls = [...links, ...panels.flatMap(({ fieldConfig }) => fieldConfig.defaults.links)].map(
    ({ url }) => url,
  );
  assert.ok(urls.length >= 4);
  for (const [, name = ''] of urls.join(' ').matchAll(/\$\{(\w+)\}/g)) assert.ok(known.has(name), name);
});

test('the address of Jaeger is the one that compose publishes, and can be changed', () => {
  const { TRACES_PORT } = parseEnv(read('.env'));
  const jaeger = templating.list.find(({ name }) => name === 'jaeger');
  assert.deepEqual([jaeger?.type, jaeger?.query], ['textbox', `http://127.0.0.1:${TRACES_PORT}`]);
});

test('the provisioned source of data is the one of the panels', () => {
  const { datasources } = parse(read('docker/metrics/grafana/datasources.yml')) as {
    datasources: { uid: string; type: string }[];
  };
  assert.deepEqual(
    datasources.map(({ uid, type }) => [uid, type]),
    [['prometheus', 'prometheus']],
  );
});
