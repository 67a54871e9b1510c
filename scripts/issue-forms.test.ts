import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';

/** If one of these is wrong, GitHub shows no form: https://docs.github.com/en/communities/using-templates-to-encourage-useful-issues-and-pull-requests/syntax-for-githubs-form-schema */
interface Form {
  name?: string;
  description?: string;
  body?: Field[];
}

interface Field {
  type: string;
  id?: string;
  attributes?: { label?: string; value?: string; options?: unknown[] };
}

const FOLDER = join(import.meta.dirname, '..', '.github', 'ISSUE_TEMPLATE');
const forms = globSync('*.yml', { cwd: FOLDER })
  .filter((file) => file !== 'config.yml')
  .map((file) => parse(readFileSync(join(FOLDER, file), 'utf8')) as Form);
const fieldsOf = ({ body = [] }: Form): Field[] => body.filter(({ type }) => type !== 'markdown');

test('every issue form has a name and asks something', () => {
  assert.ok(forms.length > 0);
  for (const form of forms) assert.ok(form.name && form.description && fieldsOf(form).length > 0, form.name);
});

test('every question of a form has a label and an id of its own', () => {
  for (const form of forms) {
    const fields = fieldsOf(form);
    assert.equal(new Set(fields.map(({ id }) => id)).size, fields.length, form.name);
    assert.ok(
      fields.every(({ id, attributes }) => id && attributes?.label),
      form.name,
    );
  }
});

test('every choice of a form has options that are text', () => {
  const choices = forms.flatMap(fieldsOf).filter(({ type }) => type === 'dropdown');
  assert.ok(choices.length > 0);
  for (const { id, attributes } of choices) {
    assert.ok(
      attributes?.options?.every((option) => typeof option === 'string'),
      id,
    );
  }
});
