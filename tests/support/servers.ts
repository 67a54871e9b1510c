import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync } from 'node:fs';
import { chmod, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMongod } from '@beyond-headers/local-mongod';
import { findFreePort, isListening, spawnTied } from '@beyond-headers/local-process';
import { runToEnd } from './run-to-end.ts';
import { until } from './until.ts';

const START_MS = 60_000;
const STOP_MS = 30_000;
const POSTGRES = globSync('/usr/lib/postgresql/*/bin').at(-1);
const RABBITMQ = '/usr/lib/rabbitmq/bin/rabbitmq-server';
const KFAKE = join(import.meta.dirname, '../lint/foreign/systems/kfake');

/** A running server, and the environment variables that a client needs. */
export interface Server {
  environment: Record<string, string>;
  close(): Promise<void>;
}

interface Kind {
  /** Returns what is missing on this machine, as text for people. Returns undefined if nothing is missing. */
  missing(): string | undefined;
  start(): Promise<Server>;
}

const has = (program: string) => spawnSync('which', [program]).status === 0;
const hasModulesOf = (cwd: string) => spawnSync('go', ['mod', 'download'], { cwd }).status === 0;

/** The servers that tests need, by name. Each one starts on free ports with its own data. */
export const SERVERS = {
  mongodb: {
    missing: () => undefined,
    start: async () => {
      const mongod = await startMongod();
      return { environment: { MONGODB_URI: mongod.uri }, close: () => mongod.close() };
    },
  },
  redis: {
    missing: () => (has('redis-server') ? undefined : 'redis-server (Debian: apt-get install redis-server)'),
    start: () => startRedis(['--appendonly', 'no']),
  },
  postgresql: {
    missing: () => (POSTGRES ? undefined : 'PostgreSQL (Debian: apt-get install postgresql)'),
    start: () => startPostgres(['-F']),
  },
  rabbitmq: {
    missing: () => (existsSync(RABBITMQ) ? undefined : 'RabbitMQ (Debian: apt-get install rabbitmq-server)'),
    start: startRabbitmq,
  },
  kafka: {
    missing: () => (hasModulesOf(KFAKE) ? undefined : 'Go, with the modules of the Kafka broker of franz-go'),
    start: startKfake,
  },
} satisfies Record<string, Kind>;

export type ServerName = keyof typeof SERVERS;

interface RunOptions {
  port: number;
  /** Reports whether the server is ready. By default, it is ready when it accepts a connection on its port. */
  isReady?: () => boolean | Promise<boolean>;
  env?: Record<string, string>;
  /** The server's working directory, which is deleted at the end. */
  directory?: string;
}

/** Starts a program, and waits until it is ready. Throws an error with its output if it doesn't become ready. */
async function run(
  command: readonly string[],
  environment: Record<string, string>,
  { port, isReady = () => isListening(port), env, directory }: RunOptions,
): Promise<Server> {
  const { child, close } = await launch(command, { env, directory });
  let output = '';
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (chunk) => (output += String(chunk)));
  try {
    await until(async () => isReady(), Boolean, {
      what: `${command[0]} on port ${port}`,
      deadlineMs: START_MS,
    });
  } catch (error) {
    await close();
    throw new Error(`Failed to start ${command[0]}. Its output:\n${output}`, { cause: error });
  }
  return { environment, close };
}

/** Starts a program that ends with this process, however this process ends. */
async function launch([program = '', ...args]: readonly string[], options: Omit<RunOptions, 'port'>) {
  const { env, directory } = options;
  const child = await spawnTied(program, args, {
    cwd: directory,
    env: { ...process.env, ...env },
    removeAfter: directory,
  });
  const close = async () => {
    await child.stop(STOP_MS);
    if (directory) await rm(directory, { recursive: true, force: true });
  };
  return { child: child.process, close };
}

const temporary = () => mkdtemp(join(tmpdir(), 'test-server-'));

/** @param durability options of the program that define how it stores its data on disk */
export async function startRedis(durability: readonly string[]): Promise<Server> {
  const [directory, port] = [await temporary(), await findFreePort()];
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', ...durability];
  return run(['redis-server', ...args], { REDIS_PORT: String(port) }, { port, directory });
}

/** @param durability options of the program that define how it stores its data on disk. By default, each commit waits for the disk. */
export async function startPostgres(durability: readonly string[] = []): Promise<Server> {
  const [directory, port] = [await temporary(), await findFreePort()];
  const data = join(directory, 'data');
  // PostgreSQL refuses to run as root, so root runs it as the user that Debian creates for it.
  const as =
    process.getuid?.() === 0
      ? ['setpriv', '--reuid', 'postgres', '--regid', 'postgres', '--clear-groups']
      : [];
  await chmod(directory, 0o777);
  const command = (program: string, ...args: string[]) => [...as, join(POSTGRES ?? '', program), ...args];
  const ownership = ['--username', 'postgres', '--auth', 'trust', '--no-sync'];
  runToEnd(command('initdb', '--pgdata', data, ...ownership), { cwd: directory });
  const environment = { DATABASE_URL: `postgres://postgres@127.0.0.1:${port}/postgres` };
  const where = ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', directory];
  // PostgreSQL accepts connections before it is ready, and refuses their queries.
  const probe = [join(POSTGRES ?? '', 'pg_isready'), '-q', '-h', '127.0.0.1', '-p', String(port)] as const;
  const isReady = () => spawnSync(probe[0], probe.slice(1)).status === 0;
  return run(command('postgres', ...where, ...durability), environment, { port, isReady, directory });
}

async function startRabbitmq(): Promise<Server> {
  const [directory, port] = [await temporary(), await findFreePort()];
  const [distribution, epmdPort] = [await findFreePort(), await findFreePort()];
  const plugins = join(directory, 'enabled_plugins');
  await writeFile(plugins, '[].');
  // Otherwise, RabbitMQ would start its name service itself, and leave it running.
  const names = ['epmd', '-address', '127.0.0.1', '-port', String(epmdPort)];
  const epmd = await run(names, {}, { port: epmdPort });
  const env = {
    HOME: directory,
    ERL_EPMD_PORT: String(epmdPort),
    RABBITMQ_NODENAME: 'test@localhost',
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_MNESIA_BASE: join(directory, 'mnesia'),
    RABBITMQ_LOG_BASE: directory,
    RABBITMQ_ENABLED_PLUGINS_FILE: plugins,
    RABBITMQ_PID_FILE: join(directory, 'pid'),
  };
  const environment = { AMQP_URL: `amqp://127.0.0.1:${port}` };
  const server = await run([RABBITMQ], environment, { port, env, directory });
  const close = async () => {
    await server.close();
    await epmd.close();
  };
  return { environment, close };
}

async function startKfake(): Promise<Server> {
  const directory = await temporary();
  await cp(KFAKE, directory, { recursive: true });
  runToEnd(['go', 'build', '-o', 'kfake', '.'], { cwd: directory });
  const { child, close } = await launch([join(directory, 'kfake')], { directory });
  const [address] = (await once(child.stdout!, 'data')) as [Buffer];
  return { environment: { KAFKA_BROKER: String(address).trim() }, close };
}
