import { RecordedEvents } from './recorded-events.ts';
import { recordedFetch } from './recorded-fetch.ts';

/* The page's modules stay as they are: what they ask their server is answered from the recordings. */
Object.assign(globalThis, { fetch: recordedFetch, EventSource: RecordedEvents });
