// Like places.ts, but as a CommonJS program.
const { trace } = require('@opentelemetry/api');

const span = trace.getTracer('program').startSpan('top level');
console.log(JSON.stringify({ 'top level': span.spanContext().traceId }));
