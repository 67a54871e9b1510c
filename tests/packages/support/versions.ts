/** The oldest and newest versions of the Node.js lines that the packages support. The riskiest one comes first. */
export const NODES = ['20.20.2', '22.15.0', '24.21.0', '26.10.0'] as const;
export type NodeVersion = (typeof NODES)[number];

/** The versions on which telemetry and its SDK run. */
export const NODES_OF_TELEMETRY = NODES.filter((version) => version !== '20.20.2');

export const PNPM = '12.21.0';
export const YARN = '4.18.1';

/** Versions of the API and the SDK that work together. SDK 2.x refuses API 1.10 and later. */
export const SDKS = [
  { api: '1.9.1', sdk: '2.12.0' },
  { api: '1.9.1', sdk: '3.0.0' },
  { api: '1.10.0', sdk: '3.0.0' },
] as const;

/** TypeScript versions, and the module resolutions that each supports. */
export const COMPILERS = [
  { typescript: '5.9.3', resolutions: ['node10', 'node16', 'bundler'] },
  { typescript: '7.0.2', resolutions: ['node16', 'bundler'] },
] as const;

/** The variable that names a folder. The OpenTelemetry packages in its `node_modules` replace those of this repository. */
export const OTHER_VERSIONS = 'PACKAGES_TEST_OTHER_VERSIONS';
