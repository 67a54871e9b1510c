import {
  ATTR_MESSAGING_DESTINATION_NAME,
  ATTR_MESSAGING_MESSAGE_ID,
  ATTR_MESSAGING_OPERATION_NAME,
  ATTR_MESSAGING_OPERATION_TYPE,
  ATTR_MESSAGING_SYSTEM,
  RecentAttempts,
} from '@beyond-headers/instrumentation-queue-common';
import {
  captureContext,
  detached,
  extractContext,
  inSpan,
  startFrom,
  type DocumentContext,
  type TraceShape,
} from '@beyond-headers/propagation';
import { SpanKind, type Attributes, type Span } from '@opentelemetry/api';
import {
  InstrumentationBase,
  InstrumentationNodeModuleDefinition,
  isWrapped,
  safeExecuteInTheMiddle,
} from '@opentelemetry/instrumentation';
import type * as agenda from 'agenda';
import { contextIn, hasRoom, withContext, withoutContext } from './carried-data.ts';
import type { AgendaInstrumentationConfig, AgendaJobHook } from './types.ts';

type Job = agenda.Job;
type Save = (this: Job) => Promise<Job>;
type RunJob = (this: Job) => Promise<void>;
type Start = (this: agenda.Agenda) => Promise<void>;

/** No convention defines this attribute. Its name follows `messaging.gcp_pubsub.message.delivery_attempt`. */
const ATTR_DELIVERY_ATTEMPT = 'messaging.agenda.message.delivery_attempt';

/**
 * Traces jobs of agenda, with a PRODUCER span when a job is saved, and a CONSUMER span for each run of its handler.
 *
 * The context travels in the job's `data`. Handlers don't see it there.
 */
export class AgendaInstrumentation extends InstrumentationBase<AgendaInstrumentationConfig> {
  readonly #failed = new RecentAttempts();
  /** The context that a running handler's job carries. If the handler saves the job, the context must not get lost. */
  readonly #carried = new WeakMap<Job, DocumentContext>();

  constructor(config: AgendaInstrumentationConfig = {}) {
    super('@beyond-headers/instrumentation-agenda', '0.0.0', config);
  }

  protected override init() {
    const unpatch = ({ Agenda, Job }: typeof agenda) => {
      for (const method of ['save', 'runJob'] as const)
        if (isWrapped(Job.prototype[method])) this._unwrap(Job.prototype, method);
      for (const method of ['start'] as const)
        if (isWrapped(Agenda.prototype[method])) this._unwrap(Agenda.prototype, method);
    };
    const patch = (exports: typeof agenda) => {
      // ESM and CommonJS share these classes, so a program that loads agenda both ways must not be traced twice.
      unpatch(exports);
      this._wrap(exports.Job.prototype, 'save', (save) => this.#savePatch(save));
      this._wrap(exports.Job.prototype, 'runJob', (runJob) => this.#runJobPatch(runJob));
      this._wrap(exports.Agenda.prototype, 'start', (start) => startPatch(start));
      return exports;
    };
    return new InstrumentationNodeModuleDefinition('agenda', ['>=6.0.0 <7'], patch, unpatch);
  }

  #savePatch(save: Save): Save {
    const traced = (job: Job) => this.#save(job, save);
    return function tracedSave(this: Job) {
      return traced(this);
    };
  }

  #runJobPatch(runJob: RunJob): RunJob {
    const traced = (job: Job) => this.#process(job, () => runJob.call(job));
    return function tracedRunJob(this: Job) {
      return traced(this);
    };
  }

  async #save(job: Job, save: Save): Promise<Job> {
    // In a forked worker agenda saves nothing.
    if (job.agenda.forkedWorker) return save.call(job);
    if (!isToRun(job)) return saveCarrying(job, save, this.#carried.get(job));
    const options = { tracer: this.tracer, kind: SpanKind.PRODUCER, attributes: attributesOf(job, 'send') };
    return inSpan(`send ${job.attrs.name}`, options, async (span) => {
      this.#hook('producerHook', span, job);
      const saved = await saveCarrying(job, save, this.#capture(job));
      span.setAttribute(ATTR_MESSAGING_MESSAGE_ID, String(job.attrs._id));
      return saved;
    });
  }

  #capture({ attrs: { name, data, unique } }: Job): DocumentContext | undefined {
    // agenda finds such a job by its whole data, so with a context in the data, each save would create another job.
    const isUniqueByAll = unique !== undefined && Object.hasOwn(unique, 'data');
    if (!isUniqueByAll && hasRoom(data)) return captureContext();
    const reason = isUniqueByAll
      ? 'is unique by the whole of its data'
      : 'has data that is not a plain object';
    this._diag.debug(`The job ${name} carries no context: it ${reason}.`);
    return undefined;
  }

