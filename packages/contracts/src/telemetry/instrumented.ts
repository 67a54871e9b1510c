import { COMMANDS, REQUESTS } from './calls.ts';
import type { AttributeDeclaration, CallDeclaration, SpanKindName } from './declarations.ts';

/** A kind of span that an instrumentation creates. It lists attributes by their own names. */
export interface InstrumentedSpans {
  title: string;
  kind: SpanKindName;
  /** The package that creates the spans. */
  by: string;
  /** The spans of this kind. Empty for SERVER spans: there is one for each call in a service's OpenAPI document. */
  spans: readonly CallDeclaration[];
  always: readonly string[];
  sometimes?: Readonly<Record<string, string>>;
  note?: string;
}

const CONNECTION = [
  'http.request.method',
  'http.response.status_code',
  'network.peer.address',
  'network.peer.port',
  'network.protocol.version',
  'server.address',
  'server.port',
  'url.path',
  'url.scheme',
  'user_agent.original',
] as const;

export const HTTP_SERVER_SPANS: InstrumentedSpans = {
  title: 'HTTP servers',
  kind: 'SERVER',
  by: '@opentelemetry/instrumentation-http, with the route from @opentelemetry/instrumentation-express',
  spans: [],
  always: [...CONNECTION, 'client.address', 'http.route'],
  sometimes: { 'url.query': 'the URL has a query' },
  note: 'If no route matches the request (404), or if the body of the request is not JSON (400), the span name is only the method, and `http.route` is missing.',
};

const HTTP_CLIENT_SPANS: InstrumentedSpans = {
  title: 'HTTP clients',
  kind: 'CLIENT',
  by: '@opentelemetry/instrumentation-undici',
  spans: REQUESTS,
  always: [...CONNECTION, 'http.request.method_original', 'url.full', 'url.query'],
};

const DATABASE_SPANS: InstrumentedSpans = {
  title: 'MongoDB',
  kind: 'CLIENT',
  by: '@opentelemetry/instrumentation-mongodb',
  spans: COMMANDS,
  always: [
    'db.collection.name',
    'db.namespace',
    'db.operation.name',
    'db.query.text',
    'db.system.name',
    'server.address',
    'server.port',
  ],
};

/** The spans of instrumentations, except those of HTTP servers, whose names come from the services' API descriptions. */
export const INSTRUMENTED_SPANS: readonly InstrumentedSpans[] = [HTTP_CLIENT_SPANS, DATABASE_SPANS];

/** The attributes that instrumentations set. The semantic conventions define them. */
export const INSTRUMENTED_ATTRIBUTES: readonly AttributeDeclaration[] = [
  { name: 'client.address', brief: 'The address of the client that sent the request.', example: '127.0.0.1' },
  {
    name: 'db.collection.name',
    brief:
      "The name of the collection, if the command is find, getMore, insert, update or delete. Otherwise `$cmd`, because of [the driver's instrumentation](surprises.md#mongodbs-spans-name-the-collection-cmd).",
    example: 'orders',
  },
  { name: 'db.namespace', brief: 'The name of the database.', example: 'beyond_headers' },
  { name: 'db.operation.name', brief: 'The name of the MongoDB command.', example: 'update' },
  {
    name: 'db.query.text',
    brief:
      'The MongoDB command with a `?` in place of each value, limited to 4,096 characters. The commands of insertMany and bulkWrite have [a `?` for each byte](surprises.md#in-a-mongodb-span-the-query-text-has-a-question-mark-for-each-byte) of the documents.',
    example: '{"find":"?","filter":{"_id":"?"}}',
  },
  { name: 'db.system.name', brief: 'The database system.', example: 'mongodb' },
  { name: 'http.request.method', brief: 'The method of the HTTP request.', example: 'POST' },
  {
    name: 'http.request.method_original',
    brief: 'The method of the HTTP request, as the calling code wrote it.',
    example: 'POST',
  },
  { name: 'http.response.status_code', brief: 'The status code of the HTTP response.', example: 202 },
  {
    name: 'http.route',
    brief: 'The route that matched the request, as declared in Express.',
    example: '/orders/:id',
  },
  {
    name: 'network.peer.address',
    brief: 'The IP address of the other side of the connection.',
    example: '127.0.0.1',
  },
  { name: 'network.peer.port', brief: 'The port of the other side of the connection.', example: 8083 },
  { name: 'network.protocol.version', brief: 'The version of HTTP.', example: '1.1' },
  { name: 'server.address', brief: 'The address of the server that gets the request.', example: '127.0.0.1' },
  { name: 'server.port', brief: 'The port of the server that gets the request.', example: 8083 },
  { name: 'url.full', brief: 'The full URL of the request.', example: 'http://127.0.0.1:8083/reports' },
  { name: 'url.path', brief: "The path of the request's URL.", example: '/reports' },
  { name: 'url.query', brief: "The query of the request's URL.", example: 'limit=20' },
  { name: 'url.scheme', brief: "The scheme of the request's URL.", example: 'http' },
  {
    name: 'user_agent.original',
    brief: 'The program that sent the request, from the header `User-Agent`.',
    example: 'node',
  },
];
