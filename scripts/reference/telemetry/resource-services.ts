import { RESOURCE_ATTRIBUTES, type AttributeDeclaration } from '@beyond-headers/contracts/telemetry';
import { JOBS, LASTING } from '../../../services/services.ts';

const jobs = Object.values(JOBS).map(({ name }) => name);
const traced = Object.values(LASTING).filter(({ isTraced }) => isTraced);
/** The processes that run with telemetry. */
export const processes: readonly string[] = [...traced.map(({ name }) => name), ...jobs];

const SERVICES = { everybody: ['browser', ...processes], processes, jobs };

/** The attributes of the resource, each with the names of the services that have it. */
export const RESOURCE: ReadonlyArray<[AttributeDeclaration, services: readonly string[]]> = (
  ['everybody', 'processes', 'jobs'] as const
).flatMap((who) =>
  RESOURCE_ATTRIBUTES[who].map((one): [AttributeDeclaration, readonly string[]] => [one, SERVICES[who]]),
);
