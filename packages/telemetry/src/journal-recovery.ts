import { readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { SpanStatusCode } from '@opentelemetry/api';
import { postSpans } from './post-spans.ts';
import { warn } from './settings.ts';
import { hasLivingOwner, journalName } from './span-journal.ts';

const POST_TIMEOUT_MS = 5_000;
const SPANS_PER_POST = 500;

interface OtlpSpan {
  spanId: string;
  endTimeUnixNano: string;
  status?: { code: number; message?: string };
}
interface ResourceSpans {
  scopeSpans: Array<{ spans: OtlpSpan[] }>;
}

/**
 * Delivers what killed processes left in their journals. A span that was open when its process died ends there, with an
 * error that says so. Never rejects: a journal that can't be delivered stays for the next start.
 */
export async function recoverJournals(directory: string, tracesUrl: string): Promise<void> {
  for (const name of await readdir(directory).catch(() => [])) {
    if (!name.endsWith('.spans') || hasLivingOwner(name)) continue;
    const path = join(directory, name);
    await recover(path, directory, tracesUrl).catch((error: unknown) => {
      warn(`the journal ${path} was not delivered: ${String(error)}`);
    });
  }
}

async function recover(path: string, directory: string, tracesUrl: string): Promise<void> {
  // Whoever renames it has it: another process that starts at the same time finds nothing, unless this one is killed as well.
  const taken = join(directory, journalName());
  try {
    await rename(path, taken);
  } catch {
    return;
  }
  try {
    const { mtimeMs } = await stat(taken);
    const spans = readJournal(await readFile(taken, 'utf8'), BigInt(Math.round(mtimeMs)) * 1_000_000n);
    for (let from = 0; from < spans.length; from += SPANS_PER_POST) {
      const resourceSpans = spans.slice(from, from + SPANS_PER_POST);
      await postSpans(tracesUrl, JSON.stringify({ resourceSpans }), AbortSignal.timeout(POST_TIMEOUT_MS));
    }
    await rm(taken);
  } catch (error) {
    await rename(taken, path);
    throw error;
  }
}

/** What was started or ended and not delivered, each span as a request of its own. */
export function readJournal(text: string, diedAtNano: bigint): ResourceSpans[] {
  const left = new Map<string, ResourceSpans>();
  // The last line may have been cut off by the death of its writer.
  for (const line of text.split('\n').slice(0, -1)) {
    const mark = line[0];
    const rest = line.slice(2);
    if (mark === 'D') for (const id of rest.split(' ')) left.delete(id);
    else
      for (const resourceSpans of parse(rest))
        left.set(idOf(resourceSpans), closed(resourceSpans, mark, diedAtNano));
  }
  return [...left.values()];
}

function parse(json: string): ResourceSpans[] {
  return (JSON.parse(json) as { resourceSpans: ResourceSpans[] }).resourceSpans;
}

const spanOf = (resourceSpans: ResourceSpans): OtlpSpan | undefined => resourceSpans.scopeSpans[0]?.spans[0];

const idOf = (resourceSpans: ResourceSpans): string => spanOf(resourceSpans)?.spanId ?? '';

function closed(resourceSpans: ResourceSpans, mark: string | undefined, diedAtNano: bigint): ResourceSpans {
  const span = spanOf(resourceSpans);
  if (mark === 'S' && span) {
    span.endTimeUnixNano = String(diedAtNano);
    span.status = { code: SpanStatusCode.ERROR, message: 'the process was killed' };
  }
  return resourceSpans;
}
