import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serviceOf } from './container.ts';
import { docker, lines } from './docker.ts';
import type { ComposeProject } from './project.ts';

/** Operations of the writer and the poller, and MongoDB's response. */
const ALLOWED: Record<string, string> = {
  "db.collection('orders').findOne()": 'done',
  "db.collection('reports').findOne()": 'Unauthorized',
  "db.collection('orders').deleteMany({})": 'Unauthorized',
  "client.db('admin').command({ usersInfo: 1 })": 'Unauthorized',
};
const UNNAMED = /^[0-9a-f]{64}$/;

/** Returns the mode, owner, and name of each file. */
const modes = async (project: ComposeProject, service: string, ...paths: string[]): Promise<string[]> =>
  lines(await project.exec(service, 'stat', '--format', '%a %u %n', ...paths));

/** Checks the promises of the configuration on the running containers. Only the container `privileged` may run as root. */
export function hardeningTests(project: () => ComposeProject, privileged: string | undefined): void {
  void test('no container but the node is root', async () => {
    const all = await project().containers();
    const roots = all.filter(({ Config }) => !/^[1-9]\d*:[1-9]\d*$/.test(Config.User));
    assert.deepEqual(roots.map(serviceOf), privileged ? [privileged] : []);
  });

  void test('no container has a volume without a name', async () => {
    // After a later version of the file, `down --volumes` would not remove it.
    const found = (await project().containers()).flatMap((container) =>
      container.Mounts.filter(({ Name = '' }) => UNNAMED.test(Name)).map(
        ({ Destination }) => `${serviceOf(container)}: ${Destination}`,
      ),
    );
    assert.deepEqual(found, []);
  });

  void test('a credential is readable by its owner alone', async () => {
    for (const service of ['writer', 'poller']) {
      const files = ['/credentials/mongodb.env', '/credentials/password'];
      assert.deepEqual(
        await modes(project(), service, ...files),
        files.map((file) => `400 1000 ${file}`),
        service,
      );
    }
    const kubeconfig = '/kubeconfig/job-launcher';
    assert.deepEqual(await modes(project(), 'job-launcher', kubeconfig), [`600 1000 ${kubeconfig}`]);
  });

  void test('no password is in an inspection or a log', async () => {
    const password = async (service: string) =>
      (await project().exec(service, 'cat', '/credentials/password')).trim();
    const ids = (await project().containers()).map(({ Id }) => Id);
    const shown = [await docker(['inspect', ...ids]), await project().compose('logs')].join('\n');
    assert.ok(shown.length > 10_000);
    for (const service of ['writer', 'poller']) {
      const secret = await password(service);
      assert.equal(secret.length, 32);
      assert.ok(!shown.includes(secret), `the password of ${service} is shown`);
    }
  });

  void test('a user of MongoDB may do its own work alone', async () => {
    for (const service of ['writer', 'poller']) {
      const said = await mongoSays(project(), service, Object.keys(ALLOWED));
      assert.deepEqual(said, ALLOWED, service);
    }
  });
}

const noteAnswer = (operation: string): string =>
  `said[${JSON.stringify(operation)}] = await (${operation}).then(() => 'done', (error) => error.codeName ?? error.message);`;

/** Runs each operation with the service's own password. Returns `done`, or the name of MongoDB's error. */
async function mongoSays(
  project: ComposeProject,
  service: string,
  operations: string[],
): Promise<Record<string, string>> {
  const script = `
    import { MongoClient } from 'mongodb';
    const client = new MongoClient(process.env.MONGODB_URI);
    const db = client.db('beyond_headers');
    const said = {};
    ${operations.map(noteAnswer).join('\n')}
    console.log(JSON.stringify(said));
    await client.close();`;
  const node = ['node', '--env-file=/credentials/mongodb.env', '--input-type=module', '--eval', script];
  return JSON.parse(await project.exec(service, ...node)) as Record<string, string>;
}
