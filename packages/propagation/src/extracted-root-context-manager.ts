import {
  createContextKey,
  propagation,
  ROOT_CONTEXT,
  trace,
  type Context,
  type ContextManager,
} from '@opentelemetry/api';

// Marks a root context that the code passed explicitly. Without this mark, `context.with(ROOT_CONTEXT, …)` couldn't leave the
// extracted trace.
const CHOSEN_ROOT = ROOT_CONTEXT.setValue(createContextKey('chosen root'), true);

/**
 * With this context manager, a program joins the trace that it was started in, although its code does not extract the context.
 * A context manager is the part of OpenTelemetry that keeps track of the active context. You register this one when you set up
 * OpenTelemetry, and it wraps another context manager.
 *
 * Wherever the wrapped manager has no context, the context that the process was started with is active: at top level, in timers
 * and listeners, and after a top-level await. A span with `{ root: true }`, or in an explicit `ROOT_CONTEXT`, still starts a new
 * trace.
 */
export class ExtractedRootContextManager implements ContextManager {
  readonly #inner: ContextManager;
  readonly #roots: ReadonlySet<Context>;
  #extracted: Context;

  /** @param inner the context manager to wrap, such as `AsyncLocalStorageContextManager`. Wrap it before any context is active */
  constructor(inner: ContextManager, extracted: Context) {
    this.#inner = inner;
    this.#extracted = extracted;
    this.#roots = new Set([ROOT_CONTEXT, ...rootOf(inner)]);
  }

  /**
   * Forgets the context that the process was started with. From then on, work without a context starts a new trace.
   *
   * If your process serves one run after another, call this method when the first run has ended. Otherwise, each later run joins the first
   * run's trace.
   */
  release(): void {
    this.#extracted = ROOT_CONTEXT;
  }

  active(): Context {
    const active = this.#inner.active();
    return this.#roots.has(active) ? this.#extracted : active;
  }

  with<A extends unknown[], F extends (...args: A) => ReturnType<F>>(
    context: Context,
    fn: F,
    thisArg?: ThisParameterType<F>,
    ...args: A
  ): ReturnType<F> {
    return this.#inner.with(this.#chosen(context), fn, thisArg, ...args);
  }

  bind<T>(context: Context, target: T): T {
    return this.#inner.bind(this.#chosen(context), target);
  }

  attach(context: Context): { dispose(): void } {
    return this.#inner.attach?.(this.#chosen(context)) ?? { dispose() {} };
  }

  enable(): this {
    this.#inner.enable();
    return this;
  }

  disable(): this {
    this.#inner.disable();
    return this;
  }

  #chosen(context: Context): Context {
    return this.#roots.has(context) ? CHOSEN_ROOT : context;
  }
}

/**
 * Returns the root context of a manager. Since API 1.10, `import` and `require` each have their own root, and the manager may
 * have been loaded the other way. A context with a span or baggage is not a root: the manager was then wrapped too late to find
 * its root.
 */
function rootOf(inner: ContextManager): Context[] {
  const root = inner.active();
  return trace.getSpan(root) || propagation.getBaggage(root) ? [] : [root];
}
