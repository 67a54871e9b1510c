import assert from 'node:assert/strict';
import { test } from 'node:test';
import { html } from './html.ts';

test('texts are escaped and markup of html is not', () => {
  const hostile = `<img src="x" onerror='broken()'>&`;
  assert.equal(
    html`<p title="${hostile}">${html`<b>${hostile}</b>`}</p>`.markup,
    '<p title="&lt;img src=&quot;x&quot; onerror=&#39;broken()&#39;&gt;&amp;">' +
      '<b>&lt;img src=&quot;x&quot; onerror=&#39;broken()&#39;&gt;&amp;</b></p>',
  );
});

test('lists are joined and what is not there is nothing', () => {
  assert.equal(
    html`${['<', html`<b></b>`, 1, ['a', undefined]]}${false}${undefined}${0}`.markup,
    '&lt;<b></b>1a0',
  );
});
