export { allowedHosts } from './guard/allowed-hosts.ts';
export { guardRequests } from './guard/guard-requests.ts';
export type { Refusal } from './guard/refusal.ts';
