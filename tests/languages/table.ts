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
  /** The list of a container; of a language that has no carrier for one, its environment as it is. */
  job?: V1EnvVar[];
}

/** What a language reads of the fields of a case, and what it writes after them. */
export interface Outcome {
  reads: Reading;
  writes: Fields;
}

/** Everything that the table shows. */
export interface Table {
  /** By name of the case, then of the language. */
  outcomes: Record<string, Record<string, Outcome>>;
  /** `<medium>, <case>: <writer> → <reader>`, where the reader gets something else than this library does. */
  disagreements: string[];
  /** `<case>: <writer> → <reader>`, where the reader gets something else from a Job's container than from a process. */
  jobs?: string[];
}

/** Gives the environment that the container of a Job has, for each list of variables. */
export type ThroughJobs = (lists: V1EnvVar[][]) => Promise<Fields[]>;

/**
 * Runs the whole table. Every language passes every case on. What each of them wrote is read by all, from the document as extended JSON,
 * and from the environment of a process. Fields that several wrote alike are read once.
 * @param throughJobs with it, also from the environment that a kubelet makes of a Job's list
 */
export async function runTable(languages: readonly Language[], throughJobs?: ThroughJobs): Promise<Table> {
  const passed = new Map<Language, Passed[]>();
  for (const language of languages) passed.set(language, await ask<Passed[]>(language, { input: CASES }));
  const outcomes: Table['outcomes'] = {};
  for (const [index, { name }] of CASES.entries())
    outcomes[name] = Object.fromEntries(
      languages.map((language) => [language.name, outcomeOf(passed.get(language)?.[index])]),
    );
  const disagreements = [
    ...(await readDocuments(languages, written(passed, 'document'))),
    ...(await readEnvironments(languages, written(passed, 'environment'))),
  ];
  const jobs = throughJobs && (await readJobs(languages, passed, throughJobs));
  return { outcomes, disagreements: disagreements.toSorted(), ...(jobs && { jobs: jobs.toSorted() }) };
}

function outcomeOf(passed: Passed | undefined): Outcome {
  if (!passed) throw new Error('A program answered fewer cases than it was given.');
  return { reads: passed.reading, writes: inOrder(passed.document) };
}

/** Fields that one or several languages wrote in a case. */
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

// Some languages keep baggage without an order.
function inOrder(fields: Fields): Fields {
  const sorted = Object.entries(fields)
    .map(([name, value]): [string, string] => [
      name,
      /^baggage$/i.test(name) ? value.split(',').toSorted().join(',') : value,
    ])
    .toSorted(byName);
  return Object.fromEntries(sorted);
}

async function readDocuments(languages: readonly Language[], documents: Written[]): Promise<string[]> {
  // As a database's export has them, and back: text stays text.
  const text = BSON.EJSON.stringify(
    documents.map(({ case: name, fields }): Case => ({ name, fields })),
    { relaxed: false },
  );
  const input = BSON.EJSON.parse(text) as Case[];
  const readings = new Map<string, Reading[]>();
  for (const language of languages)
    readings.set(
      language.name,
      (await ask<Passed[]>(language, { input })).map(({ reading }) => reading),
    );
  return documents.flatMap((document, index) =>
    disagreements('document', document, (name) => readings.get(name)?.[index], languages),
  );
}

async function readEnvironments(languages: readonly Language[], environments: Written[]): Promise<string[]> {
  const found: string[] = [];
  for (const one of environments) {
    const readings = new Map<string, Reading>();
    for (const language of languages)
      readings.set(language.name, await ask<Reading>(language, { environment: one.fields }));
    found.push(...disagreements('environment', one, (name) => readings.get(name), languages));
  }
  return found;
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
    // The same bytes are read alike.
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

function disagreements(
  through: string,
  { case: name, writers }: Written,
  readingOf: (language: string) => Reading | undefined,
  [ours, ...others]: readonly Language[],
): string[] {
  const expected = asText(readingOf(ours?.name ?? ''));
  return others
    .filter((reader) => asText(readingOf(reader.name)) !== expected)
    .flatMap((reader) => writers.map((writer) => `${through}, ${name}: ${writer} → ${reader.name}`));
}

/** A reading as text that does not depend on the order of its baggage. */
function asText(reading: Reading | undefined): string {
  if (!reading) throw new Error('A program answered fewer cases than it was given.');
  return JSON.stringify([reading.parent, reading.state, Object.entries(reading.baggage).toSorted(byName)]);
}

const byName = ([a]: [string, string], [b]: [string, string]): number => (a < b ? -1 : 1);
