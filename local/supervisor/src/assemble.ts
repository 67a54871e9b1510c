import { join } from 'node:path';

import type { Mongod } from '@beyond-headers/local-mongod';

import { createLineFormatter } from './format-line.ts';
import type { LocalSystemOptions } from './local-system-options.ts';
import { mongodPart } from './mongod-part.ts';
import type { OnUnexpectedEnd, Part } from './part.ts';
import type { SystemContext } from './process-definition.ts';
import { localProcesses } from './processes.ts';
import { processPart } from './process-part.ts';

/** The parts of a system by name. */
export type Parts = Map<string, Part & { mongod?(): Mongod | undefined }>;

/** Creates the parts that the options select, without starting them. */
export function assemble(
  runPath: string,
  context: SystemContext,
  options: LocalSystemOptions & { startsMongod: boolean },
  onUnexpectedEnd: OnUnexpectedEnd,
): Parts {
  const { log = () => {}, colour = false, only, env = {}, processes = localProcesses } = options;
  const isWanted = (name: string) => only?.includes(name) ?? true;
  const definitions = processes(context).filter(({ name }) => isWanted(name));
  const format = createLineFormatter(['mongod', ...definitions.map(({ name }) => name)], colour);
  const logAs = (name: string) => (line: string) => log(format(name, line));

  const parts: Parts = new Map();
  if (options.startsMongod && isWanted('mongod')) {
    const kept = options.runId === undefined ? {} : { dbPath: join(runPath, 'mongodb') };
    const settings = { port: context.ports.mongodb, log: logAs('mongod'), ...kept };
    parts.set('mongod', mongodPart(settings, onUnexpectedEnd));
  }
  for (const definition of definitions) {
    const own = { ...definition, env: { ...definition.env, ...env[definition.name] } };
    parts.set(own.name, processPart(own, logAs(own.name), onUnexpectedEnd));
  }
  return parts;
}
