import {
  ATTR_MESSAGING_BATCH_MESSAGE_COUNT,
  ATTR_MESSAGING_DESTINATION_NAME,
  ATTR_MESSAGING_MESSAGE_ID,
  ATTR_MESSAGING_OPERATION_NAME,
  ATTR_MESSAGING_OPERATION_TYPE,
  ATTR_MESSAGING_SYSTEM,
  RecentAttempts,
} from '@beyond-headers/instrumentation-queue-common';
import { captureContext, extractContext, linkTo, startFrom } from '@beyond-headers/propagation';
import { context, SpanKind, type Attributes, type Context } from '@opentelemetry/api';
import {
  InstrumentationBase,
  InstrumentationNodeModuleDefinition,
  isWrapped,
} from '@opentelemetry/instrumentation';
import { Deliveries } from './deliveries.ts';
import { noteContext } from './message-context.ts';
import {
  queuePrototype,
  type Callback,
  type Exports,
  type GetOptions,
  type Message,
  type Queue,
} from './mongodb-queue.ts';
import { openSpan, safely, type OpenSpan } from './open-span.ts';
import { claiming, storing } from './stored-context.ts';
import type { MongoDBQueueInstrumentationConfig } from './types.ts';

type Method = 'add' | 'get' | 'ping' | 'ack';
const METHODS: readonly Method[] = ['add', 'get', 'ping', 'ack'];

/** No convention defines this attribute. Its name follows `messaging.gcp_pubsub.message.delivery_attempt`. */
const ATTR_DELIVERY_ATTEMPT = 'messaging.mongodb_queue.message.delivery_attempt';

/**
 * Traces messages of mongodb-queue, with a PRODUCER span for each added message, and a CONSUMER span from its delivery until it is
 * acknowledged.
 *
 * The context is stored in the message's document, beside the payload.
 */
export class MongoDBQueueInstrumentation extends InstrumentationBase<MongoDBQueueInstrumentationConfig> {
  readonly #deliveries = new Deliveries();
  readonly #failed = new RecentAttempts();

  constructor(config: MongoDBQueueInstrumentationConfig = {}) {
    super('@beyond-headers/instrumentation-mongodb-queue', '0.0.0', config);
  }

  protected override init() {
    const unpatch = (exports: Exports) => {
      const prototype = queuePrototype(exports);
      for (const method of METHODS) if (isWrapped(prototype[method])) this._unwrap(prototype, method);
    };
    const patch = (exports: Exports) => {
      // ESM and CommonJS share the class, so a program that loads mongodb-queue both ways must not be traced twice.
      unpatch(exports);
      const prototype = queuePrototype(exports);
      this._wrap(prototype, 'add', (add) => this.#addPatch(add));
      this._wrap(prototype, 'get', (get) => this.#getPatch(get));
      this._wrap(prototype, 'ping', (ping) => this.#pingPatch(ping));
      this._wrap(prototype, 'ack', (ack) => this.#ackPatch(ack));
      return exports;
    };
    return new InstrumentationNodeModuleDefinition('mongodb-queue', ['>=4.0.0 <5'], patch, unpatch);
  }

  #addPatch(add: Queue['add']): Queue['add'] {
    const traced = this.#add.bind(this);
    return function tracedAdd(this: Queue, payload, ...rest) {
      const done = rest.at(-1);
      // mongodb-queue throws if the batch is empty, or if there is no callback.
      const isRefused = typeof done !== 'function' || (Array.isArray(payload) && payload.length === 0);
      if (isRefused) return add.call(this, payload, ...rest);
      const options = rest.length > 1 ? rest[0] : {};
      return traced(this, payload, done as Callback<string>, (queue, called) =>
        add.call(queue, payload, options, called),
      );
    };
  }

  #add(
    queue: Queue,
    payload: unknown,
    done: Callback<string>,
    add: (queue: Queue, done: Callback<string>) => void,
  ): void {
    const caller = context.active();
    const payloads: readonly unknown[] = Array.isArray(payload) ? payload : [payload];
    const created = payloads.map((each) => this.#create(queue, each, Array.isArray(payload)));
    const sending = Array.isArray(payload) ? this.#sendBatch(queue, created) : created[0];
    const view = storing(
      queue,
      created.map((each) => captureContext(each.context)),
      (ids) => {
        for (const [index, { span }] of created.entries())
          span.setAttribute(ATTR_MESSAGING_MESSAGE_ID, String(ids[index]));
      },
    );
    const end = (error?: Error | null) => {
      for (const span of new Set([...created, sending])) span?.end(error);
    };
    try {
      context.with(sending?.context ?? caller, () =>
        add(view, (error, result) => {
          end(error);
          context.with(caller, done, undefined, error, result);
        }),
      );
    } catch (error) {
      // The driver throws errors that it detects synchronously, such as a closed connection.
      end(error as Error);
      throw error;
    }
  }

  /** Opens the span that a message carries: in a batch, a span of its own, and otherwise the span that sends the message. */
  #create(queue: Queue, payload: unknown, isInBatch: boolean): OpenSpan {
    const operation = isInBatch ? 'create' : 'send';
    const opened = openSpan(this.tracer, `${operation} ${queue.name}`, {
      kind: SpanKind.PRODUCER,
      attributes: attributesOf(queue, operation),
    });
    const { producerHook: hook } = this.getConfig();
    if (hook) safely('call producerHook', () => hook(opened.span, { queue: queue.name, payload }));
    return opened;
  }

  #sendBatch(queue: Queue, created: readonly OpenSpan[]): OpenSpan {
    return openSpan(this.tracer, `send ${queue.name}`, {
      kind: SpanKind.CLIENT,
      attributes: { ...attributesOf(queue, 'send'), [ATTR_MESSAGING_BATCH_MESSAGE_COUNT]: created.length },
      links: created.flatMap(({ span }) => linkTo(span.spanContext())),
    });
  }

  #getPatch(get: Queue['get']): Queue['get'] {
    const traced = this.#get.bind(this);
    return function tracedGet(this: Queue, ...args) {
      const done = args.at(-1);
      if (typeof done !== 'function') return get.call(this, ...args);
      const options: GetOptions = args.length > 1 ? (args[0] as GetOptions) : {};
      return traced(this, options, done, get);
    };
  }

