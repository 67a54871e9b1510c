import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { until } from '../../support/until.ts';
import { assertScenarios, findTraces, place, untilFulfilled, untilJoined } from './demo.ts';
import { docker } from './docker.ts';
import { imageSizes, memoryOf, writeNumbers, type Numbers } from './numbers.ts';
import { ComposeProject } from './project.ts';

const STOP_BUDGET_MS = 2_000;
/** What Compose and the engine add to the stop of a container. */
const DOCKER_MS = 1_500;
const WARM_START_BUDGET_MS = 90_000;
/** Node.js programs of ours end with 0 at SIGTERM; the others have words of their own for it. */
const OURS = ['writer', 'poller', 'job-launcher', 'playground', 'light-cluster'];

export interface DemoSuite {
  cluster: 'k3s' | 'light';
  /** The container that pods run in. */
  node: string;
  memoryBudgetMib: number;
  /** What holds with this cluster alone. */
  more?: (project: () => ComposeProject) => void;
}

/** What holds with either cluster. The tests build on each other: the first one starts what the last one removes. */
export function demoSuite({ cluster, node, memoryBudgetMib, more }: DemoSuite): void {
  let project: ComposeProject;
  const numbers: Numbers = { cluster, recoveryMs: {} };
  before(async () => {
    project = await ComposeProject.create(cluster);
  });
  after(async () => {
    await project.remove();
    await writeNumbers(numbers);
  });

  void test('up returns when the demo works', async () => {
    assert.deepEqual(await project.leftovers(), [], 'there is nothing of it before');
    numbers.coldStartMs = await project.up('--build');
    await assertScenarios(project, ['joined']);
  });

  void test('every scenario holds from outside', () => assertScenarios(project));

  void test('every scenario holds from inside', async () => {
    assert.match(await project.compose('run', '--rm', 'scenario'), /all hold/);
  });

  void test('a trace is found by link and tags', async () => {
    const placed = await place(project, true);
    assert.ok(placed.links.trace.startsWith(project.traces), placed.links.trace);
    await until(
      () => findTraces(project, 'poller', 'process orders', { 'demo.order.id': placed.orderId }),
      (found) => found.join() === placed.traceId,
      { what: `a search that finds ${placed.traceId}` },
    );
    assert.equal((await fetch(placed.links.trace)).status, 200);
  });

  void test('all of it stays within its memory', async () => {
    numbers.memoryMib = await memoryOf(project);
    numbers.imageMib = await imageSizes(project);
    const total = Object.values(numbers.memoryMib).reduce((sum, mib) => sum + mib, 0);
    assert.ok(total <= memoryBudgetMib, `${total} MiB of ${memoryBudgetMib}`);
  });

  void test('no container but the node is root', async () => {
    for (const { id, service } of await project.containers()) {
      if (service === node && cluster === 'k3s') continue;
      const { Config, Mounts } = await inspect(id);
      assert.match(Config.User, /^[1-9]\d*:[1-9]\d*$/, service);
      // A volume without a name would outlive `down`.
      assert.deepEqual(
        Mounts.filter(({ Name = '' }) => /^[0-9a-f]{64}$/.test(Name)),
        [],
        service,
      );
    }
  });

  for (const service of ['mongo', 'jaeger', 'writer', 'poller', 'job-launcher', 'playground', node]) {
    void test(`it holds again after ${service} was stopped`, async () => {
      const start = performance.now();
      await project.compose('stop', service);
      const tookMs = performance.now() - start;
      if (OURS.includes(service)) {
        assert.equal((await project.container(service)).exitCode, 0);
        assert.ok(tookMs < STOP_BUDGET_MS + DOCKER_MS, `${tookMs} ms`);
      }
      await project.compose('start', service);
      numbers.recoveryMs[`${service}, SIGTERM`] = await untilJoined(project);
    });

    void test(`it holds again after ${service} was killed`, async () => {
      await project.compose('kill', '--signal', 'SIGKILL', service);
      await project.compose('start', service);
      numbers.recoveryMs[`${service}, SIGKILL`] = await untilJoined(project);
    });
  }

  void test('work goes on without Jaeger', async () => {
    await project.compose('stop', 'jaeger');
    await untilFulfilled(project, await place(project, true));
    await project.compose('start', 'jaeger');
    await untilJoined(project);
  });

  void test('a user of MongoDB may do its own work alone', async () => {
    for (const service of ['writer', 'poller']) {
      assert.equal(await mongoSays(project, service, `db.collection('orders').findOne()`), 'done');
      assert.equal(await mongoSays(project, service, `db.collection('reports').findOne()`), 'Unauthorized');
      assert.equal(
        await mongoSays(project, service, `db.collection('orders').deleteMany({})`),
        'Unauthorized',
      );
      assert.equal(
        await mongoSays(project, service, `client.db('admin').command({ usersInfo: 1 })`),
        'Unauthorized',
      );
    }
  });

  more?.(() => project);

  void test('a warm start keeps orders and is quick', async () => {
    const placed = await place(project, false);
    await project.compose('down');
    numbers.warmStartMs = await project.up();
    assert.ok(numbers.warmStartMs <= WARM_START_BUDGET_MS, `${numbers.warmStartMs} ms`);
    assert.equal((await fetch(`${project.writer}/orders/${placed.orderId}`)).status, 200);
  });

  void test('down with volumes leaves nothing', async () => {
    await project.remove();
    assert.deepEqual(await project.leftovers(), []);
  });
}

interface Inspected {
  Config: { User: string };
  Mounts: Array<{ Name?: string }>;
}

async function inspect(id: string): Promise<Inspected> {
  const [found] = JSON.parse(await docker(['inspect', id])) as Inspected[];
  if (!found) throw new Error(`docker inspect ${id} found nothing.`);
  return found;
}

/** What MongoDB says to a service that does this, with the service's own password: `done`, or the name of an error. */
async function mongoSays(project: ComposeProject, service: string, operation: string): Promise<string> {
  const script = `
    import { MongoClient } from 'mongodb';
    const client = new MongoClient(process.env.MONGODB_URI);
    const db = client.db('beyond_headers');
    console.log(await (${operation}).then(() => 'done', (error) => error.codeName ?? error.message));
    await client.close();`;
  const node = ['node', '--env-file=/credentials/mongodb.env', '--input-type=module', '--eval', script];
  return (await project.compose('exec', '--no-TTY', service, ...node)).trim();
}
