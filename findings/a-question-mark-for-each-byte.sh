#!/usr/bin/env bash
# title: In a MongoDB span, the query text has a question mark for each byte
# claim: With MongoDB's Node.js driver 7.9 and OpenTelemetry's instrumentation for MongoDB, the span of an insertMany or
#   bulkWrite has an attribute `db.query.text` with a `?` for each byte of the documents. Each byte takes four characters,
#   `"?",`. So for 100 documents of 1 kB, the attribute has about 400,000 characters. With driver 7.5, it has 22 characters.
# guess: `db.query.text` is `{"insert":"?","documents":"?"}` or similar, whatever the size of the documents.
# versions: mongodb 7.5.0 and 7.9.0, @opentelemetry/instrumentation-mongodb 0.77.0, mongod 6.0.5
# seen:
#   7.5.0: 22 characters
#   7.9.0: 400,000 or so characters
# date: 2026-11-29
# page: docs/reference/spans-and-attributes.md
set -euo pipefail
work=$(mktemp -d)
source "$(dirname "$0")/support/lib.sh"

install_traced @opentelemetry/instrumentation-mongodb@0.77.0
cat >"$work/main.mjs" <<'JS'
import { MongoDBInstrumentation } from '@opentelemetry/instrumentation-mongodb';
import { exporter, inSpan, instrument } from './tracing.mjs';

instrument(new MongoDBInstrumentation());
const { MongoClient } = await import('mongodb');
const client = await new MongoClient(process.env.MONGODB_URI).connect();
const orders = client.db().collection('orders');
const documents = Array.from({ length: 100 }, (_, number) => ({ _id: `${process.argv[2]}-${number}`, note: 'x'.repeat(1000) }));
await inSpan('insertMany', () => orders.insertMany(documents));
const span = exporter.getFinishedSpans().find(({ name }) => name.startsWith('insert '));
const { length } = span.attributes['db.query.text'];
console.log(`${process.argv[2]}: ${length < 100 ? length : `${Math.round(length / 100_000)}00,000 or so`} characters`);
await client.close();
JS
for version in 7.5.0 7.9.0; do
  install_npm mongodb@$version
  [[ ${MONGODB_URI:-} ]] || start_mongod
  (cd "$work" && node main.mjs $version)
done | check
