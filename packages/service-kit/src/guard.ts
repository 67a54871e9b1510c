export { allowedHosts } from './guard/allowed-hosts.ts';
export { guardRequests } from './guard/guard-requests.ts';
