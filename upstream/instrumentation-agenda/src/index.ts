export { AgendaInstrumentation } from './instrumentation.ts';
export type { AgendaInstrumentationConfig, AgendaJobHook, AgendaJobInfo } from './types.ts';
