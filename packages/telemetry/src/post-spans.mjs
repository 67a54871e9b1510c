// Posts the OTLP JSON on stdin to the URL given. Plain JavaScript: it runs while another process waits to end.
import { readFileSync } from 'node:fs';

const headers = { 'content-type': 'application/json' };
const own = process.env.OTEL_EXPORTER_OTLP_TRACES_HEADERS ?? process.env.OTEL_EXPORTER_OTLP_HEADERS ?? '';
for (const pair of own.split(',')) {
  const [name, ...value] = pair.split('=');
  if (name?.trim() && value.length > 0) headers[name.trim()] = decodeURIComponent(value.join('=').trim());
}
await fetch(process.argv[2], { method: 'POST', headers, body: readFileSync(0) }).catch(() => {});