  #get(queue: Queue, options: GetOptions, done: Callback<Message>, get: Queue['get']): void {
    const caller = context.active();
    let carried: Context | undefined;
    let visibility = options.visibility || queue.visibility;
    const claims = claiming(queue, (stored) => (carried = extractContext(stored)));
    const again = (next: Callback<Message>) => {
      visibility = queue.visibility;
      get.call(view, next);
    };
    const view: Queue = Object.create(claims, {
      // After a dead letter, `get` calls itself for the next message, without options. That is part of the same call.
      get: { value: again },
      deadQueue: { value: queue.deadQueue && movingTo(queue.deadQueue, () => carried ?? caller) },
    });
    get.call(view, options, (error, message) => {
      if (error || !message) return context.with(caller, done, undefined, error, message);
      return this.#deliver(queue, message, {
        carried: carried ?? caller,
        visibilityMs: 1_000 * visibility,
        done,
      });
    });
  }

  #deliver(
    queue: Queue,
    message: Message,
    { carried, visibilityMs, done }: { carried: Context; visibilityMs: number; done: Callback<Message> },
  ): void {
    const { consumerHook: hook } = this.getConfig();
    const { id, ack, payload } = message;
    // Must precede the start of the new attempt's span, which links to the previous attempt.
    this.#deliveries.endOf(id);
    const attempt = this.#openAttempt(queue, message, carried);
    const { span } = attempt;
    this.#deliveries.begin(id, ack, visibilityMs, (error) => {
      if (error) this.#failed.remember(id, span.spanContext());
      attempt.end(error);
    });
    if (hook) safely('call consumerHook', () => hook(span, { queue: queue.name, payload }));
    noteContext(message, attempt.context);
    context.with(attempt.context, done, undefined, null, message);
  }

  #openAttempt(queue: Queue, { id, tries }: Message, carried: Context): OpenSpan {
    const { shape = 'parent' } = this.getConfig();
    const identity = { [ATTR_MESSAGING_MESSAGE_ID]: id };
    return openSpan(this.tracer, `process ${queue.name}`, {
      kind: SpanKind.CONSUMER,
      attributes: { ...attributesOf(queue, 'process'), ...identity, [ATTR_DELIVERY_ATTEMPT]: tries },
      ...startFrom({ shape, carried, attributes: identity, previousAttempt: this.#failed.take(id) }),
    });
  }

  #pingPatch(ping: Queue['ping']): Queue['ping'] {
    const deliveries = this.#deliveries;
    return function tracedPing(this: Queue, token, ...rest) {
      const done = rest.at(-1);
      if (typeof done !== 'function') return ping.call(this, token, ...rest);
      const options: GetOptions = rest.length > 1 ? (rest[0] as GetOptions) : {};
      const caller = context.active();
      return ping.call(this, token, options, (error, id) => {
        if (!error) deliveries.extend(token, 1_000 * (options.visibility || this.visibility));
        context.with(caller, done, undefined, error, id);
      });
    };
  }

  #ackPatch(ack: Queue['ack']): Queue['ack'] {
    const deliveries = this.#deliveries;
    return function tracedAck(this: Queue, token, done) {
      if (typeof done !== 'function') return ack.call(this, token, done);
      const caller = context.active();
      return ack.call(this, token, (error, id) => {
        deliveries.settle(token, error);
        context.with(caller, done, undefined, error, id);
      });
    };
  }
}

/** Adds a dead letter in the trace of its message, instead of the trace of the current caller of `get`. */
function movingTo(deadQueue: Queue, carried: () => Context): Pick<Queue, 'add'> {
  return {
    add: (payload, ...rest) => context.with(carried(), () => deadQueue.add(payload, ...rest)),
  };
}

function attributesOf({ name }: Queue, operation: 'create' | 'send' | 'process'): Attributes {
  return {
    [ATTR_MESSAGING_SYSTEM]: 'mongodb_queue',
    [ATTR_MESSAGING_DESTINATION_NAME]: name,
    [ATTR_MESSAGING_OPERATION_NAME]: operation,
    [ATTR_MESSAGING_OPERATION_TYPE]: operation,
  };
}
