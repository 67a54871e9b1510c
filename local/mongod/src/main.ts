import { startMongod } from './mongod.ts';

const mongod = await startMongod({
  port: Number(process.env.MONGODB_PORT ?? 0),
  log: (line) => console.error(`mongod: ${line}`),
  onUnexpectedEnd: (how) => {
    console.error(`mongod: ended with ${how}`);
    process.exitCode = 1;
    clearInterval(running);
  },
});
console.log(mongod.uri);

// The children are not counted as work, so something has to keep this process alive.
const running = setInterval(() => {}, 2 ** 30);
const stop = () => {
  clearInterval(running);
  void mongod.close();
};
process.once('SIGINT', stop).once('SIGTERM', stop);