  async #process(job: Job, run: () => Promise<void>): Promise<void> {
    const { attrs } = job;
    const carried = extractContext(contextIn(attrs.data));
    this.#keepCarried(job);
    const id = String(attrs._id);
    const start = startFrom({
      shape: this.#shapeOf(job),
      carried,
      attributes: { [ATTR_MESSAGING_MESSAGE_ID]: id },
      previousAttempt: this.#failed.take(id),
    });
    const attributes = {
      ...attributesOf(job, 'process'),
      [ATTR_MESSAGING_MESSAGE_ID]: id,
      [ATTR_DELIVERY_ATTEMPT]: (attrs.failCount ?? 0) + 1,
    };
    const options = { tracer: this.tracer, kind: SpanKind.CONSUMER, attributes, ...start };
    await inSpan(`process ${attrs.name}`, options, async (span) => {
      this.#hook('consumerHook', span, job);
      try {
        await run();
      } catch (error) {
        this.#failed.remember(id, span.spanContext());
        throw error;
      }
    });
  }

  /** Removes the context from the data that the handler sees, because the handler may validate the data, or pass it to another job. */
  #keepCarried(job: Job): void {
    const carried = contextIn(job.attrs.data);
    if (carried === undefined) return;
    this.#carried.set(job, carried as DocumentContext);
    job.attrs.data = withoutContext(job.attrs.data);
  }

  #shapeOf(job: Job): TraceShape {
    const { shape } = this.getConfig();
    if (typeof shape === 'string') return shape;
    const byDefault = job.attrs.repeatInterval || job.attrs.repeatAt ? 'link' : 'parent';
    if (!shape) return byDefault;
    return this.#safely('shape', () => shape({ job })) ?? byDefault;
  }

  #hook(name: 'producerHook' | 'consumerHook', span: Span, job: Job): void {
    const hook: AgendaJobHook | undefined = this.getConfig()[name];
    if (hook) this.#safely(name, () => hook(span, { job }));
  }

  #safely<T>(what: string, call: () => T): T | undefined {
    return safeExecuteInTheMiddle(
      call,
      (error) => error && this._diag.error(`Failed to call ${what}; the job goes on.`, error),
      true,
    );
  }
}

/** Starts the polling loop without the active context, because the loop outlives the request or span that starts it. */
function startPatch(start: Start): Start {
  return function detachedStart(this: agenda.Agenda) {
    return detached(() => start.call(this));
  };
}

/** Reports whether a saved job will run, and so is a message. Handlers also save jobs to record progress, and users to disable them. */
function isToRun({ attrs: { nextRunAt, disabled } }: Job): boolean {
  return nextRunAt !== null && !disabled;
}

/** Saves the job with a context in its stored data. The caller's data doesn't change, and the caller gets its own job back. */
async function saveCarrying(job: Job, save: Save, carried: DocumentContext | undefined): Promise<Job> {
  const toJson: Job['toJson'] = (...args) => {
    const json = job.toJson(...args);
    return { ...json, data: withContext(json.data, carried) };
  };
  const view: Job = Object.create(job, { toJson: { value: toJson } });
  const saved = await save.call(view);
  return saved === view ? job : saved;
}

function attributesOf({ attrs: { name } }: Job, operation: 'send' | 'process'): Attributes {
  return {
    [ATTR_MESSAGING_SYSTEM]: 'agenda',
    [ATTR_MESSAGING_DESTINATION_NAME]: name,
    [ATTR_MESSAGING_OPERATION_NAME]: operation,
    [ATTR_MESSAGING_OPERATION_TYPE]: operation,
  };
}
