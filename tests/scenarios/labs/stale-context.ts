import { execFileSync } from 'node:child_process';
import {
  captureContext,
  detached,
  environmentForChild,
  ExtractedRootContextManager,
  extractContext,
  extractFromEnvironment,
  processEnvCarrier,
  injectCurrentContext,
  startFrom,
  type DocumentContext,
} from '@beyond-headers/propagation';
import { extractFromChange, type ChangeEvent } from '@beyond-headers/propagation/mongodb';
import { context, trace, type Context, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { record, type LabSpan } from './recorder.ts';

/** A mistake that results in a wrong trace although no span is missing, and its fix. */
export interface Lab {
  title: string;
  /** The mistake, and what to do instead. */
  explanation: string;
  wrong: () => Promise<LabSpan[]>;
  right: () => Promise<LabSpan[]>;
  /** The expected traces, as `drawTraces` draws them. */
  expected: { wrong: string; right: string };
}

interface Stored {
  total: number;
  context?: DocumentContext | undefined;
}

/** Labs about stale contexts: two writes before a read, a document that is passed on, a child process, a message that is too old, … */
export const staleContextLabs: readonly Lab[] = [
  {
    title: 'Two writes before one read',
    explanation:
      'The second writer changes the document and leaves the context of the first: the reader works on its data in the ' +
      'trace of another writer. Capture the context again with each write that is to be followed, and link the one it replaces.',
    wrong: () => record((tracer) => twoWrites(tracer, (stored) => ({ ...stored, total: 2 }))),
    right: () => record((tracer) => twoWrites(tracer, rewrite)),
    expected: {
      wrong: 'first write\n  read\nsecond write',
      right: 'first write\nsecond write\n  store (links to: first write)\n    read',
    },
  },
  {
    title: 'A document passed on',
    explanation:
      'The second service hands the document on with the context that it came with: the third appears beside the second ' +
      'instead of below it. Inject again before passing on; inject replaces what was there.',
    wrong: () => record((tracer) => passOn(tracer, (stored) => stored)),
    right: () =>
      record((tracer) => passOn(tracer, (stored) => ({ ...stored, context: injectCurrentContext({}) }))),
    expected: {
      wrong: 'writer\n  second service\n  third service',
      right: 'writer\n  second service\n    third service',
    },
  },
  {
    title: 'A child process with the variable of its parent',
    explanation:
      'A child inherits the TRACEPARENT that its parent was started with, and appears beside the step that started it. ' +
      'Start it with environmentForChild(), which holds the current context.',
    wrong: () => record((tracer) => startChild(tracer, (env) => env)),
    right: () => record((tracer) => startChild(tracer, (env) => environmentForChild(env))),
    expected: {
      wrong: 'launch\n  step in the job\n  child process',
      right: 'launch\n  step in the job\n    child process',
    },
  },
  {
    title: 'A message that waited for days',
    explanation:
      'A message that is found after days, or tried again and again, makes one trace that lasts for days and grows with ' +
      'every attempt. Give startFrom a limit of age or attempts: beyond it the work gets a trace of its own that links back.',
    wrong: () => record((tracer) => receiveLate(tracer, undefined)),
    right: () => record((tracer) => receiveLate(tracer, DAY_MS)),
    expected: { wrong: 'send\n  process', right: 'send\nprocess (links to: send)' },
  },
  {
    title: 'A context that comes after its document',
    explanation:
      'The document is visible before its context is written: a consumer that is quick finds none and starts a trace of its own. ' +
      'Write the context in the same write as the document.',
    wrong: () => record((tracer) => sendInTwoWrites(tracer)),
    right: () => record((tracer) => sendInOneWrite(tracer)),
    expected: { wrong: 'process\nsend', right: 'send\n  process' },
  },
  {
    title: 'A warm worker',
    explanation:
      'A process that is kept for the next run keeps the context that it was started with: each later run appears in the trace of ' +
      'the first. Release the extracted context when the first run is over, and start each run from its own carrier.',
    wrong: () => record((tracer) => runTwice(tracer, () => undefined)),
    right: () => record((tracer) => runTwice(tracer, (manager) => manager.release())),
    expected: { wrong: 'launch\n  first run\n  second run', right: 'launch\n  first run\nsecond run' },
  },
  {
    title: 'A loop that is started in a request',
    explanation:
      'A loop or a timer keeps the context in which it was started: every round, for days, is a child of that one request. ' +
      'Start it with detached().',
    wrong: () => record((tracer) => startLoop(tracer, (loop) => loop())),
    right: () => record((tracer) => startLoop(tracer, (loop) => detached(loop))),
    expected: { wrong: 'request\n  round\n  round', right: 'request\nround\nround' },
  },
  {
    title: 'A change event read late',
    explanation:
      'A stream with updateLookup gives the document of now beside each event: a consumer that is behind joins every change to the ' +
      'latest write. Read the context from what the event itself says was written, with extractFromChange().',
    wrong: () =>
      record((tracer) => readChanges(tracer, (event) => extractContext(event.fullDocument.context))),
    right: () => record((tracer) => readChanges(tracer, (event) => extractFromChange(event))),
    expected: {
      wrong: 'first write\nsecond write\n  first change\n  second change',
      right: 'first write\n  first change\nsecond write\n  second change',
    },
  },
];

const DAY_MS = 86_400_000;

function receiveLate(tracer: Tracer, maxAgeMs: number | undefined): void {
  const stored = step(tracer, 'send', context.active(), () => captureContext());
  const carried = extractContext(stored);
  const { context: from, ...options } = startFrom({ shape: 'parent', carried, ageMs: 3 * DAY_MS, maxAgeMs });
  tracer.startSpan('process', options, from).end();
}

function step<T>(tracer: Tracer, name: string, parent: Context, fn: () => T): T {
  const span = tracer.startSpan(name, {}, parent);
  return context.with(trace.setSpan(parent, span), () => {
    try {
      return fn();
    } finally {
      span.end();
    }
  });
}

function twoWrites(tracer: Tracer, change: (stored: Stored, tracer: Tracer) => Stored): void {
  const first = step(tracer, 'first write', context.active(), (): Stored => ({
    total: 1,
    context: captureContext(),
  }));
  const second = step(tracer, 'second write', context.active(), () => change(first, tracer));
  step(tracer, 'read', extractContext(second.context), () => undefined);
}

function rewrite(stored: Stored, tracer: Tracer): Stored {
  const { links } = startFrom({ shape: 'parent+link', carried: extractContext(stored.context) });
  const span = tracer.startSpan('store', { links });
  const current = trace.setSpan(context.active(), span);
  span.end();
  return { ...stored, total: 2, context: captureContext(current) };
}

function passOn(tracer: Tracer, change: (stored: Stored) => Stored): void {
  const stored = step(tracer, 'writer', context.active(), (): Stored => ({
    total: 1,
    context: captureContext(),
  }));
  const passed = step(tracer, 'second service', extractContext(stored.context), () => change(stored));
  step(tracer, 'third service', extractContext(passed.context), () => undefined);
}

type Environment = Record<string, string | undefined>;
const PRINT_TRACEPARENT = 'process.stdout.write(process.env.TRACEPARENT ?? "")';

function startChild(tracer: Tracer, prepare: (env: Environment) => Environment): void {
  const own = step(tracer, 'launch', context.active(), (): Environment =>
    injectCurrentContext({}, processEnvCarrier),
  );
  const seen = step(tracer, 'step in the job', extractFromEnvironment(own), () =>
    execFileSync(process.execPath, ['-e', PRINT_TRACEPARENT], { env: prepare(own) }).toString(),
  );
  step(tracer, 'child process', extractFromEnvironment({ TRACEPARENT: seen }), () => undefined);
}

function sendInTwoWrites(tracer: Tracer): void {
  const span = tracer.startSpan('send');
  const stored: Stored = { total: 1 };
  step(tracer, 'process', extractContext(stored.context), () => undefined);
  stored.context = captureContext(trace.setSpan(context.active(), span));
  span.end();
}

function sendInOneWrite(tracer: Tracer): void {
  const stored = step(tracer, 'send', context.active(), (): Stored => ({
    total: 1,
    context: captureContext(),
  }));
  step(tracer, 'process', extractContext(stored.context), () => undefined);
}

function runTwice(tracer: Tracer, endRun: (manager: ExtractedRootContextManager) => void): void {
  const carried = step(tracer, 'launch', context.active(), () => extractContext(captureContext()));
  const manager = new ExtractedRootContextManager(new AsyncLocalStorageContextManager(), carried);
  context.disable();
  context.setGlobalContextManager(manager.enable());
  tracer.startSpan('first run').end();
  endRun(manager);
  tracer.startSpan('second run').end();
}

async function startLoop(tracer: Tracer, start: (loop: () => Promise<void>) => Promise<void>): Promise<void> {
  const rounds = step(tracer, 'request', context.active(), () =>
    start(async () => {
      for (let round = 0; round < 2; round++) {
        await new Promise((resolve) => setImmediate(resolve));
        tracer.startSpan('round').end();
      }
    }),
  );
  await rounds;
}

interface LookedUp extends ChangeEvent {
  fullDocument: Stored;
}

/** Reads both change events of a document after its second write, as with `updateLookup`. */
function readChanges(tracer: Tracer, contextOf: (event: LookedUp) => Context): void {
  const write = (name: string, total: number) =>
    step(tracer, name, context.active(), (): Stored => ({ total, context: captureContext() }));
  const first = write('first write', 1);
  const second = write('second write', 2);
  const event = (updatedFields: Stored): LookedUp => ({
    operationType: 'update',
    fullDocument: second,
    updateDescription: { updatedFields },
  });
  step(tracer, 'first change', contextOf(event(first)), () => undefined);
  step(tracer, 'second change', contextOf(event(second)), () => undefined);
}
