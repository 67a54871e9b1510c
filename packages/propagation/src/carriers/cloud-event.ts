import type { Carrier } from '../carrier.ts';
import { attributeCarrier } from './cloud-event-attributes.ts';

/**
 * Carries context in the extension attributes of a CloudEvent (`traceparent`, `tracestate`). CloudEvents is a standard format
 * for events. The event is a plain object, which is sent as JSON.
 *
 * The carrier neither writes nor reads attributes that the event itself uses (`id`, `type`, `data`). You can't change an event
 * of the CloudEvents SDK, so inject into the object that you pass to its constructor.
 * Source: https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/distributed-tracing.md
 */
export const cloudEventCarrier: Carrier<object> = attributeCarrier({});
