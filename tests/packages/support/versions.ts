/** The oldest and the newest of each line of Node.js that a package promises; the riskiest first. */
export const NODES = ['20.20.2', '22.15.0', '24.21.0', '26.10.0'] as const;
export type NodeVersion = (typeof NODES)[number];

/** The versions that run telemetry, as its SDK. */
export const NODES_OF_TELEMETRY = NODES.filter((version) => version !== '20.20.2');

export const PNPM = '12.21.0';
export const YARN = '4.18.1';

/** Of the API and an SDK, each with what belongs to it. SDK 2.x refuses an API from 1.10 on. */
export const SDKS = [
  { api: '1.9.1', sdk: '2.12.0' },
  { api: '1.9.1', sdk: '3.0.0' },
  { api: '1.10.0', sdk: '3.0.0' },
] as const;

/** What a compiler is and which ways of resolving modules it has. */
export const COMPILERS = [
  { typescript: '5.9.3', resolutions: ['node10', 'node16', 'bundler'] },
  { typescript: '7.0.2', resolutions: ['node16', 'bundler'] },
] as const;

/** Names a folder whose `node_modules` has the OpenTelemetry packages to be used in place of this repository's. */
export const OTHER_VERSIONS = 'PACKAGES_TEST_OTHER_VERSIONS';
