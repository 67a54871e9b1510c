import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from '@beyond-headers/local-process/root';
import { LASTING } from '../../../services/services.ts';
import { copiedBy, readStages } from '../../support/dockerfile.ts';
import { containersOf, deployedBy, workloadsIn } from '../support/overlay.ts';
import { readText } from '../../support/run.ts';
import { evaluate } from '../support/tiltfile.ts';

const PREFIX = 'beyond-headers/';

const up = await evaluate('up');
const builds = up.callsOf('docker_build');
const updated = builds.filter(({ live_update: steps }) => steps !== undefined);
const containers = workloadsIn(await deployedBy(up)).flatMap(containersOf);
const dockerfile = await readText('Dockerfile');
const stages = readStages(dockerfile);

test('builds every image that is deployed', () => {
  const named = containers.flatMap(({ image = '', env = [] }) => [
    image,
    ...env.filter(({ name }) => name === 'JOB_IMAGE').map(({ value }) => value ?? ''),
  ]);
  const own = new Set(named.filter((image) => image.startsWith(PREFIX)));
  assert.deepEqual(builds.map(({ ref }) => ref).toSorted(), [...own].toSorted());
});

test('finds the job image in the environment alone', () => {
  const [image, ...more] = builds.filter((build) => build.match_in_env_vars);
  assert.equal(image?.ref, `${PREFIX}report-job`);
  assert.equal(image.live_update, undefined, 'a live update would not reach JOB_IMAGE');
  assert.deepEqual(more, []);
  assert.ok(containers.every((container) => container.image !== image.ref));
});

test('builds targets of the Dockerfile from arguments it takes', () => {
  for (const { ref, target, build_args: args } of builds) {
    assert.ok(stages.has(target), ref);
    for (const name of Object.keys(args)) assert.match(dockerfile, new RegExp(`^ARG ${name}\\b`, 'm'), ref);
    if (args['SERVICE']) assert.ok(stages.has(args['SERVICE']), ref);
  }
});

test('gives each build paths that exist', () => {
  for (const { ref, context, only } of builds) {
    assert.equal(context, '.', ref);
    for (const path of only) assert.ok(existsSync(join(ROOT, path)), `${ref} names ${path}`);
  }
});

test('gives each build what its stages copy', () => {
  for (const { ref, target, only, build_args: args } of builds) {
    const copied = copiedBy(stages, target, args['SERVICE'] ?? '');
    assert.ok(copied.length > 3, ref);
    for (const path of copied)
      assert.ok(
        only.some((given) => isWithin(given, path) || isWithin(path, given)),
        `${ref} copies ${path}`,
      );
  }
});

test('updates each running service, and nothing else', () => {
  assert.deepEqual(
    updated.map(({ ref }) => ref).toSorted(),
    Object.values(LASTING)
      .map(({ name }) => PREFIX + name)
      .toSorted(),
  );
});

test('updates from what the image is built of', () => {
  for (const { ref, only, live_update: steps = [] } of updated) {
    const isGiven = (path: string) => only.some((given) => isWithin(path, given));
    for (const step of steps) {
      if (step.call === 'fall_back_on')
        assert.ok(step.files.every(isGiven), `${ref}: ${step.files.join(' ')}`);
      if (step.call === 'sync') {
        assert.ok(isGiven(step.local_path), `${ref} syncs ${step.local_path}`);
        assert.equal(step.remote_path, `/app/${step.local_path}`);
      }
      if (step.call === 'run')
        assert.ok(
          step.trigger?.every((path) => isGiven(path) && existsSync(join(ROOT, path))),
          ref,
        );
    }
    assert.deepEqual([...new Set(steps.map(({ call }) => call))].slice(0, 2), ['fall_back_on', 'sync']);
  }
});

test('updates only containers that can be written to', () => {
  const images = updated.map(({ ref }) => ref);
  const own = containers.filter(({ image = '' }) => images.includes(image));
  assert.equal(own.length, images.length);
  for (const { name, securityContext } of own)
    assert.equal(securityContext?.readOnlyRootFilesystem, false, name);
});

const isWithin = (path: string, folder: string): boolean => `${path}/`.startsWith(`${folder}/`);
