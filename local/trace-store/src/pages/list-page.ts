import { counted, duration, printable } from '@beyond-headers/traces/draw';
import { html, type Html } from './html.ts';
import type { ListedTrace, ListSearch, TraceList } from './trace-list.ts';

/** Renders the newest traces as a page, with a form to filter them. */
export function listPage(list: TraceList, services: readonly string[]): Html {
  const { listed, found, stored, dropped, problem } = list;
  const counts = [
    `${found} of ${counted(stored, 'trace')}`,
    ...(found > listed.length ? [`the newest ${listed.length} are shown`] : []),
    ...(dropped > 0 ? [`${dropped} older ones dropped`] : []),
  ];
  return html`<h1>Traces</h1>
    ${searchForm(list.search, services)}
    ${problem !== undefined && html`<p class="problem" role="alert">${problem}</p>`}
    <p class="counts">${counts.join(', ')}</p>
    ${listed.length > 0 ? table(listed) : html`<p class="empty">${emptyText(stored)}</p>`}`;
}

const emptyText = (stored: number) =>
  stored === 0
    ? 'No trace has come yet. Place an order; its spans arrive within a second of its end.'
    : 'No trace fits. Take a wish out of the form, or see all of them with Reset.';

function searchForm({ service, name, min, errors }: ListSearch, services: readonly string[]): Html {
  // A service that has no traces left stays selected, so that the form shows the search.
  const offered = [...new Set(['', ...services, service])];
  const options = offered.map(
    (each) =>
      html`<option value="${each}" ${each === service && 'selected'}>${printable(each) || 'any'}</option>`,
  );
  return html`<form class="search" action="/" method="get" role="search">
    <p>
      <label for="service">Service</label
      ><select id="service" name="service">
        ${options}
      </select>
    </p>
    <p>
      <label for="name">Span name contains</label
      ><input id="name" name="name" value="${name}" maxlength="200" />
    </p>
    <p>
      <label for="min">Takes at least</label
      ><input id="min" name="min" value="${min}" placeholder="250ms" maxlength="40" />
    </p>
    <p class="check">
      <input type="checkbox" id="errors" name="errors" value="on" ${errors && 'checked'} /><label for="errors"
        >With errors only</label
      >
    </p>
    <p class="go"><button type="submit">Search</button> <a href="/">Reset</a></p>
  </form>`;
}

function table(listed: readonly ListedTrace[]): Html {
  return html`<table class="list">
    <thead>
      <tr>
        <th scope="col">Time (UTC)</th>
        <th scope="col">Begins with</th>
        <th scope="col">Spans</th>
        <th scope="col">Services</th>
        <th scope="col">Takes</th>
        <th scope="col">Errors</th>
      </tr>
    </thead>
    <tbody>
      ${listed.map(row)}
    </tbody>
  </table>`;
}

function row({ traceId, receivedAt, service, name, spans, services, durationMs, failed }: ListedTrace): Html {
  const time = new Date(receivedAt).toISOString();
  return html`<tr>
    <td><time datetime="${time}">${time.slice(11, 19)}</time></td>
    <th scope="row"><a href="/trace/${traceId}">${printable(service)}: ${printable(name)}</a></th>
    <td>${counted(spans, 'span')}</td>
    <td>${counted(services, 'service')}</td>
    <td>${duration(durationMs)}</td>
    <td>${failed > 0 ? html`<b class="failed">${counted(failed, 'error')}</b>` : 'no errors'}</td>
  </tr>`;
}
