import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { krewManifest } from './krew-manifest.ts';

const SHA256 = 'a'.repeat(64);
const ON_GITHUB = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'someone/fork' };

// The rules by which krew accepts a manifest: https://github.com/kubernetes-sigs/krew/blob/master/internal/index/validation/validate.go
const text = { type: 'string', minLength: 1 };
const object = (properties: object, ...optional: string[]) => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
});
const KREW = object({
  apiVersion: { const: 'krew.googlecontainertools.github.com/v1alpha2' },
  kind: { const: 'Plugin' },
  metadata: object({ name: { type: 'string', pattern: '^[\\w-]+$' } }),
  spec: object(
    {
      version: { type: 'string', pattern: '^v\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?$' },
      homepage: text,
      shortDescription: { type: 'string', pattern: '^[^\\r\\n]+$', maxLength: 80 },
      description: text,
      caveats: text,
      platforms: {
        type: 'array',
        minItems: 1,
        items: object({
          selector: object({
            matchExpressions: {
              type: 'array',
              minItems: 1,
              items: object({
                key: { enum: ['os', 'arch'] },
                operator: { enum: ['In', 'NotIn', 'Exists', 'DoesNotExist'] },
                values: { type: 'array', minItems: 1, items: text },
              }),
            },
          }),
          uri: text,
          sha256: { type: 'string', pattern: '^[a-f0-9]{64}$' },
          files: { type: 'array', minItems: 1, items: object({ from: text, to: text }) },
          bin: text,
        }),
      },
    },
    'homepage',
  ),
});

test('manifest is one that krew takes', () => {
  const isValid = new Ajv({ allErrors: true }).compile(KREW);
  for (const env of [{}, ON_GITHUB]) {
    assert.ok(isValid(krewManifest('1.2.3', SHA256, env)), JSON.stringify(isValid.errors));
  }
  assert.ok(!isValid(krewManifest('1.2', SHA256, {})));
  assert.ok(!isValid(krewManifest('1.2.3', SHA256.toUpperCase(), {})));
});

test('manifest names the release of the repository that builds it', () => {
  const { spec } = krewManifest('1.2.3', SHA256, ON_GITHUB);
  assert.equal(spec.homepage, 'https://github.com/someone/fork');
  assert.equal(
    spec.platforms[0]?.uri,
    'https://github.com/someone/fork/releases/download/v1.2.3/kubectl-beyond.tar.gz',
  );
});
