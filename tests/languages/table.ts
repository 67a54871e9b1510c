import { isDeepStrictEqual } from 'node:util';
import { BSON } from 'mongodb';
import type { V1EnvVar } from '@kubernetes/client-node';
import { CASES, type Case } from './cases.ts';
import { ask, type Language } from './language.ts';
import type { Reading } from './programs/reading.ts';

export type Fields = Record<string, string>;

interface Passed {
  reading: Reading;
  document: Fields;
  environment: Fields;
  /** The `env` list of a container. If the language has no carrier for such a list, its environment is used. */
  job?: V1EnvVar[];
}

/** What a language reads from a case's fields, and what it then writes. */
export interface Outcome {
  reads: Reading;
  writes: Fields;
}

/** The results in the table. */
export interface Table {
  /** By the name of the case, and then by language. */
  outcomes: Record<string, Record<string, Outcome>>;
  /** `<medium>, <case>: <writer> → <reader>`, if the reader's result differs from that of this library. */
  disagreements: string[];
  /** `<case>: <writer> → <reader>`, if the reader's results in a Job's container and in a process differ. */
  jobs?: string[];
}

/** For each list of variables, returns the environment of a Job's container. */
export type ThroughJobs = (lists: V1EnvVar[][]) => Promise<Fields[]>;

/**
 * Runs all cases. Each language re-injects each case. Then each language reads what each wrote, from a document as extended JSON, and
 * from the environment of a process. Equal output of several languages is read once.
 *
 * @param throughJobs if given, the languages also read the environment that a kubelet creates from a Job's list
 */
export async function runTable(languages: readonly Language[], throughJobs?: ThroughJobs): Promise<Table> {
  const passed = new Map<Language, Passed[]>();
  for (const language of languages) passed.set(language, await ask<Passed[]>(language, { input: CASES }));
  const outcomes: Table['outcomes'] = {};
  for (const [index, { name }] of CASES.entries())
    outcomes[name] = Object.fromEntries(
      languages.map((language) => [language.name, outcomeOf(passed.get(language)?.[index])]),
    );
  const found = [
    ...(await disagreements('document', written(passed, 'document'), languages)),
    ...(await disagreements('environment', written(passed, 'environment'), languages)),
  ];
  const jobs = throughJobs && (await readJobs(languages, passed, throughJobs));
  return { outcomes, disagreements: found.toSorted(), ...(jobs && { jobs: jobs.toSorted() }) };
}

function outcomeOf(passed: Passed | undefined): Outcome {
  if (!passed) throw new Error('A program answered fewer cases than it was given.');
  return { reads: passed.reading, writes: inOrder(passed.document) };
}

/** Fields that one or several languages wrote for a case. */
interface Written {
  case: string;
  writers: string[];
  fields: Fields;
}

function written(passed: Map<Language, Passed[]>, through: 'document' | 'environment'): Written[] {
  const found = new Map<string, Written>();
  for (const [{ name: writer }, results] of passed)
    for (const [index, result] of results.entries()) {
      const one = { case: CASES[index]?.name ?? '', writers: [], fields: inOrder(result[through]) };
      const key = JSON.stringify(one);
      found.set(key, found.get(key) ?? one);
      found.get(key)?.writers.push(writer);
    }
  return [...found.values()];
}

// Some languages don't keep the order of baggage.
function inOrder(fields: Fields): Fields {
  const sorted = Object.entries(fields)
    .map(([name, value]): [string, string] => [
      name,
      /^baggage$/i.test(name) ? value.split(',').toSorted().join(',') : value,
    ])
    .toSorted(byName);
  return Object.fromEntries(sorted);
}

/** Reads documents as extended JSON, into which a database export converts them. Strings must stay strings. */
async function readDocuments(language: Language, documents: Written[]): Promise<Reading[]> {
  const text = BSON.EJSON.stringify(
    documents.map(({ case: name, fields }): Case => ({ name, fields })),
    { relaxed: false },
  );
  const passed = await ask<Passed[]>(language, { input: BSON.EJSON.parse(text) });
  return passed.map(({ reading }) => reading);
}

async function readEnvironments(language: Language, environments: Written[]): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (const { fields } of environments) readings.push(await ask<Reading>(language, { environment: fields }));
  return readings;
}

async function readJobs(
  languages: readonly Language[],
  passed: Map<Language, Passed[]>,
  throughJobs: ThroughJobs,
): Promise<string[]> {
  const all = [...passed].flatMap(([{ name: writer }, results]) =>
    results.map(({ environment, job = listOf(environment) }, index) => ({
      name: `${CASES[index]?.name}: ${writer}`,
      environment,
      job: JSON.stringify(job),
    })),
  );
  const lists = [...new Set(all.map(({ job }) => job))];
  const delivered = await throughJobs(lists.map((list) => JSON.parse(list) as V1EnvVar[]));
  const found: string[] = [];
  for (const { name, environment, job } of all) {
    const arrived = delivered[lists.indexOf(job)] ?? {};
    // Equal environments can't be read differently.
    if (isDeepStrictEqual(arrived, environment)) continue;
    for (const reader of languages) {
      const [here, there] = [environment, arrived].map((fields) =>
        ask<Reading>(reader, { environment: fields }),
      );
      if (asText(await here) !== asText(await there)) found.push(`${name} → ${reader.name}`);
    }
  }
  return found;
}

const listOf = (environment: Fields): V1EnvVar[] =>
  Object.entries(environment).map(([name, value]) => ({ name, value }));

/** Compares what each language reads with what the first one does, which is this library. */
async function disagreements(
  through: 'document' | 'environment',
  written: Written[],
  [ours, ...others]: readonly Language[],
): Promise<string[]> {
  const readAll = { document: readDocuments, environment: readEnvironments }[through];
  const expected = ours ? await readAll(ours, written) : [];
  const found: string[] = [];
  for (const reader of others) {
    const readings = await readAll(reader, written);
    for (const [index, { case: name, writers }] of written.entries())
      if (asText(readings[index]) !== asText(expected[index]))
        found.push(...writers.map((writer) => `${through}, ${name}: ${writer} → ${reader.name}`));
  }
  return found;
}

/** Serializes a reading, with its baggage sorted. */
function asText(reading: Reading | undefined): string {
  if (!reading) throw new Error('A program answered fewer cases than it was given.');
  return JSON.stringify([reading.parent, reading.state, Object.entries(reading.baggage).toSorted(byName)]);
}

const byName = ([a]: [string, string], [b]: [string, string]): number => (a < b ? -1 : 1);
