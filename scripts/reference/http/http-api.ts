import { isDeepStrictEqual } from 'node:util';
import type { OpenApiOperation } from '@beyond-headers/service-kit';
import { code, formatPage, listed, madeFrom, table, type Page } from '../page.ts';
import { SERVICES, type DescribedService } from './services.ts';
import { fieldRows } from './field-rows.ts';
import { linkTo, typeText, type JsonSchema } from './type-text.ts';

export const httpApi: Page = {
  path: 'docs/reference/http-api.md',
  async render() {
    const shared = callsOf(SERVICES[0]).filter(({ title }) =>
      SERVICES.every((service) => has(service, title)),
    );
    const isShared = ({ title }: Call) => shared.some((call) => call.title === title);
    return formatPage([
      '# HTTP API',
      madeFrom("the services' OpenAPI descriptions"),
      'Each service describes its calls with OpenAPI 3.1 at `/openapi.json`, and shows the description as a page at `/docs`. The ' +
        'description is generated from the schemas that validate the requests. Bodies are JSON, unless a table names another type. The body of an error ' +
        `is a ${linkTo('Problem')} with the type \`application/problem+json\`, even if this page does not list the status. Only the errors of \`/startupz\` and \`/readyz\` have other bodies.`,
      `The ${listed(traced)} trace all requests that they get, except those for \`/startupz\`, \`/livez\`, \`/readyz\`, \`/openapi.json\` and \`/docs\`. ` +
        'For each traced request, they return the id of the trace in the header `x-trace-id`.',
      'The section of each service begins with the URL that the service has under `npm start`. To change its port, set the ' +
        'variable that is in parentheses after the URL. [Environment variables](environment-variables.md) lists all ' +
        'variables.',
      'Some words have a special meaning on this page. A poller claims an order, which means that it takes the order from the queue. An order is due as soon as a poller may claim it. An ' +
        'attempt is one try to fulfill an order, or one pod of a Job. A dead letter is an order that has failed for good. An order can be ' +
        'split into parts, which are separate orders. An order can also recur: it is then processed several times, and each time is a run ' +
        'of the order. A carrier is an object that holds a trace context, such as the document of an order. A load is a series of orders ' +
        'that the playground places at an even rate.',
      ...SERVICES.flatMap((service) => [
        `## ${service.document.info.title}`,
        `${service.document.info.description} The URL is ${urlOf(service)} (${code(service.service.port.variable)}); ` +
          `its OpenAPI description is at ${urlOf(service)}/docs.`,
        ...callsOf(service)
          .filter((call) => !isShared(call))
          .flatMap(callSection),
      ]),
      '## Every service',
      ...shared.flatMap(callSection),
      '## Bodies',
      'In the column `field`, `links.self` is the field `self` of the object `links`. `rows[].name` is the field `name` of each object ' +
        'in the list `rows`.',
      ...Object.entries(bodies()).flatMap(([name, schema]) => bodySection(name, schema)),
    ]);
  },
};

const traced = SERVICES.filter(({ service }) => service.isTraced).map(({ service }) => service.name);

const urlOf = ({ service }: DescribedService): string => `http://127.0.0.1:${service.port.number}`;

interface Call {
  /** `GET /orders/{id}` */
  title: string;
  operation: OpenApiOperation;
}

function callsOf(service: DescribedService | undefined): Call[] {
  return Object.entries(service?.document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      title: `${method.toUpperCase()} ${path}`,
      operation,
    })),
  );
}

const has = (service: DescribedService, title: string) =>
  callsOf(service).some((call) => call.title === title);

function callSection({ title, operation }: Call): string[] {
  const { summary, description, parameters = [], requestBody, responses } = operation;
  const body = requestBody?.content['application/json']?.schema;
  return [
    `### ${title}`,
    `${summary}.${description ? ` ${description}` : ''}`,
    ...(parameters.length > 0
      ? [
          table(
            ['parameter', 'in', 'type', 'meaning'],
            parameters.map(({ name, in: place, required = false, schema, description: meaning = '' }) => [
              code(name),
              place,
              typeText(schema, required),
              meaning,
            ]),
          ),
        ]
      : []),
    ...(body ? [`Body: ${typeText(body)}.`] : []),
    table(
      ['status', 'body', 'when'],
      Object.entries(responses)
        .filter(([status]) => status !== 'default')
        .map(([status, response]) => [
          status,
          Object.entries(response.content ?? {})
            .map(([type, { schema }]) => (type.endsWith('json') ? typeText(schema) : code(type)))
            .join(', '),
          response.description,
        ]),
    ),
  ];
}

/** Returns the named schemas of all services. Throws if two services use one name for different schemas. */
function bodies(): Record<string, JsonSchema> {
  const all: Record<string, JsonSchema> = {};
  for (const { document } of SERVICES) {
    for (const [name, schema] of Object.entries(document.components.schemas)) {
      if (name in all && !isDeepStrictEqual(all[name], schema))
        throw new Error(
          `Two services mean different things by ${name}. Give one of them another .meta({ id }).`,
        );
      all[name] = schema;
    }
  }
  return Object.fromEntries(Object.entries(all).toSorted(([a], [b]) => a.localeCompare(b)));
}

function bodySection(name: string, schema: JsonSchema): string[] {
  const { description, properties, examples = [], ...rest } = schema;
  const head = [`### ${name}`, ...(description ? [description] : [])];
  if (!properties) return [...head, typeText(rest)];
  const rows = fieldRows(schema).map(({ field, type, meaning }) => [code(field), type, meaning]);
  const example = examples.map((value) => `\`\`\`json\n${JSON.stringify(value, undefined, 2)}\n\`\`\``);
  return [...head, table(['field', 'type', 'meaning'], rows), ...example];
}
