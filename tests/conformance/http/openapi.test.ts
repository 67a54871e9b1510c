import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import request from 'supertest';
import { APPS } from './support/apps.ts';
import { routesOf } from './support/routes.ts';

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
