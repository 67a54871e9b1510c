import type { ResourceDeclaration } from '@beyond-headers/contracts/telemetry';
import { JOBS, LASTING } from '../../../services/services.ts';

const jobs = Object.values(JOBS).map(({ name }) => name);
const traced = Object.values(LASTING).filter(({ isTraced }) => isTraced);
/** The processes that run with telemetry. */
export const processes: readonly string[] = [...traced.map(({ name }) => name), ...jobs];

const SERVICES = { everybody: ['browser', ...processes], process: processes, job: jobs };

/** Returns the names of the services whose resource has the attribute. */
export const resourceServices = ({ scope }: ResourceDeclaration): readonly string[] => SERVICES[scope];
