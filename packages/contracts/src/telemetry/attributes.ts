import { CONVENTION_ATTRIBUTES } from './convention-attributes.ts';
import { OWN_ATTRIBUTES } from './own-attributes.ts';

/** Every attribute that our own code sets. OpenTelemetry's semantic conventions win over own names. */
export const ATTRIBUTES = { ...OWN_ATTRIBUTES, ...CONVENTION_ATTRIBUTES } as const;

export type AttributeKey = keyof typeof ATTRIBUTES;
