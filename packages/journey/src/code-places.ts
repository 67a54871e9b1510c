/** A line of this project that decides whether a trace holds together. A test finds each `code` in its file. */
export interface CodePlace {
  path: string;
  code: string;
}

export const CODE = {
  capturesContext: { path: 'services/writer/place-order.ts', code: 'const context = captureContext();' },
  readsDocument: {
    path: 'services/poller/attempt.ts',
    code: 'extractContext(order.context, documentCarrier, ROOT_CONTEXT);',
  },
  injectsIntoPod: {
    path: 'services/job-launcher/job-manifest.ts',
    code: 'injectIntoPodSpec(spec, launch.context);',
  },
  readsEnvironment: {
    path: 'packages/telemetry/src/context-manager.ts',
    code: 'return new ExtractedRootContextManager(manager, extractFromEnvironment(env));',
  },
  choosesShape: {
    path: 'services/poller/demo/poller-demo.ts',
    code: "TRACE_SHAPES.find((shape) => shape === demo?.shape) ?? 'parent'",
  },
  staleDocument: {
    path: 'services/writer/demo/spoil-carrier.ts',
    code: 'stale: () => captureContext(demoContexts.stale()),',
  },
  earlyDocument: {
    path: 'services/writer/demo/spoil-carrier.ts',
    code: 'early: () => captureContext(demoContexts.early()),',
  },
  textDocument: {
    path: 'services/writer/demo/spoil-carrier.ts',
    code: 'text: (context) => context && asText(context),',
  },
  staleJob: {
    path: 'services/job-launcher/demo/spoil-job.ts',
    code: 'stale: (env) => injectContext(demoContexts.stale(), env, v1EnvVarCarrier),',
  },
  twiceInJob: {
    path: 'services/job-launcher/demo/spoil-job.ts',
    code: 'twice: (env) => env.push(...injectContext(demoContexts.stale(), [], v1EnvVarCarrier)),',
  },
  earlyJob: {
    path: 'services/job-launcher/demo/spoil-job.ts',
    code: 'early: (env) => injectContext(demoContexts.early(), env, v1EnvVarCarrier),',
  },
  lowercaseJob: {
    path: 'services/job-launcher/demo/spoil-job.ts',
    code: 'variable.name = header ?? variable.name;',
  },
  followsHeader: {
    path: 'packages/telemetry/src/propagator.ts',
    code: 'return withBaggageAllowList(createEdgePropagator(all, edgePolicy), baggageKeys);',
  },
} as const satisfies Record<string, CodePlace>;
