/** A line of this project that decides whether a trace holds together. A test finds each `code` in its file. */
export interface CodePlace {
  path: string;
  code: string;
}

export const CODE = {
  writesDocument: {
    path: 'services/writer/place-order.ts',
    code: "const context = body.demo?.document === 'off' ? undefined : captureContext();",
  },
  readsDocument: {
    path: 'services/poller/trace-start.ts',
    code: 'extractContext(order.context, documentCarrier, ROOT_CONTEXT);',
  },
  injectsIntoPod: {
    path: 'services/job-launcher/job-manifest.ts',
    code: 'if (launch.intoPod) injectIntoPodSpec(spec, launch.context);',
  },
  readsEnvironment: {
    path: 'packages/telemetry/src/job-sdk.ts',
    code: 'const root = shouldExtractImplicitly(env) ? extractFromEnvironment(env) : ROOT_CONTEXT;',
  },
  choosesShape: {
    path: 'services/poller/trace-start.ts',
    code: "shape: order.demo?.shape ?? 'parent',",
  },
} as const satisfies Record<string, CodePlace>;
