import { RecordedEvents } from './recorded-events.ts';
import { recordedFetch } from './recorded-fetch.ts';

/* The page's modules are unchanged. The recordings answer what these modules ask their server. */
Object.assign(globalThis, { fetch: recordedFetch, EventSource: RecordedEvents });
