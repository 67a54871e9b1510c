import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Express } from 'express';
import request from 'supertest';
import { APPS } from './support/apps.ts';

for (const { app, document } of APPS) {
  const { title } = document.info;

  test(`${title}: what it serves as OpenAPI is valid OpenAPI`, async () => {
    const { body } = await request(app).get('/openapi.json').expect(200);
    assert.deepEqual(body, JSON.parse(JSON.stringify(document)));
    const validator = new Validator();
    const { valid, errors } = await validator.validate(body as Record<string, unknown>);
    assert.ok(valid, JSON.stringify(errors, undefined, 2));
    assert.equal(validator.version, '3.1');
  });

  test(`${title}: every schema in it is valid, and fits its example`, () => {
    const ajv = new Ajv2020({ strict: true, strictRequired: false, validateFormats: false });
    ajv.addVocabulary(['components', 'openapi', 'info', 'paths']);
    ajv.addSchema({ $id: 'api', ...document });
    for (const [name, { examples = [] }] of Object.entries(document.components.schemas)) {
      const holds = ajv.getSchema(`api#/components/schemas/${name}`);
      assert.ok(holds, name);
      for (const example of examples) assert.ok(holds(example), `${name}: ${ajv.errorsText(holds.errors)}`);
    }
  });

  test(`${title}: every call that it serves is described, and no other`, () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    assert.deepEqual(routesOf(app).toSorted(), described.toSorted());
  });

  test(`${title}: what is not ready is said as described`, async () => {
    const { body } = await request(app).get('/readyz');
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: 'api', ...document });
    assert.ok(ajv.validate('api#/components/schemas/Readiness', body), ajv.errorsText());
  });
}

/** A route or mounted router, as Express 5 stores it. See https://github.com/pillarjs/router. */
interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
}

/**
 * Returns the operations that an application serves, as OpenAPI writes them: its own, and those of the service's router. Files of pages are
 * in routers below that one, and are left out.
 */
function routesOf(app: Express): string[] {
  const own = layersOf(app.router);
  const services = own.flatMap((layer) => layer.handle.stack ?? []);
  return [...own, ...services].flatMap(({ route }) =>
    route ? Object.keys(route.methods).map((method) => callOf(method, route.path)) : [],
  );
}

const layersOf = (router: unknown): Layer[] => (router as { stack: Layer[] }).stack;

function callOf(method: string, path: string): string {
  return `${method.toUpperCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`;
}
