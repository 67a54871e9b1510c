import { CONVENTION_ATTRIBUTES } from './convention-attributes.ts';
import { OWN_ATTRIBUTES } from './own-attributes.ts';

/** Every attribute that our own code sets. Names from OpenTelemetry's semantic conventions take precedence over our own. */
export const ATTRIBUTES = { ...OWN_ATTRIBUTES, ...CONVENTION_ATTRIBUTES } as const;

export type AttributeKey = keyof typeof ATTRIBUTES;
