/** The flag that says that the trace id was made at random. https://www.w3.org/TR/trace-context-2/#random-trace-id-flag */
export const RANDOM_TRACE_FLAG = 0x02;

/** The flags that W3C Trace Context level 2 defines, sampled and random; others must not be passed on. */
export const KNOWN_TRACE_FLAGS = 0x01 | RANDOM_TRACE_FLAG;
