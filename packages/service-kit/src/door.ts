export { allowedHosts } from './door/allowed-hosts.ts';
export { guardDoor } from './door/guard.ts';
export type { Refusal } from './door/refusal.ts';
